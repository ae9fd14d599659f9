using System.Globalization;
using Steelyard.Analysis.Measurements.Confidence;

namespace Steelyard.Sweeps;

/// <summary>Where one of two curves becomes better than the other: told only where both sides of the crossing
/// are told with 95 %.</summary>
internal static class Crossover
{
    /// <summary>In sentences: <c>batch=10 becomes better than batch=1 at latency-p99 from rate=80
    /// on</c>.</summary>
    public static IEnumerable<string> Between(Variation over, SweptCurve first, SweptCurve second, Aim aim)
    {
        var told = first.Points
            .Join(second.Points, one => one.X, one => one.X, (one, other) => (
                one.X, Comparison: other.Point.Against(one.Point, aim)))
            .Where(one => one.Comparison?.Standing is Standing.Better or Standing.Worse)
            .Select(one => (one.X, Comparison: one.Comparison!)).ToList();
        foreach (var (before, after) in told.Zip(told.Skip(1)))
        {
            if (before.Comparison.Standing == after.Comparison.Standing)
                continue;
            var (better, worse) = after.Comparison.Standing == Standing.Better ? (second, first)
                : (first, second);
            yield return
                $"{better.Name} becomes better than {worse.Name} at {aim.Id} from {over.Name}="
                + $"{Shown(after.X)}{over.Unit} on; up to {Shown(before.X)}{over.Unit} it is worse, and the"
                + $" curves cross near {Shown(Crossing(before, after))}{over.Unit}";
        }
    }

    // On the straight line between the two differences.
    static double Crossing(
        (double X, PairedComparison Comparison) before, (double X, PairedComparison Comparison) after)
    {
        var (from, to) = (before.Comparison.Difference.Estimate, after.Comparison.Difference.Estimate);
        return before.X + ((after.X - before.X) * from / (from - to));
    }

    static string Shown(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
