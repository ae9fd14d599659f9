namespace Steelyard.Analysis.Sessions;

/// <summary>
/// Causal convergence (Bouajjani et al. 2017, sections 2.4 and 3.4): all processes can agree on one order of
/// all writes, such that each read returns the last of the writes in its causal past. A write in the past of
/// a read that returned another is in conflict with that, and stands before it (CF); causal order and
/// conflicts together must have no cycle. O(n·k) clock entries for n operations of k writing processes.
/// </summary>
internal sealed class Convergence
{
    readonly SessionColumns _columns;
    readonly CausalPasts _pasts;
    readonly SessionKeyWriters _key;

    // For each write that was read, how many writes of each session must stand before it by conflict.
    readonly int[]?[] _conflicts;
    readonly int[] _aReadOf;

    Convergence(SessionColumns columns, CausalPasts pasts)
    {
        (_columns, _pasts, _key) = (columns, pasts, columns.Key);
        _conflicts = new int[columns.Count][];
        _aReadOf = new int[columns.Count];
    }

    /// <summary>What no order of all writes explains, or null.</summary>
    public static SessionBreach? Breach(SessionColumns columns, CausalPasts pasts)
    {
        var convergence = new Convergence(columns, pasts);
        for (var session = 0; session < columns.SessionCount; session++)
            if (convergence.TakeReads(session) is { } breach)
                return breach;
        return convergence.Cycle();
    }

    SessionBreach? TakeReads(int session)
    {
        var clock = new int[_columns.Writers];
        foreach (var node in _columns.Nodes[session])
        {
            var read = _columns.Reads[node];
            if (read >= 0)
                _pasts.JoinInto(clock, read);
            if (read != SessionColumns.NoRead && Conflicts(node, read, clock) is { } breach)
                return breach;
            if (_columns.Writes[node])
                clock[session] = _columns.Number[node];
        }

        return null;
    }

    SessionBreach? Conflicts(int node, int read, int[] clock)
    {
        var (group, end) = _key.GroupsOf(_columns.Keys[node]);
        for (; group < end; group++)
        {
            var session = _key.SessionOf(group);
            var number = _key.LastUpTo(group, clock[session]);
            if (number == 0)
                continue;
            var other = _columns.WritesOf[session][number - 1];
            if (read < 0)
                return new("WriteCOInitRead", node, other);
            if (other == read)
                continue;
            if (_pasts.IsUpTo(read, other))
                return new("WriteCORead", node, other);
            var conflicts = _conflicts[read] ??= new int[_columns.Writers];
            conflicts[session] = Math.Max(conflicts[session], number);
            _aReadOf[read] = node;
        }

        return null;
    }

    // Writes are put in order, each session's in turn; one that needs another waits for it.
    SessionBreach? Cycle()
    {
        var done = new int[_columns.Writers];
        var waiting = new Dictionary<(int Session, int Number), List<int>>();
        var ready = new Stack<int>(Enumerable.Range(0, _columns.Writers).Reverse());
        while (ready.TryPop(out var session))
        {
            var writes = _columns.WritesOf[session];
            while (done[session] < writes.Length)
            {
                if (Missing(writes[done[session]], done) is { } missing)
                {
                    if (!waiting.TryGetValue(missing, out var sessions))
                        waiting.Add(missing, sessions = []);
                    sessions.Add(session);
                    break;
                }

                if (waiting.Remove((session, ++done[session]), out var woken))
                    woken.ForEach(ready.Push);
            }
        }

        for (var session = 0; session < done.Length; session++)
            for (var at = done[session]; at < _columns.WritesOf[session].Length; at++)
                if (_columns.WritesOf[session][at] is var write && _conflicts[write] is not null)
                    return new("CyclicCF", _aReadOf[write], -1);
        return null;
    }

    (int Session, int Number)? Missing(int write, int[] done)
    {
        var conflicts = _conflicts[write];
        for (var session = 0; session < done.Length; session++)
        {
            if (session == _columns.Session[write])
                continue;
            var need = Math.Max(_pasts.UpTo(write, session), conflicts is null ? 0 : conflicts[session]);
            if (done[session] < need)
                return (session, need);
        }

        return null;
    }
}
