namespace Steelyard.Analysis.Measurements;

/// <summary>Percentiles of few values, exactly: the least value that a share of all does not
/// exceed.</summary>
internal static class NearestRank
{
    /// <summary>Of sorted values; there is at least one.</summary>
    public static T Of<T>(IReadOnlyList<T> sorted, double share)
    {
        // The product may lie a hair above a whole number; that hair is no further rank.
        var rank = (int)Math.Ceiling((share * sorted.Count) - 1e-9);
        return sorted[Math.Max(1, rank) - 1];
    }

    /// <summary>Of sorted values in ns, in ms; NaN where there are none.</summary>
    public static double Ms(IReadOnlyList<long>? sorted, double share) =>
        sorted is null ? double.NaN : Of(sorted, share) / 1e6;
}
