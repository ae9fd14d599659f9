using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Steelyard.Analysis.Policies.Caching;

/// <summary>Which places of a row are taken, and how many after a place: a bit for each, counts of words of
/// bits, of sixteen words, of sixteen of these, and so on. Each level is summed whole and by a mask: where a
/// sum would end cannot be foretold.</summary>
internal sealed class TakenPlaces
{
    const int WordShift = 6;
    const int WordMask = 63;
    const int FanShift = 4;
    const int Fan = 1 << FanShift;
    const int Half = Fan / 2;

    // Read from Fan - 1 - n on: nothing up to the n-th, all after it.
    static readonly int[] Masks = [.. Enumerable.Repeat(0, Fan), .. Enumerable.Repeat(-1, Fan)];

    readonly ulong[] _words;
    readonly int[][] _counts;

    /// <summary>None is taken.</summary>
    /// <param name="places">How many there are.</param>
    public TakenPlaces(int places)
    {
        var length = (places >> WordShift) + 1;
        _words = new ulong[length];
        var counts = new List<int[]>();
        do
        {
            var blocks = (length + Fan - 1) >> FanShift;
            counts.Add(new int[blocks << FanShift]);
            length = blocks;
        }
        while (length > 1);
        _counts = [.. counts];
    }

    /// <summary>How many places after one are taken.</summary>
    public int After(int place)
    {
        var at = place >> WordShift;
        // Two shifts: nothing is left behind the last bit of a word.
        var inWord = BitOperations.PopCount(_words[at] >> (place & WordMask) >> 1);
        var sum = Vector256<int>.Zero;
        ref var masks = ref MemoryMarshal.GetArrayDataReference(Masks);
        foreach (var level in _counts)
        {
            ref var counts = ref MemoryMarshal.GetArrayDataReference(level);
            var (block, mask) = ((nuint)(at & -Fan), (nuint)(Fan - 1 - (at & (Fan - 1))));
            sum += Vector256.LoadUnsafe(ref counts, block) & Vector256.LoadUnsafe(ref masks, mask);
            sum += Vector256.LoadUnsafe(ref counts, block + Half)
                & Vector256.LoadUnsafe(ref masks, mask + Half);
            at >>= FanShift;
        }

        return inWord + Vector256.Sum(sum);
    }

    /// <summary>Takes a place that is free.</summary>
    public void Take(int place) => Change(place, 1);

    /// <summary>Frees a place that is taken.</summary>
    public void Free(int place) => Change(place, -1);

    void Change(int place, int by)
    {
        var at = place >> WordShift;
        _words[at] ^= 1UL << (place & WordMask);
        foreach (var level in _counts)
        {
            level[at] += by;
            at >>= FanShift;
        }
    }

    /// <summary>The first place that is taken, from one on; -1 where none is.</summary>
    public int NextFrom(int place)
    {
        var word = place >> WordShift;
        var left = word < _words.Length ? _words[word] >> (place & WordMask) << (place & WordMask) : 0;
        while (left == 0)
        {
            if (++word >= _words.Length)
                return -1;
            left = _words[word];
        }

        return (word << WordShift) + BitOperations.TrailingZeroCount(left);
    }

    /// <summary>Takes the first places, and frees all others.</summary>
    public void TakeFirst(int places)
    {
        Array.Clear(_words);
        Array.Fill(_words, ulong.MaxValue, 0, places >> WordShift);
        _words[places >> WordShift] = (1UL << (places & WordMask)) - 1;
        var width = WordShift;
        foreach (var level in _counts)
        {
            for (var at = 0; at < level.Length; at++)
                level[at] = (int)Math.Clamp(places - ((long)at << width), 0, 1L << width);
            width += FanShift;
        }
    }
}
