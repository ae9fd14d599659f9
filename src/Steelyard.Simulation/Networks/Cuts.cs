using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Networks;

/// <summary>
/// The links that are cut now, and since when: a cut also takes what was under way. Cuts are kept as sets of
/// links, not as a matrix, so ten thousand nodes cost nothing.
/// </summary>
internal sealed class Cuts(Placement places)
{
    readonly record struct Cut(long StartNs, ILinkSet Links, EffectMark Effect);

    readonly List<Cut> _active = [];
    readonly List<Cut> _log = [];
    long _lastStartNs = -1;

    /// <summary>Cuts links.</summary>
    public void Add(ILinkSet links, EffectMark effect, long nowNs)
    {
        var cut = new Cut(nowNs, links, effect);
        _active.Add(cut);
        _log.Add(cut);
        _lastStartNs = nowNs;
    }

    /// <summary>Mends them; what another cut covers stays cut.</summary>
    public void Remove(ILinkSet links) => _active.RemoveAll(cut => cut.Links == links);

    /// <summary>Whether a message sent now is lost. The way between a client and its home is never
    /// cut.</summary>
    public bool Covers(int from, int to) =>
        _active.Count > 0 && AnyActive(places.NodeOf(from), places.NodeOf(to));

    /// <summary>Whether a message that was sent on a whole link met a cut on its way.</summary>
    public bool CaughtSince(long sentNs, int from, int to) =>
        _lastStartNs >= sentNs && AnySince(sentNs, places.NodeOf(from), places.NodeOf(to));

    bool AnyActive(int from, int to)
    {
        if (from == to)
            return false;
        var covered = false;
        foreach (var cut in _active)
            covered |= IsHit(cut, from, to);
        return covered;
    }

    bool AnySince(long sentNs, int from, int to)
    {
        if (from == to)
            return false;
        var caught = false;
        for (var i = _log.Count - 1; i >= 0 && _log[i].StartNs >= sentNs; i--)
            caught |= IsHit(_log[i], from, to);
        return caught;
    }

    // Of several cuts in force each would have taken the message alone.
    static bool IsHit(in Cut cut, int from, int to)
    {
        if (!cut.Links.Covers(from, to))
            return false;
        cut.Effect.Set();
        return true;
    }
}
