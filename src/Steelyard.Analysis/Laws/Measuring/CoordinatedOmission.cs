using Steelyard.Analysis.Measurements;

namespace Steelyard.Analysis.Laws.Measuring;

/// <summary>
/// What a load generator would have measured had it not waited: whoever sends the next request only after an
/// answer leaves out those that a stall would have delayed (Tene, HdrHistogram's
/// <c>recordValueWithExpectedInterval</c>).
/// </summary>
public static class CoordinatedOmission
{
    /// <summary>The latencies with those that were left out: for each that is longer than the interval one
    /// shorter by an interval, by two, and so on.</summary>
    /// <param name="latencies">In any unit.</param>
    /// <param name="interval">Between two requests, in the same unit; above 0.</param>
    public static IEnumerable<double> Corrected(IEnumerable<double> latencies, double interval)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interval);
        foreach (var latency in latencies)
        {
            yield return latency;
            for (var missing = latency - interval; missing >= interval; missing -= interval)
                yield return missing;
        }
    }

    /// <summary>The latency that so many percent stay within: the least that is not below that many of
    /// them.</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="percent">Above 0, up to 100.</param>
    public static double Percentile(IReadOnlyList<double> sorted, double percent) =>
        NearestRank.Of(sorted, percent / 100);
}
