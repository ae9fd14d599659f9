using Steelyard.Analysis.Measurements.Confidence;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>What an architecture costs: it changes with instances that come and go, and with work that is
/// paid by use.</summary>
internal static class CostFigures
{
    /// <summary>What it cost an hour, over the whole load.</summary>
    public static double PerHour(ArchitectureAccount account) => account.Graph.Parts.Sum(part =>
        account.FiguresOf(part) is var figures ? part.CostOf(figures.There, figures.Working) : 0);

    /// <summary>Between what the cost of an hour lies that it settles to, by batches of the
    /// load.</summary>
    public static ConfidenceInterval Interval(ArchitectureAccount account, SteadyState steady)
    {
        var curve = Curve(account);
        return curve.Count > 0 && curve.Max() - curve.Min() <= 1e-9 * curve.Max()
            ? ConfidenceInterval.Unknown(
                curve[0], curve.Count, "it is what the instances cost, whatever is asked of them")
            : steady.Of(curve);
    }

    static IReadOnlyList<double> Curve(ArchitectureAccount account)
    {
        var parts = account.Graph.Parts.Select(part => account.FiguresOf(part)).Select(figures => (
            figures.Part, There: figures.LoadCurve(window => window.ThereNs),
            Working: figures.LoadCurve(window => window.WorkingNs))).ToList();
        return
        [
            .. Enumerable.Range(0, parts[0].There.Count).Select(at =>
                parts.Sum(one => one.Part.CostOf(one.There[at], one.Working[at]))),
        ];
    }
}
