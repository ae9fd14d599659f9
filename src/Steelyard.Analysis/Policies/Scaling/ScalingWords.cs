using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling;

/// <summary>Numbers, shares and times as people write them beside policies.</summary>
internal static class ScalingWords
{
    static readonly (string Suffix, double Seconds)[] Units =
        [("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

    // Ten years: more than any demand is told for.
    const double MostSeconds = 3.2e8;

    /// <summary>A number.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static double Number(string place, string text) => TryNumber(text, out var number)
        ? number
        : throw Wrong(place, "a number", text);

    /// <summary>A number of at least 0.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static double AtLeast0(string place, string text) => TryNumber(text, out var number) && number >= 0
        ? number
        : throw Wrong(place, "a number of at least 0", text);

    /// <summary>A whole number.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static int Whole(string place, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(place, "a whole number", text);

    /// <summary>A whole number of at least a least one.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static int Whole(string place, string text, int least) => Whole(place, text) is var number
        && number >= least
        ? number
        : throw Wrong(place, $"a whole number of at least {least}", text);

    /// <summary>A share, as 0.6 or 60%.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static double Share(string place, string text)
    {
        var isPercent = text.EndsWith('%');
        return TryNumber(isPercent ? text[..^1] : text, out var number) && number >= 0
            ? isPercent ? number / 100 : number
            : throw Wrong(place, "a share such as 0.6 or 60%", text);
    }

    /// <summary>A time of at least 0, as 250ms, 30s, 5m, 1h or 1d; a bare number counts seconds.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static TimeSpan Time(string place, string text)
    {
        foreach (var (suffix, seconds) in Units)
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && TryNumber(text[..^suffix.Length], out var number))
                return Seconds(place, text, number * seconds);
        return TryNumber(text, out var bare)
            ? Seconds(place, text, bare)
            : throw Wrong(place, "a time such as 15s, 5m or 1h", text);
    }

    /// <summary>One of some words.</summary>
    /// <exception cref="UserMistakeException">It is none of them.</exception>
    public static string OneOf(string place, string text, params string[] known) => known.Contains(text)
        ? text
        : throw new UserMistakeException(
            $"{place}: expected {string.Join(", ", known)}, found \"{text}\"{Suggestion.For(text, known)}");

    /// <summary>Parts of a text between commas, without blanks around them; none of an empty one.</summary>
    public static IReadOnlyList<string> List(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What to say of a text that is not what it should be.</summary>
    public static UserMistakeException Wrong(string place, string expected, string found) =>
        new($"{place}: expected {expected}, found \"{found}\"");

    static TimeSpan Seconds(string place, string text, double seconds) => seconds is >= 0 and <= MostSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw Wrong(place, "a time of at least 0 and at most ten years", text);

    static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
}
