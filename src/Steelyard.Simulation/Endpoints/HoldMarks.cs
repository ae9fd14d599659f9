using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Endpoints;

/// <summary>Faults that keep a node down.</summary>
internal sealed class HoldMarks
{
    readonly List<EffectMark> _holding = [];
    long _aloneSinceNs;

    /// <summary>How many there are now.</summary>
    public int Count => _holding.Count;

    /// <summary>Begins one.</summary>
    public void Add(EffectMark effect) => _holding.Add(effect);

    /// <summary>Ends one.</summary>
    /// <returns>Whether it lasted longer than all others.</returns>
    public bool Remove(EffectMark effect, long nowNs)
    {
        _holding.Remove(effect);
        var wasLongest = _holding.Count == 0 && nowNs > _aloneSinceNs;
        _aloneSinceNs = nowNs;
        return wasLongest;
    }
}
