using System.Numerics;

namespace Steelyard.Analysis.Sessions;

/// <summary>Clocks, several entries at a time.</summary>
internal static class Clocks
{
    /// <summary>Puts all of another clock into one.</summary>
    public static void Join(Span<int> clock, ReadOnlySpan<int> other)
    {
        var at = 0;
        for (; at <= clock.Length - Vector<int>.Count; at += Vector<int>.Count)
            Vector.Max(new Vector<int>(clock[at..]), new Vector<int>(other[at..])).CopyTo(clock[at..]);
        for (; at < clock.Length; at++)
            clock[at] = Math.Max(clock[at], other[at]);
    }

    /// <summary>True when a clock has reached all of another; of nothing it always has.</summary>
    public static bool Cover(ReadOnlySpan<int> clock, int[]? other)
    {
        if (other is null)
            return true;
        var at = 0;
        for (; at <= other.Length - Vector<int>.Count; at += Vector<int>.Count)
            if (Vector.GreaterThanAny(new Vector<int>(other, at), new Vector<int>(clock[at..])))
                return false;
        for (; at < other.Length; at++)
            if (other[at] > clock[at])
                return false;
        return true;
    }
}
