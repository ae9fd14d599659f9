using Steelyard.Analysis.Policies.Scaling.Kubernetes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling.Questions;

/// <summary>What one metric asks of the horizontal pod autoscaler.</summary>
internal static class HpaMetricQuestion
{
    static readonly string[] Kinds =
    [
        "resource-cpu", "resource-memory", "custom-pods", "custom-object", "custom-object-perpod",
        "custom-external", "custom-external-perpod",
    ];

    static readonly TimeSpan Now = TimeSpan.Zero;

    public static ScalingQuestion Question { get; } = new(
        "hpa", "How many replicas a metric asks for",
        "kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go",
        [
            new("kind", string.Join(", ", Kinds), "resource-cpu"),
            new("current", "replicas asked for now", ""),
            new("levels", "what was measured of each pod, in thousandths; - for nothing", ""),
            new("target", "percent of requests for a resource, else thousandths", ""),
            new("requests", "what each pod requests, as 1.0 or 300m; one for all of them, - for none", "1.0"),
            new("ready", "T or F for each pod", "-"),
            new("start", "hot for each pod that just started, cool for others", "-"),
            new("phase", "Run, Pending, Failed or Succeeded for each pod; the same again as Run x5", "-"),
            new("deleting", "T for each pod that is being deleted, F for others", "-"),
            new("tolerance", "how far from the target nothing is done", "0.1"),
            new("tolerance-up", "the same above the target only", "-"),
            new("tolerance-down", "the same below the target only", "-"),
        ])
    {
        Example = "--current 3 --levels 300,500,700 --target 30%",
        Find = Find,
    };

    static IReadOnlyList<ScalingFigure> Find(QuestionWords given)
    {
        var (kind, current) = (given.OneOf("kind", Kinds), given.Whole("current"));
        var calculator = HpaCalculator.Usual with { Tolerance = new(
            given.Share(given.Text("tolerance-up") == "-" ? "tolerance" : "tolerance-up"),
            given.Share(given.Text("tolerance-down") == "-" ? "tolerance" : "tolerance-down")) };
        var levels = given.Thousandths("levels");
        var pods = Pods(given, levels, current);
        var target = ScalingWords.Whole("--target", given.Text("target").TrimEnd('%', 'm'), 1);
        var proposal = kind switch
        {
            "resource-cpu" or "resource-memory" => calculator.ForUtilisation(
                current, target, pods, Now, kind == "resource-cpu",
                Math.Max(0, levels.Count - pods.Count)),
            "custom-pods" => calculator.ForUsage(current, target, pods, Now),
            "custom-object" or "custom-external" => calculator.ForValue(current, levels.Sum(), target, pods),
            _ => calculator.ForValuePerPod(current, levels.Sum(), target),
        };
        return Told(proposal, kind is "resource-cpu" or "resource-memory");
    }

    static IReadOnlyList<ScalingFigure> Told(HpaProposal proposal, bool isResource)
    {
        double? value = proposal.Error is null ? proposal.Usage : null;
        List<ScalingFigure> figures =
            [new("replicas", proposal.Error is null ? proposal.Replicas : null), new("value", value)];
        if (isResource)
            figures.Add(new("utilization", proposal.Utilisation));
        if (proposal.Error is { } error)
            figures.Add(new("error", null, error));
        return figures;
    }

    static List<HpaPod> Pods(QuestionWords given, IReadOnlyList<long> levels, int current)
    {
        var phases = Repeated(given.List("phase"));
        var requests = given.Thousandths("requests");
        var (ready, start, deleting) = (given.List("ready"), given.List("start"), given.List("deleting"));
        var count = Math.Max(current, Math.Max(phases.Count, deleting.Count));
        return [.. Enumerable.Range(0, count).Select(pod =>
            new HpaPod(
                pod < levels.Count ? levels[pod] : null,
                requests.Count == 0 ? null : requests.Count == 1 ? requests[0]
                    : pod < requests.Count ? requests[pod] : null)
            {
                Phase = pod < phases.Count ? Phase(phases[pod]) : PodPhase.Running,
                Readiness = pod < ready.Count && !IsTrue("ready", ready[pod])
                    ? PodReadiness.Unready : PodReadiness.Ready,
                StartedAt = pod < start.Count && IsHot(start[pod]) ? Now : HpaPod.LongAgo,
                IsBeingDeleted = pod < deleting.Count && IsTrue("deleting", deleting[pod]),
            })];
    }

    // "Run x5" is five times Run.
    static List<string> Repeated(IReadOnlyList<string> words) => [.. words.SelectMany(word =>
    {
        var cut = word.IndexOf(" x", StringComparison.Ordinal);
        return cut < 0 ? [word]
            : Enumerable.Repeat(word[..cut], ScalingWords.Whole("--phase", word[(cut + 2)..], 1));
    })];

    static PodPhase Phase(string word) => word switch
    {
        "Run" or "Running" => PodPhase.Running,
        "Pending" => PodPhase.Pending,
        "Failed" => PodPhase.Failed,
        "Succeeded" => PodPhase.Succeeded,
        _ => throw ScalingWords.Wrong("--phase", "Run, Pending, Failed or Succeeded", word),
    };

    static bool IsTrue(string name, string word) => ScalingWords.OneOf($"--{name}", word, "T", "F") == "T";

    static bool IsHot(string word) => ScalingWords.OneOf("--start", word, "hot", "cool") == "hot";
}
