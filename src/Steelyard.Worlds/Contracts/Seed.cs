using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

/// <summary>The number a run grows from. Written and read as <c>0x3f2a</c>; decimal is read too.</summary>
public readonly record struct Seed(ulong Value)
{
    /// <summary>Reads <c>0x3f2a</c> or <c>16170</c>.</summary>
    /// <exception cref="UserMistakeException">It is neither.</exception>
    public static Seed Parse(string text)
    {
        var hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var digits = hex ? text.AsSpan(2) : text;
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var value)
            ? new(value)
            : throw new UserMistakeException($"expected a seed such as 42 or 0x2a, found \"{text}\"");
    }

    /// <summary>As <c>0x3f2a</c>.</summary>
    public override string ToString() => $"0x{Value:x}";
}
