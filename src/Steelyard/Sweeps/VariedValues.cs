using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Sweeps;

/// <summary>Values as somebody writes them: a list with commas, of words and of ranges. <c>1..8</c> goes by
/// one, <c>1..10:3</c> by three, <c>1..64:x2</c> doubles; the unit of the last stands for all
/// (<c>10..50ms:10</c>).</summary>
internal static class VariedValues
{
    const int MostOfARange = 10_000;

    /// <summary>All of them, in the order written.</summary>
    /// <param name="name">The option, for complaints.</param>
    /// <param name="text">The list.</param>
    /// <exception cref="UserMistakeException">A value is empty or stands twice, or a range has no
    /// end.</exception>
    public static IReadOnlyList<string> Parse(string name, string text)
    {
        var values = new List<string>();
        foreach (var part in text.Split(','))
        {
            if (part.Length == 0)
                throw Mistake(name, "a value between any two commas", text);
            values.AddRange(part.Contains("..", StringComparison.Ordinal) ? Range(name, part) : [part]);
        }

        var twice = values.GroupBy(value => value, StringComparer.Ordinal).FirstOrDefault(
            same => same.Count() > 1);
        return twice is null ? values : throw Mistake(name, "each value once", twice.Key + " twice");
    }

    /// <summary>The number that a value begins with, where all that follows is a unit.</summary>
    public static bool TryNumber(string value, out decimal number, out string unit)
    {
        var digits = value.Length;
        while (digits > 0 && char.IsAsciiLetter(value[digits - 1]))
            digits--;
        unit = value[digits..];
        return decimal.TryParse(
            value.AsSpan(0, digits), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out number);
    }

    static IEnumerable<string> Range(string name, string range)
    {
        const string expected = "a range such as 1..8, 1..10:3 or 1..64:x2";
        var (ends, step) = range.Split(':') switch
        {
            [var only] => (only, "1"),
            [var first, var second] => (first, second),
            _ => throw Mistake(name, expected, range),
        };
        if (ends.Split("..") is not [var from, var to]
            || !TryNumber(from, out var low, out var unitOfLow) || !TryNumber(to, out var high, out var unit)
            || (unitOfLow.Length > 0 && unitOfLow != unit))
            throw Mistake(name, expected, range);
        var isTimes = step.StartsWith('x');
        if (!TryNumber(isTimes ? step[1..] : step, out var by, out var unitOfStep)
            || (unitOfStep.Length > 0 && unitOfStep != unit)
            || (isTimes ? by <= 1 || low <= 0 : by <= 0) || high < low)
            throw Mistake(name, $"{expected}, upwards", range);
        return Steps(name, (low, high), by, isTimes).Select(value =>
            value.ToString("0.############", CultureInfo.InvariantCulture) + unit);
    }

    static IReadOnlyList<decimal> Steps(
        string name, (decimal Low, decimal High) range, decimal by, bool isTimes)
    {
        var values = new List<decimal>();
        for (var value = range.Low; value <= range.High; value = isTimes ? value * by : value + by)
        {
            if (values.Count == MostOfARange)
                throw Mistake(name, $"a range of at most {MostOfARange:N0} values", "more");
            values.Add(value);
        }

        return values;
    }

    static UserMistakeException Mistake(string name, string expected, string found) =>
        new($"--vary {name}: expected {expected}, found \"{found}\"");
}
