using Steelyard.Analysis.Policies.Scaling.Kubernetes;

namespace Steelyard.Analysis.Policies.Scaling.Questions;

/// <summary>What the horizontal pod autoscaler makes of a wish.</summary>
internal static class HpaBehaviorQuestions
{
    const string Source = "kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go";

    // Changes are told without their times: they are spread over two minutes, as upstream's tests have them.
    static readonly TimeSpan SpreadOver = TimeSpan.FromSeconds(120);

    static readonly TimeSpan Now = TimeSpan.Zero;

    public static ScalingQuestion Limits { get; } = new(
        "hpa-limits", "How much of a wish the rules of a behavior allow", Source,
        [
            new("current", "replicas asked for now", ""),
            new("desired", "replicas that are wished for", ""),
            new("min", "the fewest", "1"),
            new("max", "the most", "1000000"),
            new("up", "rules upwards as 4p/15,100%/15, and min or disabled; none for no behavior", "-"),
            new("down", "rules downwards", "-"),
            new("up-events", "replicas added before, evenly over 120 s; or each as 3@50s", "-"),
            new("down-events", "replicas taken away before", "-"),
        ])
    {
        Example = "--current 10 --desired 100",
        Find = given =>
        {
            var autoscaler = Autoscaler(given);
            foreach (var (count, ago) in Changes(given, "up-events"))
                autoscaler.Changed(Now - ago, count);
            foreach (var (count, ago) in Changes(given, "down-events"))
                autoscaler.Changed(Now - ago, -count);
            var (replicas, condition) = autoscaler.Limited(
                Now, given.Whole("current"), given.Whole("desired"));
            return [new("replicas", replicas), new("condition", null, condition)];
        },
    };

    public static ScalingQuestion Stabilization { get; } = new(
        "hpa-stabilize", "What recommendations made before leave of a wish", Source,
        [
            new("recommendations", "each with how long ago, as 4@2m,5@1m; - for none", "-"),
            new("current", "replicas asked for now", ""),
            new("proposed", "replicas that are wished for", ""),
            new("up-window", "how far back the lowest is looked for", "0s"),
            new("down-window", "how far back the highest is looked for", "300s"),
        ])
    {
        Example = "--recommendations 4@2m,5@1m --current 100 --proposed 3 --down-window 180s",
        Find = given =>
        {
            var autoscaler = new HorizontalPodAutoscaler(0, int.MaxValue, new(
                HpaRules.UsualUp with { Window = given.Time("up-window") },
                HpaRules.UsualDown with { Window = given.Time("down-window") }));
            foreach (var (count, ago) in given.CountsAgo("recommendations"))
                autoscaler.Recommended(Now - ago, count);
            return [new("stabilized", autoscaler.Stabilized(
                Now, given.Whole("current"), given.Whole("proposed")))];
        },
    };

    public static ScalingQuestion Events { get; } = new(
        "hpa-events", "How many replicas changed within a period", Source,
        [
            new("events", "changes, each with how long ago, as 7@58s; - for none", "-"),
            new("period", "within how long", "60s"),
        ])
    {
        Example = "--events 7@58s,6@59s",
        Find = given =>
        {
            var changes = new TimedCounts();
            foreach (var (count, ago) in given.CountsAgo("events"))
                changes.Add(Now - ago, count);
            return [new("change", changes.Within(given.Time("period"), Now))];
        },
    };

    static HorizontalPodAutoscaler Autoscaler(QuestionWords given)
    {
        var (least, most) = (given.Whole("min"), given.Whole("max", 1));
        if (least > most)
            throw ScalingWords.Wrong("--max", $"at least the {least} of --min", given.Text("max"));
        return new(least, most, given.Text("up") == "none" ? null : new(
            HpaRulesText.Read("--up", given.Text("up"), HpaRules.UsualUp),
            HpaRulesText.Read("--down", given.Text("down"), HpaRules.UsualDown)));
    }

    static IEnumerable<(int Count, TimeSpan Ago)> Changes(QuestionWords given, string name)
    {
        var words = given.List(name);
        if (words.Any(word => word.Contains('@')))
            return given.CountsAgo(name);
        var part = SpreadOver.TotalSeconds / Math.Max(1, words.Count);
        return words.Select((word, place) => (
            ScalingWords.Whole($"--{name}", word, 0),
            TimeSpan.FromSeconds(Math.Floor(SpreadOver.TotalSeconds - (part * (place + 1)) + (part / 2)))));
    }
}
