using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Workloads.Sets;

/// <summary>What becomes of an element of a set.</summary>
internal enum SetElementKind
{
    /// <summary>No read that began after it was known tells, or it never was known.</summary>
    NeverRead,

    /// <summary>Every read from some time on holds it.</summary>
    Stable,

    /// <summary>No read from some time on holds it.</summary>
    Lost,
}

/// <summary>What became of one element.</summary>
internal readonly record struct SetElementFate(SetElementKind Kind)
{
    /// <summary>For a lost one, the last read, which misses it.</summary>
    public Operation? Missed { get; init; }

    /// <summary>For a stable one, the last read that began after it was known and missed it all the same,
    /// or null.</summary>
    public Operation? Stale { get; init; }

    /// <summary>From when it was known until it was stable, or lost.</summary>
    public long LatencyNs { get; init; }
}

/// <summary>The fates of many elements in one sentence.</summary>
internal sealed class SetFullTally
{
    readonly List<long> _latencies = [];
    int _stale;

    public int NeverRead { get; private set; }

    public int Stable => _latencies.Count;

    public void Add(SetElementFate fate)
    {
        if (fate.Kind == SetElementKind.NeverRead)
            NeverRead++;
        if (fate.Kind != SetElementKind.Stable)
            return;
        _latencies.Add(fate.LatencyNs);
        _stale += fate.Stale is null ? 0 : 1;
    }

    public override string ToString()
    {
        _latencies.Sort();
        return $"{Count(Stable, "element")} stable, none lost, {NeverRead:N0} never read, {_stale:N0} stale;"
            + $" stable after {At(0.5)} (median), {At(0.95)} (95 %), {At(0.99)} (99 %), {At(1)} (all)"
            + " from when they were known";
    }

    // The element at that share of them, as Jepsen's frequency-distribution takes it.
    string At(double share)
    {
        var place = Math.Min(_latencies.Count - 1, (int)(_latencies.Count * share));
        return FormattableString.Invariant($"{_latencies[place] / 1_000_000.0:N1} ms");
    }
}
