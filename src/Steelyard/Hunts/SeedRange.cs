using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Hunts;

/// <summary>Seeds in an order: <c>1..1000</c>, or downwards as <c>1000..1</c>.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last; may be below the first.</param>
internal readonly record struct SeedRange(ulong First, ulong Last)
{
    /// <summary>Where seeds begin of which only the number was told.</summary>
    public const ulong UsualStart = 1;

    const int Most = 100_000_000;

    /// <summary>How many.</summary>
    public int Count => (int)((First <= Last ? Last - First : First - Last) + 1);

    /// <summary>The seed at a place of the range, 0-based.</summary>
    public Seed this[int place] => new(First <= Last ? First + (ulong)place : First - (ulong)place);

    /// <summary>So many from one on.</summary>
    public static SeedRange Of(ulong first, int count) => new(first, first + (ulong)(count - 1));

    /// <summary>Reads <c>1..1000</c>, <c>0x10..0xff</c> or <c>1000..1</c>; how many, such as <c>200</c>; or
    /// one seed as it is written elsewhere, <c>0x2a</c>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="start">Where seeds begin of which only the number is told.</param>
    /// <exception cref="UserMistakeException">It is none of these, or more than a hundred million
    /// seeds.</exception>
    public static SeedRange Parse(string text, ulong start = UsualStart)
    {
        var ends = text.Split("..");
        if (ends.Length > 2 || ends.Any(end => end.Length == 0))
            throw new UserMistakeException($"--seeds: expected a range such as 1..1000, found \"{text}\"");
        var first = Seed.Parse(ends[0]).Value;
        var last = Seed.Parse(ends[^1]).Value;
        if (ends.Length == 1 && !text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            (first, last) = first > 0 ? (start, start + first - 1) : throw new UserMistakeException(
                $"--seeds: expected a range such as 1..1000, or how many, found \"{text}\"");
        if (Math.Max(first, last) - Math.Min(first, last) >= Most)
            throw new UserMistakeException(
                string.Create(CultureInfo.InvariantCulture,
                    $"--seeds: expected at most {Most:N0} seeds, found \"{text}\""));
        return new(first, last);
    }

    /// <summary>As it is read.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}..{Last}");
}
