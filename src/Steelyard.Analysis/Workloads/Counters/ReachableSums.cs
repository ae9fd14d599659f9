using System.Collections;

namespace Steelyard.Analysis.Workloads.Counters;

/// <summary>
/// What a counter can be at an instant: the changes that must count, with any of those that may. The latter
/// are open by then, or of unknown outcome.
/// </summary>
/// <remarks>
/// From the least sum on (all losses that may count, no gain) each change that may count adds its size or
/// nothing, so what is reached are the sums of subsets of sizes. Sizes whose next one, in order, is never
/// more than one above the sum of those before leave no gap (complete sequences: Brown 1961, "Note on
/// complete sequences of integers", theorem 1). Otherwise the subsets are enumerated as bits, up to
/// <see cref="MostWork"/> for a whole counter; beyond, what lies within the bounds is not decided.
/// </remarks>
internal sealed class ReachableSums
{
    // Words of 64 bits that are shifted and joined.
    const long MostWork = 50_000_000;

    readonly SortedDictionary<long, long> _sizes = [];
    long _work;
    BitArray? _reached;
    bool _isKnown;
    bool _isGapless;

    /// <summary>The least it can be.</summary>
    public long Lower { get; private set; }

    /// <summary>The most it can be.</summary>
    public long Upper { get; private set; }

    /// <summary>A change may count from now on; false when a sum leaves 64 bits.</summary>
    public bool TryOffer(long change)
    {
        if (change == long.MinValue || !TryMove(change, isGain: change < 0))
            return false;
        if (change != 0)
            _sizes[Math.Abs(change)] = _sizes.GetValueOrDefault(Math.Abs(change)) + 1;
        return true;
    }

    /// <summary>A change that was offered, and is not counted, may count no more.</summary>
    public void Withdraw(long change)
    {
        // What it had moved it moves back, so no sum can leave 64 bits.
        if (!TryMove(-change, isGain: change < 0))
            throw new InvalidOperationException($"{change} is withdrawn, and was not offered");
        Forget(change);
    }

    /// <summary>A change that was offered must count from now on.</summary>
    public bool TryCount(long change)
    {
        if (!TryMove(change, isGain: change > 0))
            return false;
        Forget(change);
        return true;
    }

    /// <summary>Whether the counter can be a value; null when that is not decided.</summary>
    public bool? Reaches(long value)
    {
        if (value < Lower || value > Upper)
            return false;
        Know();
        if (_isGapless || value == Lower || value == Upper)
            return true;
        return _reached?[(int)(value - Lower)];
    }

    void Forget(long change)
    {
        var size = Math.Abs(change);
        if (change != 0 && --_sizes[size] == 0)
            _sizes.Remove(size);
    }

    // A gain moves the upper bound when it may count and the lower one when it must; a loss the other way.
    bool TryMove(long change, bool isGain)
    {
        var next = (Int128)(isGain ? Lower : Upper) + change;
        if (next <= long.MinValue || next > long.MaxValue)
            return false;
        (Lower, Upper) = isGain ? ((long)next, Upper) : (Lower, (long)next);
        (_isKnown, _reached) = (false, null);
        return true;
    }

    void Know()
    {
        if (_isKnown)
            return;
        _isKnown = true;
        _isGapless = IsGapless();
        if (!_isGapless)
            _reached = Enumerated();
    }

    bool IsGapless()
    {
        Int128 sum = 0;
        foreach (var (size, count) in _sizes)
        {
            if (size > sum + 1)
                return false;
            sum += (Int128)size * count;
        }

        return true;
    }

    // Null when it is too much.
    BitArray? Enumerated()
    {
        var width = (Int128)Upper - Lower + 1;
        var cost = width / 64 * _sizes.Values.Sum();
        if (width > int.MaxValue / 2 || (_work += (long)Int128.Min(cost, MostWork)) >= MostWork)
            return null;
        var reached = new BitArray((int)width);
        reached[0] = true;
        foreach (var (size, count) in _sizes)
            for (var i = 0L; i < count; i++)
                reached.Or(new BitArray(reached).LeftShift((int)size));
        return reached;
    }
}
