namespace Steelyard.Analysis.Laws.Queueing;

/// <summary>Quantiles of a distribution whose tail is known.</summary>
internal static class Quantiles
{
    const int Halvings = 200;

    /// <summary>Where the tail falls to 1 - share.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    /// <param name="exceeds">The probability of more than a value; falls from 1 to 0.</param>
    /// <param name="scale">About how large values are.</param>
    public static double Of(double share, Func<double, double> exceeds, double scale)
    {
        var (low, high) = (0.0, scale);
        while (exceeds(high) > 1 - share)
            (low, high) = (high, high * 2);
        for (var i = 0; i < Halvings && high - low > high * 1e-15; i++)
        {
            var middle = (low + high) / 2;
            if (exceeds(middle) > 1 - share)
                low = middle;
            else
                high = middle;
        }

        return high;
    }
}
