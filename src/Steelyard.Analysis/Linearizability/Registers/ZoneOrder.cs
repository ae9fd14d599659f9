namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>
/// The order of the zones of one register: it exists when no two forward zones overlap, and no backward zone
/// lies within a forward one (Gibbons &amp; Korach 1997, section 4).
/// </summary>
internal sealed class ZoneOrder
{
    // As many zones as a hundred clients hold open at once, and more.
    const int Reach = 1_000;

    readonly List<Zone> _zones;
    readonly int[] _forward;

    public ZoneOrder(List<Zone> zones)
    {
        _zones = zones;
        _forward = [.. Enumerable.Range(0, zones.Count).Where(i => zones[i].IsForward)];
        Array.Sort(_forward, (a, b) => _zones[a].FirstReturn.CompareTo(_zones[b].FirstReturn));
    }

    /// <summary>Two zones that cannot be ordered: the outer one stood before the inner one was over, and was
    /// read by an operation that began after that. Null when all can.</summary>
    public (int Outer, int Inner)? Clash()
    {
        for (var i = 1; i < _forward.Length; i++)
            if (_zones[_forward[i]].FirstReturn < _zones[_forward[i - 1]].LastStart)
                return (_forward[i - 1], _forward[i]);
        for (var i = 0; i < _zones.Count; i++)
            if (!_zones[i].IsForward && !_zones[i].IsDropped
                && Around(_zones[i].LastStart) is >= 0 and var around
                && _zones[i].FirstReturn < _zones[around].LastStart)
                return (around, i);
        return null;
    }

    /// <summary>The zones in an order that fits real time; to be asked for only where none clash.</summary>
    public int[] Zones()
    {
        var order = Enumerable.Range(0, _zones.Count).Where(i => !_zones[i].IsDropped).ToArray();
        Array.Sort([.. order.Select(Instant)], order);
        return order;
    }

    /// <summary>Changes an order so that another zone follows a given one, and the order still fits real
    /// time.</summary>
    /// <param name="order">The order.</param>
    /// <param name="after">A place in it.</param>
    /// <param name="mayFollow">Which zones will do.</param>
    /// <returns>False when none within reach can stand there.</returns>
    public bool TryLetFollow(int[] order, int after, Predicate<int> mayFollow) =>
        TryFromLater(order, after, mayFollow) || TryFromEarlier(order, after, mayFollow);

    bool TryFromLater(int[] order, int after, Predicate<int> mayFollow)
    {
        var passed = int.MaxValue;
        for (var at = after + 1; at < Math.Min(order.Length, after + Reach); at++)
        {
            var zone = _zones[order[at]];
            if (at > after + 1 && zone.LastStart <= passed && mayFollow(order[at]))
            {
                Move(order, at, after + 1);
                return true;
            }

            passed = Math.Min(passed, zone.FirstReturn);
        }

        return false;
    }

    bool TryFromEarlier(int[] order, int after, Predicate<int> mayFollow)
    {
        var passed = _zones[order[after]].LastStart;
        for (var at = after - 1; at >= Math.Max(0, after - Reach); at--)
        {
            var zone = _zones[order[at]];
            if (zone.FirstReturn >= passed && mayFollow(order[at]))
            {
                Move(order, at, after);
                return true;
            }

            passed = Math.Max(passed, zone.LastStart);
        }

        return false;
    }

    static void Move(int[] order, int from, int to)
    {
        var moved = order[from];
        if (from > to)
            Array.Copy(order, to, order, to + 1, from - to);
        else
            Array.Copy(order, from + 1, order, from, to - from);
        order[to] = moved;
    }

    // A forward zone takes over at its first return; a backward zone at its last start, or when the forward
    // zone around that is over. Zones in the order of these instants never make an operation wait for a later
    // one.
    int Instant(int zone) => _zones[zone].IsForward ? _zones[zone].FirstReturn
        : Around(_zones[zone].LastStart) is >= 0 and var around ? _zones[around].LastStart
        : _zones[zone].LastStart;

    // The forward zone that a position lies in, or -1.
    int Around(int position)
    {
        var (low, high) = (0, _forward.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_zones[_forward[middle]].FirstReturn < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && position < _zones[_forward[low - 1]].LastStart ? _forward[low - 1] : -1;
    }
}
