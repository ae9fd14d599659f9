using System.CommandLine;
using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.App.Commands;

/// <summary><c>--precision</c>: how narrow intervals are to be, as half of one over its figure. What is read
/// is the same for every command that has it.</summary>
internal static class PrecisionOption
{
    /// <summary>The option.</summary>
    /// <param name="what">What is done until intervals are so narrow.</param>
    public static Option<string?> Create(string what) => CommonOptionSet.Text(
        "--precision", "share",
        $"{what}, until half of each 95 % interval is at most this share of its figure, such as 2% or 0.02");

    /// <summary>The share that was given, above 0 and below 1; null when none was.</summary>
    /// <exception cref="UserMistakeException">It is no such share.</exception>
    public static double? Read(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        var isPercent = text.EndsWith('%');
        return double.TryParse(
            isPercent ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number)
            && (isPercent ? number / 100 : number) is > 0 and < 1 and var share
            ? share
            : throw new UserMistakeException(
                "--precision: expected a share such as 2% or 0.02, above 0 and below 100% or 1, found"
                + $" \"{text}\"");
    }
}
