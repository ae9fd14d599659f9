namespace Steelyard.Analysis.Sessions;

/// <summary>
/// For each key the sessions that wrote it, and for each of these the numbers of its writes there: the last
/// write of a key within a prefix of a session is one look-up. Look-ups remember where they ended, for the
/// next one is mostly near.
/// </summary>
internal sealed class SessionKeyWriters
{
    const int StepsBeforeHalving = 4;

    // So many writes are looked through faster than they are looked up.
    const int LookedThrough = 256;

    readonly int[] _groupsOfKey;
    readonly List<int> _sessions = [];
    readonly List<int> _from = [];
    readonly int[] _numbers;
    readonly int[] _hints;

    // The key of each write of each session.
    readonly int[][] _keysOf;

    public SessionKeyWriters(SessionColumns columns)
    {
        _keysOf = Array.ConvertAll(
            columns.WritesOf, writes => Array.ConvertAll(writes, node => columns.Keys[node]));
        var byKey = Enumerable.Range(0, columns.Count).Where(node => columns.Writes[node]).ToArray();
        var order = new (int Key, int Session, int Number)[byKey.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = (columns.Keys[byKey[i]], columns.Session[byKey[i]], columns.Number[byKey[i]]);
        Array.Sort(order);
        _numbers = [.. order.Select(write => write.Number)];
        _groupsOfKey = new int[(columns.Count == 0 ? 0 : columns.Keys.Max() + 1) + 1];
        for (var i = 0; i < order.Length; i++)
        {
            if (i > 0 && order[i].Key == order[i - 1].Key && order[i].Session == order[i - 1].Session)
                continue;
            _sessions.Add(order[i].Session);
            _from.Add(i);
            _groupsOfKey[order[i].Key + 1] = _sessions.Count;
        }

        for (var key = 1; key < _groupsOfKey.Length; key++)
            _groupsOfKey[key] = Math.Max(_groupsOfKey[key], _groupsOfKey[key - 1]);
        _from.Add(order.Length);
        _hints = [.. _from];
    }

    /// <summary>The groups of a key; each is a session that wrote it.</summary>
    public (int First, int End) GroupsOf(int key) => (_groupsOfKey[key], _groupsOfKey[key + 1]);

    /// <summary>The session of a group.</summary>
    public int SessionOf(int group) => _sessions[group];

    /// <summary>The key of a write of a session, by its number.</summary>
    public int KeyOf(int session, int number) => _keysOf[session][number - 1];

    /// <summary>The number of the group's first write.</summary>
    public int FirstOf(int group) => _numbers[_from[group]];

    /// <summary>The number of the group's last write up to a number; 0 when there is none.</summary>
    public int LastUpTo(int group, int number)
    {
        var at = PlaceUpTo(group, number);
        return at < _from[group] ? 0 : _numbers[at];
    }

    /// <summary>The number of the group's last write up to a number, if that is after another; 0 when there
    /// is none.</summary>
    public int LastBetween(int key, int group, int after, int upTo)
    {
        if (upTo <= after)
            return 0;
        if (upTo - after <= LookedThrough)
        {
            var at = _keysOf[_sessions[group]].AsSpan(after, upTo - after).LastIndexOf(key);
            return at < 0 ? 0 : after + at + 1;
        }

        var number = LastUpTo(group, upTo);
        return number > after ? number : 0;
    }

    /// <summary>The number of the group's first write after a number; <see cref="int.MaxValue"/> when there
    /// is none.</summary>
    public int FirstAfter(int group, int number)
    {
        var at = PlaceUpTo(group, number) + 1;
        return at < _from[group + 1] ? _numbers[at] : int.MaxValue;
    }

    int PlaceUpTo(int group, int number)
    {
        var (low, high) = (_from[group] - 1, _from[group + 1] - 1);
        var at = Math.Clamp(_hints[group], low, high);
        for (var steps = 0; steps < StepsBeforeHalving; steps++)
        {
            if (at < high && _numbers[at + 1] <= number)
                at++;
            else if (at > low && _numbers[at] > number)
                at--;
            else
                return _hints[group] = at;
        }

        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (_numbers[middle] <= number)
                low = middle;
            else
                high = middle - 1;
        }

        return _hints[group] = low;
    }
}
