using Steelyard.Analysis.Laws;

namespace Steelyard.Analysis.Measurements.Confidence;

/// <summary>
/// Quantiles of values of one run, which depend on their neighbours: the quantile of all of them, and how far
/// those of batches lie around it (Seila 1982, "A batching approach to quantile estimation in regenerative
/// simulations"; Dong and Nakayama 2014). Batches are as long as they have to be for the shares of values
/// below the quantile to be independent.
/// </summary>
public static class BatchQuantiles
{
    // Below this many values beyond it a batch has no quantile to speak of.
    const int LeastBeyond = 5;

    /// <summary>The quantile, with its interval; without one where the series is too short.</summary>
    /// <param name="series">What was observed, in its order, without its transient.</param>
    /// <param name="share">Between 0 and 1, without these: 0.99 is p99.</param>
    public static ConfidenceInterval Of(IReadOnlyList<double> series, double share)
    {
        if (series.Count == 0)
            return ConfidenceInterval.Unknown(double.NaN, 0, "there are no values");
        var quantile = QuantileOf([.. series], share);
        if (BatchMeans.LengthOf([.. series.Select(value => value <= quantile ? 1.0 : 0)]) is not { } length)
            return ConfidenceInterval.Unknown(quantile, series.Count, BatchMeans.WhyNot(series.Count));
        if (length * Math.Min(share, 1 - share) < LeastBeyond)
            return ConfidenceInterval.Unknown(
                quantile, series.Count, $"batches of {length:N0} values are too short for this quantile");
        var own = OfBatches(series, length, share);
        var error = Replications.StandardError(own, quantile) * StudentsT.Quantile975(own.Count - 1);
        return new(
            quantile - error, quantile, quantile + error, series.Count, BatchMeans.Told(own.Count, length));
    }

    static IReadOnlyList<double> OfBatches(IReadOnlyList<double> series, int length, double share) =>
    [
        .. series.Skip(series.Count % length).Chunk(length)
            .Select(batch => QuantileOf(batch, share)),
    ];

    static double QuantileOf(double[] values, double share)
    {
        Array.Sort(values);
        return NearestRank.Of(values, share);
    }
}
