using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>Times as people log them: numbers of a unit, or ISO 8601.</summary>
internal static class TimeUnits
{
    // Whole nanoseconds have room for 292 years on either side; differences must have it too.
    const long Furthest = 4_000_000_000_000_000_000;
    const long SecondNs = 1_000_000_000;
    const int FractionDigits = 9;
    const int LongestShort = 18;

    /// <summary>Nanoseconds of a unit.</summary>
    /// <exception cref="UserMistakeException">It is none of ns, us, ms and s.</exception>
    public static long Named(string unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" => 1_000,
        "ms" => 1_000_000,
        "s" => SecondNs,
        _ => throw new UserMistakeException($"--time-unit: expected ns, us, ms or s, found \"{unit}\""),
    };

    /// <summary>A time in nanoseconds.</summary>
    /// <param name="text">A number of the unit, or a date and time of ISO 8601 (without a zone, UTC).</param>
    /// <param name="unitNs">The unit; null is nanoseconds, and then fractions are refused.</param>
    /// <param name="isEnd">Where a nanosecond is too coarse: true gives the next, false the one before, so
    /// that
    /// an operation never looks shorter than it was.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="UserMistakeException">It is no time.</exception>
    public static long Parse(ReadOnlySpan<char> text, long? unitNs, bool isEnd, string what)
    {
        text = text.Trim();
        if (TryShort(text, out var whole) && whole <= Furthest / (unitNs ?? 1))
            return whole * (unitNs ?? 1);
        if (TryIso(text, isEnd, out var time))
            return time;
        TakeUnit(ref text, ref unitNs);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw new UserMistakeException(
                $"expected a number or an ISO 8601 time as {what}, found \"{text}\"");
        if (unitNs is null && number != decimal.Truncate(number))
            throw new UserMistakeException(
                $"expected --time-unit (ns, us, ms or s) with times that have fractions, found {what}"
                + $" {text}");
        if (Math.Abs(number) > (decimal)Furthest / (unitNs ?? 1))
            throw new UserMistakeException($"expected a {what} within 120 years of 1970, found {text}");
        number *= unitNs ?? 1;
        return (long)(isEnd ? decimal.Ceiling(number) : decimal.Floor(number));
    }

    // Go and others write a duration with its unit: 12.5ms.
    static void TakeUnit(ref ReadOnlySpan<char> text, ref long? unitNs)
    {
        var digits = text.TrimEnd("nµμums ".AsSpan());
        if (digits.IsEmpty || digits.Length == text.Length || !char.IsAsciiDigit(digits[^1]))
            return;
        long? unit = text[digits.Length..].Trim() switch
        {
            "ns" => 1,
            "us" or "µs" or "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => SecondNs,
            _ => null,
        };
        if (unit is null)
            return;
        text = digits;
        unitNs = unit;
    }

    static bool TryShort(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        if (text.Length is 0 or > LongestShort)
            return false;
        foreach (var one in text)
        {
            if (!char.IsAsciiDigit(one))
                return false;
            number = (number * 10) + (one - '0');
        }

        return true;
    }

    // By hand, since the runtime rounds to 100 ns, and Go and Java write nanoseconds.
    static bool TryIso(ReadOnlySpan<char> text, bool isEnd, out long time)
    {
        time = 0;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or ' ' or 't'))
            return false;
        if (!DateTime.TryParseExact(
                text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || !Two(text[11..], out var hours) || text[13] != ':' || !Two(text[14..], out var minutes)
            || text[16] != ':' || !Two(
                text[17..], out var seconds) || hours > 24 || minutes > 59 || seconds > 60)
            return false;
        var rest = text[19..];
        if (!TryFraction(ref rest, isEnd, out var fraction) || !TryZone(rest, out var zoneMinutes))
            return false;
        var total =
            (((decimal)(day - DateTime.UnixEpoch).Days * 24 * 60) + (hours * 60) + minutes - zoneMinutes)
            * 60 * SecondNs;
        total += (seconds * (decimal)SecondNs) + fraction;
        if (Math.Abs(total) > Furthest)
            return false;
        time = (long)total;
        return true;
    }

    static bool TryFraction(ref ReadOnlySpan<char> rest, bool isEnd, out long fraction)
    {
        fraction = 0;
        if (rest.IsEmpty || rest[0] is not ('.' or ','))
            return true;
        rest = rest[1..];
        var digits = 0;
        var isMore = false;
        for (; digits < rest.Length && char.IsAsciiDigit(rest[digits]); digits++)
            if (digits < FractionDigits)
                fraction = (fraction * 10) + (rest[digits] - '0');
            else
                isMore |= rest[digits] != '0';
        for (var i = digits; i < FractionDigits; i++)
            fraction *= 10;
        fraction += isMore && isEnd ? 1 : 0;
        rest = rest[digits..];
        return digits > 0;
    }

    static bool TryZone(ReadOnlySpan<char> rest, out int minutes)
    {
        minutes = 0;
        rest = rest.Trim();
        if (rest.IsEmpty || rest is "Z" or "z" or "UTC")
            return true;
        if (rest[0] is not ('+' or '-') || rest.Length is not (3 or 5 or 6) || !Two(rest[1..], out var hours))
            return false;
        var after = rest.Length == 3 ? "00" : rest[^2..];
        if (!Two(after, out var more) || (rest.Length == 6 && rest[3] != ':'))
            return false;
        minutes = ((hours * 60) + more) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    static bool Two(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        if (text.Length < 2 || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1]))
            return false;
        number = ((text[0] - '0') * 10) + text[1] - '0';
        return true;
    }
}
