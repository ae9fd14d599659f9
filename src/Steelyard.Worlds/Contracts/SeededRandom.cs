using System.Numerics;
using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

/// <summary>
/// A stream of randomness that a seed determines: xoshiro256** (Blackman and Vigna 2018), seeded by
/// splitmix64. Streams are split by purpose, so that drawing more in one never moves another.
/// </summary>
public sealed class SeededRandom
{
    ulong _a;
    ulong _b;
    ulong _c;
    ulong _d;

    /// <summary>The stream of a seed for a purpose.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What it is for: <c>workload</c>, <c>network</c>, <c>faults</c>, <c>node</c>
    /// …</param>
    /// <param name="number">Which of that purpose: the node's index, say.</param>
    public SeededRandom(Seed seed, string purpose, int number = 0)
    {
        var state = StableHash.Mix(seed.Value ^ StableHash.Of(purpose))
            + ((ulong)number * 0xD1B54A32D192ED03UL);
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    internal SeededRandom(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>A stream of its own, so that what draws from it moves nothing else: it costs this one four
    /// draws.</summary>
    public SeededRandom Split() => new(NextBits(), NextBits(), NextBits(), NextBits() | 1);

    static ulong SplitMix(ref ulong state) => StableHash.Mix(state += 0x9E3779B97F4A7C15UL);

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>An integer in [0, <paramref name="below"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="below"/> is not positive.</exception>
    public int Next(int below)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(below);
        return (int)(((NextBits() >> 32) * (ulong)below) >> 32);
    }

    /// <summary>An integer in [<paramref name="from"/>, <paramref name="below"/>).</summary>
    public int Next(int from, int below) => from + Next(below - from);

    /// <summary>A long in [0, <paramref name="below"/>).</summary>
    public long NextLong(long below)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(below);
        return (long)Math.BigMul(NextBits(), (ulong)below, out _);
    }

    /// <summary>A double in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with a probability in [0, 1]; 0 and 1 draw nothing.</summary>
    public bool Chance(double probability) =>
        probability > 0 && (probability >= 1 || NextDouble() < probability);

    /// <summary>An exponential draw with the given mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - NextDouble());

    /// <summary>A span of time in [<paramref name="from"/>, <paramref name="below"/>).</summary>
    public TimeSpan Between(TimeSpan from, TimeSpan below) =>
        from + TimeSpan.FromTicks(NextLong((below - from).Ticks));

    /// <summary>One of the items, each as likely.</summary>
    public T Choose<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
