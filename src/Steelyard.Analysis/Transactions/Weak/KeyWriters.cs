using System.Runtime.CompilerServices;

namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>
/// Who wrote each key, session by session: a key has a group for each session that wrote it, a group the
/// places of its writers in their order.
/// </summary>
internal sealed class KeyWriters
{
    readonly int[] _writers;
    readonly int[] _first;
    readonly int[] _hints;

    public KeyWriters(WeakView view)
    {
        FirstGroup = new int[view.KeyCount + 1];
        var (ends, transactions) = ByKey(view);
        _writers = transactions;
        var (first, sessions) = (new List<int>(), new List<int>());
        for (int key = 0, at = 0; key < view.KeyCount; key++)
        {
            FirstGroup[key] = sessions.Count;
            for (; at < ends[key]; at++)
            {
                var session = view.Session[transactions[at]];
                if (sessions.Count == FirstGroup[key] || sessions[^1] != session)
                {
                    sessions.Add(session);
                    first.Add(at);
                }
            }
        }

        FirstGroup[view.KeyCount] = sessions.Count;
        first.Add(_writers.Length);
        (_first, Sessions) = ([.. first], [.. sessions]);
        for (var i = 0; i < _writers.Length; i++)
            _writers[i] = view.Place[_writers[i]];
        _hints = new int[Sessions.Length];
        for (var group = 0; group < _hints.Length; group++)
            _hints[group] = _first[group];
    }

    /// <summary>The first group of each key.</summary>
    public int[] FirstGroup { get; }

    /// <summary>The session of each group.</summary>
    public int[] Sessions { get; }

    /// <summary>The greatest place in a group that is not after another, or -1. Places asked for one after
    /// another are near each other, so the search starts where the last one ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int LastUpTo(int group, int place)
    {
        var (start, end, at) = (_first[group], _first[group + 1], _hints[group]);
        var isFew = _writers[at] <= place;
        if (isFew && (at + 1 == end || _writers[at + 1] > place))
            return _writers[at];
        if (isFew)
            at = Forward(at, end, place);
        else
            at = Backward(start, at, place);
        if (at < start)
            return -1;
        _hints[group] = at;
        return _writers[at];
    }

    // The last of the places from one on that is not after another: steps that double, then halves.
    int Forward(int at, int end, int place)
    {
        var step = 1;
        while (at + step < end && _writers[at + step] <= place)
        {
            at += step;
            step *= 2;
        }

        for (var beyond = Math.Min(end, at + step); beyond - at > 1;)
        {
            var middle = (at + beyond) >>> 1;
            if (_writers[middle] <= place)
                at = middle;
            else
                beyond = middle;
        }

        return at;
    }

    int Backward(int start, int beyond, int place)
    {
        var step = 1;
        while (beyond - step >= start && _writers[beyond - step] > place)
        {
            beyond -= step;
            step *= 2;
        }

        var at = Math.Max(start - 1, beyond - step);
        while (beyond - at > 1)
        {
            var middle = (at + beyond) >>> 1;
            if (_writers[middle] <= place)
                at = middle;
            else
                beyond = middle;
        }

        return at;
    }

    // Transactions by key, in each by session and place: two counting sorts.
    static (int[] Ends, int[] Transactions) ByKey(WeakView view)
    {
        var next = new int[view.SessionCount + 1];
        for (var transaction = 0; transaction < view.Count; transaction++)
            next[view.Session[transaction] + 1]++;
        for (var session = 0; session < view.SessionCount; session++)
            next[session + 1] += next[session];
        var bySession = new int[view.Count];
        for (var transaction = 0; transaction < view.Count; transaction++)
            bySession[next[view.Session[transaction]]++] = transaction;
        var ends = new int[view.KeyCount + 1];
        var writes = view.FirstWrite[view.Count];
        for (var write = 0; write < writes; write++)
            ends[view.WriteKeys[write] + 1]++;
        for (var key = 0; key < view.KeyCount; key++)
            ends[key + 1] += ends[key];
        var byKey = new int[writes];
        foreach (var transaction in bySession)
            foreach (var key in view.Writes(transaction))
                byKey[ends[key]++] = transaction;
        return (ends, byKey);
    }
}
