namespace Steelyard.Services.Designs.Parts;

/// <summary>How likely a count is by chance alone.</summary>
internal static class Chance
{
    /// <summary>The probability of at least so many failures among independent attempts that each fail at a
    /// rate (the upper tail of the binomial distribution).</summary>
    /// <param name="failures">How many; 0 or more.</param>
    /// <param name="attempts">Of how many; at least as many.</param>
    /// <param name="rate">Above 0, below 1.</param>
    public static double OfAtLeast(int failures, int attempts, double rate)
    {
        // By the ratio of each term to the one before, in logarithms: the first may be too small for one.
        var term = attempts * Math.Log(1 - rate);
        var (below, ratio) = (0.0, Math.Log(rate / (1 - rate)));
        for (var count = 0; count < failures; count++)
        {
            below += Math.Exp(term);
            term += ratio + Math.Log((double)(attempts - count) / (count + 1));
        }

        return Math.Max(0, 1 - below);
    }
}
