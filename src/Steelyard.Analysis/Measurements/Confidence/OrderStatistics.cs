using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Steelyard.Analysis.Measurements.Confidence;

/// <summary>
/// Quantiles of independent values with intervals that suppose nothing of their distribution: how many of
/// them lie below the true quantile is a binomial count, so two of them enclose it (David and Nagaraja, Order
/// Statistics, 7.1; Hahn and Meeker, Statistical Intervals, 5.2). Where values are too few for that, as 200
/// are for an upper end of p99, the end is infinite.
/// </summary>
public static class OrderStatistics
{
    const double Tail = (1 - ConfidenceInterval.Level) / 2;

    /// <summary>The quantile of sorted values.</summary>
    /// <param name="sorted">From the least to the largest; at least one.</param>
    /// <param name="share">Between 0 and 1, without these: 0.99 is p99.</param>
    public static ConfidenceInterval Quantile(IReadOnlyList<double> sorted, double share)
    {
        var (low, high) = Ranks(sorted.Count, share);
        return new(
            low >= 1 ? sorted[(int)low - 1] : double.NegativeInfinity, NearestRank.Of(sorted, share),
            high <= sorted.Count ? sorted[(int)high - 1] : double.PositiveInfinity, sorted.Count,
            Told(sorted.Count));
    }

    /// <summary>The quantile of counted latencies, in ns, to the digits that they keep.</summary>
    /// <param name="latencies">At least one.</param>
    /// <param name="share">Between 0 and 1, without these.</param>
    public static ConfidenceInterval QuantileNs(LatencyHistogram latencies, double share)
    {
        var (low, high) = Ranks(latencies.Count, share);
        return new(
            low >= 1 ? At(low) : double.NegativeInfinity, latencies.PercentileNs(share),
            high <= latencies.Count ? At(high) : double.PositiveInfinity, latencies.Count,
            Told(latencies.Count));

        double At(long rank) => latencies.PercentileNs((double)rank / latencies.Count);
    }

    /// <summary>Which of some sorted values enclose a quantile, counted from 1: 0 is none below, and one more
    /// than there are is none above.</summary>
    /// <param name="count">How many values; at least 1.</param>
    /// <param name="share">Between 0 and 1, without these.</param>
    public static (long Low, long High) Ranks(long count, double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!(share > 0 && share < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "expected above 0 and below 1");
        var low = LeastWhere(count, below => Below(below) > Tail);
        var high = LeastWhere(count, below => Below(below) >= 1 - Tail) + 1;
        return (low, high);

        double Below(long most) => Binomial.CDF(share, (int)Math.Min(count, int.MaxValue), most);
    }

    // The first number up to a count of which something is true that stays true; the count where none is.
    static long LeastWhere(long count, Predicate<long> isTrue)
    {
        var (low, high) = (0L, count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = isTrue(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    static string Told(long count) => string.Create(
        CultureInfo.InvariantCulture, $"order statistics of {count:N0} values, taken for independent");
}
