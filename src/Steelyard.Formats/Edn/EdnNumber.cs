using System.Globalization;
using System.Numerics;
using Steelyard.Histories;

namespace Steelyard.Formats.Edn;

/// <summary>Numbers as Clojure reads them: decimal, hexadecimal (<c>0x10</c>), octal (<c>017</c>), of any
/// radix (<c>2r101</c>), ratios, and with the suffixes N and M.</summary>
internal static class EdnNumber
{
    const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Whether a token must be a number, since no symbol begins so.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> token) =>
        char.IsAsciiDigit((char)token[0])
        || (token.Length > 1 && token[0] is (byte)'-' or (byte)'+' && char.IsAsciiDigit((char)token[1]));

    /// <summary>Whether digits begin with a 0 that makes them octal.</summary>
    public static bool HasLeadingZero(ReadOnlySpan<byte> token)
    {
        var digits = token.Length > 0 && token[0] is (byte)'-' or (byte)'+' ? token[1..] : token;
        return digits.Length > 1 && digits[0] == '0';
    }

    /// <summary>The number, a real where 64 bits do not hold it; null when it is none.</summary>
    public static Value? Of(string token)
    {
        var digits = token[^1] is 'N' or 'M' ? token[..^1] : token;
        if (!token.EndsWith('M') && WholeOf(digits) is { } whole)
            return whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : Value.Of((double)whole);
        if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && !(HasOctalLook(digits) && !token.EndsWith('M')))
            return Value.Of(real);
        return RatioOf(digits);
    }

    static bool HasOctalLook(string digits)
    {
        var bare = digits.TrimStart('-', '+');
        return bare.Length > 1 && bare[0] == '0' && bare.All(char.IsAsciiDigit);
    }

    static BigInteger? WholeOf(string token)
    {
        var sign = token.StartsWith('-') ? -1 : 1;
        var digits = token.TrimStart('-', '+');
        if (token.Length - digits.Length > 1)
            return null;
        var (radix, bare) = RadixOf(digits);
        if (bare.Length == 0)
            return null;
        if (radix == 10)
            return BigInteger.TryParse(bare, NumberStyles.None, CultureInfo.InvariantCulture, out var plain)
                ? sign * plain
                : null;
        BigInteger number = 0;
        foreach (var one in bare)
        {
            var digit = Digits.IndexOf(char.ToLowerInvariant(one), StringComparison.Ordinal);
            if (digit < 0 || digit >= radix)
                return null;
            number = (number * radix) + digit;
        }

        return sign * number;
    }

    static (int Radix, string Digits) RadixOf(string digits)
    {
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return (16, digits[2..]);
        var at = digits.IndexOf('r', StringComparison.OrdinalIgnoreCase);
        if (at is 1 or 2 && int.TryParse(digits[..at], NumberStyles.None, null, out var radix)
            && radix is >= 2 and <= 36)
            return (radix, digits[(at + 1)..]);
        return digits.Length > 1 && digits[0] == '0' ? (8, digits[1..]) : (10, digits);
    }

    static Value? RatioOf(string digits)
    {
        var parts = digits.Split('/');
        return parts.Length == 2
            && double.TryParse(
                parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var upper)
            && double.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var lower)
            && lower > 0
                ? Value.Of(upper / lower)
                : default(Value?);
    }
}
