using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Hunts;

/// <summary>Seeds in an order: <c>1..1000</c>, downwards as <c>1000..1</c>, or one alone.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last; may be below the first.</param>
internal readonly record struct SeedRange(ulong First, ulong Last)
{
    const int Most = 100_000_000;

    /// <summary>How many.</summary>
    public int Count => (int)((First <= Last ? Last - First : First - Last) + 1);

    /// <summary>The seed at a place of the range, 0-based.</summary>
    public Seed this[int place] => new(First <= Last ? First + (ulong)place : First - (ulong)place);

    /// <summary>Reads <c>1..1000</c>, <c>0x10..0xff</c>, <c>1000..1</c> or <c>42</c>.</summary>
    /// <exception cref="UserMistakeException">It is none of these, or more than a hundred million
    /// seeds.</exception>
    public static SeedRange Parse(string text)
    {
        var ends = text.Split("..");
        if (ends.Length > 2 || ends.Any(end => end.Length == 0))
            throw new UserMistakeException($"--seeds: expected a range such as 1..1000, found \"{text}\"");
        var first = Seed.Parse(ends[0]).Value;
        var last = Seed.Parse(ends[^1]).Value;
        if (Math.Max(first, last) - Math.Min(first, last) >= Most)
            throw new UserMistakeException(
                string.Create(CultureInfo.InvariantCulture,
                    $"--seeds: expected at most {Most:N0} seeds, found \"{text}\""));
        return new(first, last);
    }

    /// <summary>As it is read.</summary>
    public override string ToString() =>
        First == Last ? $"{First}" : string.Create(CultureInfo.InvariantCulture, $"{First}..{Last}");
}
