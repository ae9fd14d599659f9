using Steelyard.Analysis.Policies.Scaling.Knative;
using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling.Questions;

/// <summary>What Knative's autoscaler decides at a look, or at several one after another.</summary>
internal static class KpaQuestion
{
    public static ScalingQuestion Question { get; } = new(
        "kpa", "How many pods Knative's autoscaler wants; lists are looks one after another",
        "knative/serving, pkg/autoscaler/scaling/autoscaler.go",
        [
            new("target", "what a pod should have of the metric; one, or one for each look", ""),
            new("stable", "the metric of all pods over the stable window, for each look; or none", ""),
            new("panic", "the same over the panic window", ""),
            new("ready", "pods that are ready, for each look", "1"),
            new("t", "seconds at each look", "0"),
            new("total", "what a pod can have of the metric; target/0.75 when not given", "-"),
            new("burst", "capacity to be left for a burst; 0 none, -1 without end", "0"),
            new("panic-threshold", "wanted over ready pods that mean panic", "2"),
            new("max-up", "times as many pods at one look", "1000"),
            new("max-down", "times fewer pods at one look", "2"),
            new("delay", "how long fewer must have been wanted", "0s"),
            new("window", "the stable window", "60s"),
            new("reachable", "T or F, one or one for each look", "T"),
            new("activation", "pods there are at least when there are any", "0"),
            new("panic-since", "seconds at which a panic began before the first look, as -5", "none"),
            new("panic-most", "the most pods of that panic", "0"),
        ])
    {
        Example = "--target 10 --stable 50 --panic 100 --ready 1",
        Find = Find,
    };

    static IReadOnlyList<ScalingFigure> Find(QuestionWords given)
    {
        var stable = given.List("stable");
        var autoscaler = new KpaAutoscaler(Spec(given, 0));
        if (given.Text("panic-since") != "none")
            autoscaler.Panic(given.SignedTime("panic-since"), given.Whole("panic-most"));
        List<KpaDecision> decisions = [.. stable.Select((value, look) =>
        {
            autoscaler.Spec = Spec(given, look);
            return autoscaler.Scale(
                ScalingWords.Time("--t", At(given, "t", look)),
                ScalingWords.Whole("--ready", At(given, "ready", look), 0),
                Value("stable", value), Value("panic", At(given, "panic", look)));
        })];
        var last = decisions[^1];
        List<ScalingFigure> figures =
        [
            new("pods", last.IsValid ? last.Desired : null),
            new("excessBurstCapacity", last.IsValid ? last.ExcessBurstCapacity : null),
            new("valid", last.IsValid ? 1 : 0),
            new("panic", autoscaler.IsPanicking ? 1 : 0),
        ];
        if (decisions.Count > 1)
            figures.Add(new("looks", null, string.Join(',', decisions.Select(one =>
                one.IsValid ? $"{one.Desired}" : "none"))));
        return figures;
    }

    static KpaSpec Spec(QuestionWords given, int look)
    {
        var target = ScalingWords.AtLeast0("--target", At(given, "target", look));
        if (target <= 0)
            throw ScalingWords.Wrong("--target", "a number above 0", At(given, "target", look));
        return new()
        {
            TargetValue = target,
            TotalValue = given.Text("total") == "-"
                ? target / 0.75 : ScalingWords.AtLeast0("--total", At(given, "total", look)),
            TargetBurstCapacity = ScalingWords.Number("--burst", At(given, "burst", look)),
            PanicThreshold = given.Above0("panic-threshold"),
            MaxScaleUpRate = given.Above0("max-up"),
            MaxScaleDownRate = given.Above0("max-down"),
            ScaleDownDelay = given.Time("delay"),
            StableWindow = given.Time("window"),
            ActivationScale = given.Whole("activation"),
            IsReachable = ScalingWords.OneOf("--reachable", At(given, "reachable", look), "T", "F") == "T",
        };
    }

    static double? Value(string name, string word) =>
        word == "none" ? null : ScalingWords.AtLeast0($"--{name}", word);

    // One word is for all looks.
    static string At(QuestionWords given, string name, int look)
    {
        var words = given.List(name);
        return words.Count == 1 ? words[0] : look < words.Count ? words[look]
            : throw new UserMistakeException(
                $"--{name}: expected one value, or one for each look of --stable, found {words.Count}");
    }
}
