namespace Steelyard.Simulation.Networks;

/// <summary>
/// The links that are cut now, and since when: a cut also takes what was under way. Cuts are kept as sets of
/// links, not as a matrix, so ten thousand nodes cost nothing.
/// </summary>
internal sealed class Cuts(Places places)
{
    readonly List<ILinkSet> _active = [];
    readonly List<(long StartNs, ILinkSet Links)> _log = [];
    long _lastStartNs = -1;

    /// <summary>Cuts links.</summary>
    public void Add(ILinkSet links, long nowNs)
    {
        _active.Add(links);
        _log.Add((nowNs, links));
        _lastStartNs = nowNs;
    }

    /// <summary>Mends them; what another cut covers stays cut.</summary>
    public void Remove(ILinkSet links) => _active.Remove(links);

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
        foreach (var links in _active)
            if (links.Covers(from, to))
                return true;
        return false;
    }

    bool AnySince(long sentNs, int from, int to)
    {
        if (from == to)
            return false;
        for (var i = _log.Count - 1; i >= 0 && _log[i].StartNs >= sentNs; i--)
            if (_log[i].Links.Covers(from, to))
                return true;
        return false;
    }
}
