using System.Globalization;

namespace Steelyard.Analysis.Measurements.Confidence;

/// <summary>
/// Shares of independent trials (Wilson 1927, "Probable inference, the law of succession, and statistical
/// inference"): unlike the normal interval it has a width where all or none of them succeeded, and stays from
/// 0 to 1.
/// </summary>
public static class WilsonInterval
{
    const double Z = 1.959963984540054;

    /// <summary>The share of trials that succeeded.</summary>
    /// <param name="successes">From 0 to the number of trials.</param>
    /// <param name="trials">At least 1.</param>
    public static ConfidenceInterval Of(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var share = (double)successes / trials;
        var shrunk = 1 + (Z * Z / trials);
        var middle = (share + (Z * Z / (2 * trials))) / shrunk;
        var half = Z / shrunk
            * Math.Sqrt((share * (1 - share) / trials) + (Z * Z / (4.0 * trials * trials)));
        // What is not rounded ends exactly there.
        return new(
            successes == 0 ? 0 : middle - half, share, successes == trials ? 1 : middle + half, trials,
            string.Create(CultureInfo.InvariantCulture, $"Wilson's interval over {trials:N0} trials"));
    }
}
