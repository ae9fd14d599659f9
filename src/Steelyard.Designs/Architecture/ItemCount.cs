using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Designs.Architecture;

/// <summary>How many items a call is about, by the key of its request: as many for each, or as uneven as
/// Zipf's law says (followers of an author).</summary>
/// <param name="Mean">Over all keys alike; above 0.</param>
/// <param name="Exponent">Zipf's; 0 is as many for each.</param>
internal sealed record ItemCount(double Mean, double Exponent = 0)
{
    internal const string Shape = "200 | zipf 1 200";

    /// <summary>One.</summary>
    public static ItemCount One { get; } = new(1);

    /// <summary>Reads it from a text.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static ItemCount Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var mean] => new(Number(mean, text)),
            ["zipf", var exponent, var mean] => new(Number(mean, text), Number(exponent, text)),
            _ => throw Mistake(text),
        };

    /// <summary>For each of so many keys; never below 1. Key 0 has most.</summary>
    public int[] OfKeys(int keys)
    {
        var weights = Enumerable.Range(1, keys).Select(rank => Math.Pow(rank, -Exponent)).ToArray();
        var each = Mean * keys / weights.Sum();
        return [.. weights.Select(weight => (int)Math.Max(1, Math.Round(weight * each)))];
    }

    /// <inheritdoc/>
    public override string ToString() => Exponent == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Mean:R}")
        : string.Create(CultureInfo.InvariantCulture, $"zipf {Exponent:R} {Mean:R}");

    static double Number(string word, string text) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number > 0 && number <= 1e6 ? number : throw Mistake(text);

    static UserMistakeException Mistake(string found) =>
        new($"expected how many items ({Shape}), found \"{found}\"");
}
