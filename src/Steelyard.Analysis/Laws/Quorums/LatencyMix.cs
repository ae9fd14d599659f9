namespace Steelyard.Analysis.Laws.Quorums;

/// <summary>A latency drawn from one of several distributions, as measurements of real systems are
/// fitted.</summary>
public sealed class LatencyMix
{
    readonly (double UpTo, Func<double, double> Inverse)[] _parts;

    /// <summary>A mix.</summary>
    /// <param name="parts">The share of each, which add up to 1, and its value in milliseconds for a
    /// probability of more than that.</param>
    public LatencyMix(params IReadOnlyList<(double Share, Func<double, double> Inverse)> parts)
    {
        var upTo = 0.0;
        _parts = [.. parts.Select(part => (upTo += part.Share, part.Inverse))];
        if (Math.Abs(upTo - 1) > 1e-9)
            throw new ArgumentException($"expected shares that add up to 1, found {upTo}", nameof(parts));
    }

    /// <summary>Pareto: never less than the scale, with a tail that falls as x^-α.</summary>
    /// <param name="scaleMs">xm, above 0.</param>
    /// <param name="alpha">Above 0.</param>
    public static Func<double, double> Pareto(double scaleMs, double alpha) =>
        exceeds => scaleMs * Math.Pow(exceeds, -1 / alpha);

    /// <summary>Exponential.</summary>
    /// <param name="perMs">λ, above 0; the mean is 1/λ.</param>
    public static Func<double, double> Exponential(double perMs) => exceeds => -Math.Log(exceeds) / perMs;

    /// <summary>The latency in milliseconds for a number drawn evenly from 0 to 1.</summary>
    public double At(double uniform)
    {
        var from = 0.0;
        foreach (var (upTo, inverse) in _parts)
        {
            // One number chooses the part and, by its place within that, the value; never 0, whose
            // logarithm has no end.
            if (uniform < upTo)
                return inverse(1 - ((uniform - from) / (upTo - from)));
            from = upTo;
        }

        return _parts[^1].Inverse(double.Epsilon);
    }
}
