using Steelyard.Analysis.Policies.Scaling.Amazon;
using Steelyard.Analysis.Policies.Scaling.Azure;
using Steelyard.Analysis.Policies.Scaling.Keda;

namespace Steelyard.Analysis.Policies.Scaling.Questions;

/// <summary>What policies of Amazon and Azure and KEDA decide.</summary>
internal static class CloudQuestions
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static ScalingQuestion Steps { get; } = new(
        "aws-step", "What capacity a step of Amazon's step scaling gives",
        "Amazon EC2 Auto Scaling user guide, step and simple scaling policies",
        [
            new("capacity", "instances there are", ""),
            new("metric", "the metric, whose alarm is on", ""),
            new("out", "steps upwards: from which value on, and the change", "60:+10%,70:+30%"),
            new("in", "steps downwards", "40:-10%,30:-30%"),
            new("least", "what a percentage changes at least", "0"),
            new("warming", "instances among them that warm up", "0"),
        ])
    {
        Example = "--capacity 14 --metric 40",
        Find = given =>
        {
            var (capacity, warming) = (given.Whole("capacity"), given.Whole("warming"));
            var steps = new StepScaling(
                StepsText.Read("--out", given.Text("out")), StepsText.Read("--in", given.Text("in")),
                given.Whole("least"), Minute);
            if (warming > 0)
                steps.IsWarming(TimeSpan.Zero, warming);
            var after = steps.Decide(TimeSpan.Zero, capacity, given.Number("metric"));
            return [new("capacity", after), new("change", after - capacity)];
        },
    };

    public static ScalingQuestion Target { get; } = new(
        "aws-target", "What capacity Amazon's target tracking gives, minute by minute",
        "Amazon EC2 Auto Scaling user guide, target tracking scaling policies",
        [
            new("capacity", "instances there are", ""),
            new("target", "what the metric should be", ""),
            new("metric", "its mean of each minute; 55x3 is 55 three times", ""),
            new("warm-up", "how long an instance counts as new", "300s"),
        ])
    {
        Example = "--capacity 10 --target 50 --metric 75x3",
        Find = given =>
        {
            var (capacity, now) = (given.Whole("capacity"), TimeSpan.Zero);
            var tracking = new TargetTracking(given.Above0("target"), given.Time("warm-up"));
            var minutes = given.List("metric").SelectMany(Repeated).Select(metric =>
                capacity = tracking.Decide(now += Minute, capacity, metric)).ToList();
            return [new("capacity", capacity), new("minutes", null, string.Join(',', minutes))];
        },
    };

    public static ScalingQuestion Rules { get; } = new(
        "azure", "What rules of Azure Monitor's autoscale decide together",
        "Microsoft, Azure Monitor: best practices for autoscale",
        [
            new("instances", "instances there are", ""),
            new("metric", "the mean over instances; several as cpu=50,threads=575", ""),
            new("out", "rules upwards, as >=80:+1 or cpu>=80:+1", "-"),
            new("in", "rules downwards", "-"),
            new("min", "the fewest", "1"),
            new("max", "the most", "1000000"),
        ])
    {
        Example = "--instances 3 --metric 575 --out >=600:+1 --in <=600:-1",
        Find = given =>
        {
            var means = given.List("metric").Select(word => word.Split('=', 2)).ToDictionary(
                parts => parts.Length == 1 ? "" : parts[0],
                parts => ScalingWords.Number("--metric", parts[^1]), StringComparer.Ordinal);
            var decision = new AzureRules(
                AzureRule.Read("--out", given.Text("out")), AzureRule.Read("--in", given.Text("in"))).Decide(
                given.Whole("instances", 1), given.Whole("min"), given.Whole("max", 1), means);
            return
            [
                new("instances", decision.Instances), new("decision", null, decision.Reason),
                new("estimate", decision.Estimate),
            ];
        },
    };

    public static ScalingQuestion Activation { get; } = new(
        "keda", "Whether KEDA lets there be a replica at all", "kedacore/keda, pkg/scaling/executor",
        [
            new("current", "replicas there are", ""),
            new("value", "the trigger's value", ""),
            new("activation", "it is active above this", "0"),
            new("min", "the fewest", "0"),
            new("idle", "how long ago it was last active", "never"),
            new("cooldown", "how long after that the last replica goes", "300s"),
        ])
    {
        Example = "--current 1 --value 0 --idle 301s",
        Find = given =>
        {
            var activation = new KedaActivation(given.Whole("min"), given.Time("cooldown"));
            if (given.Text("idle") != "never")
                activation.WasActive(-given.Time("idle"));
            var polled = activation.Poll(
                TimeSpan.Zero, given.Whole("current"), given.Number("value"), given.Number("activation"));
            return
            [
                new("replicas", polled),
                new("decidedBy", null, polled is null ? "hpa" : "keda"),
            ];
        },
    };

    static IEnumerable<double> Repeated(string word)
    {
        var cut = word.IndexOf('x');
        var value = ScalingWords.AtLeast0("--metric", cut < 0 ? word : word[..cut]);
        return Enumerable.Repeat(value, cut < 0 ? 1 : ScalingWords.Whole("--metric", word[(cut + 1)..], 1));
    }
}
