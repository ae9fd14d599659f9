namespace Steelyard.Histories.Measuring;

/// <summary>A number that was measured, with its unit and what it rests on.</summary>
/// <param name="Id">What, in kebab case: <c>latency-p99</c>, <c>availability-minority</c>.</param>
/// <param name="Value">How much; NaN where there were no samples.</param>
/// <param name="Unit">Of what: <c>ms</c>, <c>1/s</c>, <c>share</c>, <c>bytes</c>, <c>versions</c>.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Samples">On how many samples it rests.</param>
public sealed record Measurement(string Id, double Value, string Unit, Direction Direction, long Samples)
{
    /// <summary>A share of samples, from 0 to 1, that one wants to be large.</summary>
    /// <param name="id">What.</param>
    /// <param name="part">How many of the samples.</param>
    /// <param name="samples">All of them.</param>
    public static Measurement ShareOf(string id, long part, long samples) =>
        new(id, samples == 0 ? double.NaN : (double)part / samples, "share", Direction.MoreIsBetter, samples);

    /// <summary>The lower end of its 95 % interval; null where none was found.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end of its 95 % interval; null where none was found.</summary>
    public double? High { get; init; }

    /// <summary>How the interval was found, or why there is none; null where nobody looked.</summary>
    public string? How { get; init; }

    /// <summary>What it is for a reader who never met its id: <c>Reads that were stale</c>.</summary>
    public string Words { get; init; } = InWords(Id);

    static string InWords(string id)
    {
        var words = id.Replace('-', ' ');
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
