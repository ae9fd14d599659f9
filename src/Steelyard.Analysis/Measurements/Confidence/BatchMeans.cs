namespace Steelyard.Analysis.Measurements.Confidence;

/// <summary>
/// The mean of values of one run, which depend on their neighbours: the run is cut into batches so long that
/// their means do not (Schmeiser 1982). The batches grow until von Neumann's ratio takes them for independent
/// (von Neumann 1941; Fishman 1978, "Grouping observations in digital simulation"), and then once more, since
/// what passes a test may depend a little still (Law and Carson 1979).
/// </summary>
public static class BatchMeans
{
    const int MostBatches = 512;
    const int LeastBatches = 16;
    const int UsedBatches = 32;

    // The test takes dependent ones for independent less often the more often it refuses independent ones:
    // 10 %.
    const double Refused = 1.2815515655446004;

    /// <summary>The mean, with its interval; without one where even the longest batches depend on each
    /// other.</summary>
    /// <param name="series">What was observed, in its order, without its transient.</param>
    public static ConfidenceInterval Of(IReadOnlyList<double> series)
    {
        if (series.Count == 0)
            return ConfidenceInterval.Unknown(double.NaN, 0, "there are no values");
        if (LengthOf(series) is not { } length)
            return ConfidenceInterval.Unknown(series.Average(), series.Count, WhyNot(series.Count));
        var means = Means(series, length);
        return Replications.WithStudentsT(means, Told(means.Count, length), series.Count) with
        {
            Estimate = means.Average(),
        };
    }

    /// <summary>How long batches have to be; null where the series is too short for any.</summary>
    internal static int? LengthOf(IReadOnlyList<double> series)
    {
        for (var length = Math.Max(1, series.Count / MostBatches); series.Count / length >= LeastBatches;
            length *= 2)
            if (AreIndependent(Means(series, length)))
                return Math.Max(length, series.Count / UsedBatches);
        return null;
    }

    /// <summary>Means of batches of a length; the first values are left out where it does not divide
    /// them.</summary>
    internal static IReadOnlyList<double> Means(IReadOnlyList<double> series, int length)
    {
        var means = new double[series.Count / length];
        var at = series.Count - (means.Length * length);
        for (var batch = 0; batch < means.Length; batch++)
        {
            var sum = 0.0;
            for (var end = at + length; at < end; at++)
                sum += series[at];
            means[batch] = sum / length;
        }

        return means;
    }

    /// <summary>What is said of batches.</summary>
    internal static string Told(int batches, int length) => FormattableString.Invariant(
        $"Student's t over {batches} batches of {length:N0} values; von Neumann's ratio found no dependence");

    /// <summary>Why there are none.</summary>
    internal static string WhyNot(int values) => values < LeastBatches
        ? FormattableString.Invariant($"{values} values are too few for batches")
        : FormattableString.Invariant(
            $"values depend on each other over more than {100.0 / LeastBatches:0} % of the series");

    /// <summary>Whether neighbours do not resemble each other. Squared differences of neighbours over the
    /// squared differences from the mean are 2 where nothing depends, and less where neighbours are alike;
    /// half of what is missing has the variance (n - 2) / (n² - 1).</summary>
    internal static bool AreIndependent(IReadOnlyList<double> values)
    {
        var (mean, between, around) = (values.Average(), 0.0, 0.0);
        for (var i = 0; i < values.Count; i++)
        {
            around += (values[i] - mean) * (values[i] - mean);
            if (i > 0)
                between += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
        }

        if (around == 0)
            return true;
        double n = values.Count;
        return (1 - (between / around / 2)) / Math.Sqrt((n - 2) / ((n * n) - 1)) < Refused;
    }
}
