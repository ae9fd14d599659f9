using System.Numerics;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// Counts latencies in buckets whose width grows with the value, so that every value from a nanosecond to
/// centuries is kept to a number of significant decimal digits, in little memory and constant time.
/// </summary>
/// <remarks>
/// The bucket layout of Gil Tene's HdrHistogram: powers of two, each cut into
/// 2^⌈log2(2 × 10^digits)⌉ / 2 equal parts (the first into twice as many).
/// </remarks>
public sealed class LatencyHistogram
{
    readonly int _halfMagnitude;
    readonly int _halfCount;
    readonly long _mask;
    long[] _counts;
    double _sum;

    /// <summary>Creates an empty histogram.</summary>
    /// <param name="significantDigits">Decimal digits kept, 1 to 5; 3 keeps 123 ms apart from 124 ms.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer or more digits.</exception>
    public LatencyHistogram(int significantDigits = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(significantDigits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(significantDigits, 5);
        var singleUnits = (uint)(2 * Math.Pow(10, significantDigits));
        var magnitude = BitOperations.Log2(BitOperations.RoundUpToPowerOf2(singleUnits));
        SignificantDigits = significantDigits;
        _halfMagnitude = magnitude - 1;
        _halfCount = 1 << _halfMagnitude;
        _mask = (1L << magnitude) - 1;
        _counts = new long[2 * _halfCount];
    }

    /// <summary>Decimal digits kept.</summary>
    public int SignificantDigits { get; }

    /// <summary>How many values were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>The largest value, exactly, in ns; 0 when empty.</summary>
    public long MaxNs { get; private set; }

    /// <summary>The mean, exactly but for rounding, in ns; NaN when empty.</summary>
    public double MeanNs => Count == 0 ? double.NaN : _sum / Count;

    /// <summary>Counts a value.</summary>
    /// <param name="valueNs">In ns; a negative one (a clock that went back) counts as 0.</param>
    public void Record(long valueNs)
    {
        var value = Math.Max(0, valueNs);
        var index = IndexOf(value);
        if (index >= _counts.Length)
            Array.Resize(ref _counts, ((index / _halfCount) + 1) * _halfCount);
        _counts[index]++;
        Count++;
        _sum += value;
        MaxNs = Math.Max(MaxNs, value);
    }

    /// <summary>Adds all that another histogram counted.</summary>
    /// <exception cref="ArgumentException">It keeps another number of digits.</exception>
    public void Merge(LatencyHistogram other)
    {
        if (other.SignificantDigits != SignificantDigits)
            throw new ArgumentException(
                $"expected {SignificantDigits} significant digits, found {other.SignificantDigits}",
                nameof(other));
        if (other._counts.Length > _counts.Length)
            Array.Resize(ref _counts, other._counts.Length);
        for (var i = 0; i < other._counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        _sum += other._sum;
        MaxNs = Math.Max(MaxNs, other.MaxNs);
    }

    /// <summary>The least value that this share of all values does not exceed (nearest rank), to the digits
    /// kept.</summary>
    /// <param name="share">From 0 to 1: 0.99 is p99.</param>
    /// <returns>In ns; never above <see cref="MaxNs"/>; 0 when empty.</returns>
    public long PercentileNs(double share)
    {
        // The product may lie a hair above a whole number; that hair is no further rank.
        var rank = Math.Max(1, (long)Math.Ceiling((share * Count) - 1e-9));
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return Math.Min(HighestAt(i), MaxNs);
        }

        return MaxNs;
    }

    /// <summary>How many values are at most this, to the digits kept.</summary>
    /// <param name="valueNs">In ns.</param>
    public long CountAtMost(long valueNs)
    {
        if (valueNs < 0)
            return 0;
        if (valueNs >= MaxNs)
            return Count;
        var seen = 0L;
        for (var i = 0; i < _counts.Length && HighestAt(i) <= valueNs; i++)
            seen += _counts[i];
        return seen;
    }

    int IndexOf(long value)
    {
        var bucket = 63 - _halfMagnitude - BitOperations.LeadingZeroCount((ulong)(value | _mask));
        var part = (int)(value >> bucket);
        return ((bucket + 1) << _halfMagnitude) + part - _halfCount;
    }

    // The largest value that counts at an index.
    long HighestAt(int index)
    {
        var bucket = (index >> _halfMagnitude) - 1;
        var part = (index & (_halfCount - 1)) + _halfCount;
        if (bucket < 0)
        {
            part -= _halfCount;
            bucket = 0;
        }

        return ((long)part << bucket) + (1L << bucket) - 1;
    }
}
