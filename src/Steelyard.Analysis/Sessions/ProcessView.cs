namespace Steelyard.Analysis.Sessions;

/// <summary>
/// Whether every process can have its own order of all writes that explains its reads one after the other:
/// PRAM when the order must keep that of each session (Lipton &amp; Sandberg 1988), causal memory when it
/// must keep causal order (Ahamad et al. 1995, section 2).
/// </summary>
/// <remarks>
/// For one process this saturates the happened-before of Bouajjani et al. 2017 (section 3.3, CyclicHB and
/// WriteHBInitRead): a write of a key that must come before a read must come before the write that was read.
/// Before each read stands a set of writes that is a prefix of every session, so a clock; a write that must
/// move before another moves into the clocks of earlier reads, until nothing moves. The writes between two
/// reads must then have an order. O(n·k) for k processes where nothing must move, as in histories of systems
/// that order their writes; polynomial always.
/// </remarks>
internal sealed class ProcessView
{
    const int None = -1;

    readonly SessionColumns _columns;
    readonly CausalPasts _pasts;
    readonly SessionKeyWriters _key;
    readonly int _writers;
    readonly int[] _lastRead;
    readonly int[] _lastInitial;
    readonly bool[] _isAsked;
    readonly int[] _nothing;
    int[] _reads = [];
    int[] _ownBefore = [];
    int[] _clocks = [];
    int _process;
    bool _moved;
    bool _everMoved;

    ProcessView(SessionColumns columns, CausalPasts pasts)
    {
        (_columns, _pasts, _key, _writers) = (columns, pasts, columns.Key, columns.Writers);
        _nothing = new int[_writers];
        _lastRead = new int[columns.Count];
        _lastInitial = new int[columns.Count == 0 ? 0 : columns.Keys.Max() + 1];
        _isAsked = new bool[_lastInitial.Length];
        Array.Fill(_lastRead, None);
        Array.Fill(_lastInitial, None);
    }

    /// <summary>What some process cannot have seen, or null.</summary>
    public static SessionBreach? Breach(SessionColumns columns, CausalPasts pasts)
    {
        var view = new ProcessView(columns, pasts);
        for (var process = 0; process < columns.SessionCount; process++)
            if (view.BreachOf(process) is { } breach)
                return breach;
        return null;
    }

    SessionBreach? BreachOf(int process)
    {
        _process = process;
        _everMoved = false;
        _reads = [.. _columns.Nodes[process].Where(node => _columns.Reads[node] != SessionColumns.NoRead)];
        _ownBefore = new int[_reads.Length];
        _clocks = new int[_reads.Length * _writers];
        var breach = TakeReads() ?? Saturate() ?? OrderBetweenReads();
        for (var i = 0; i < _reads.Length; i++)
            if (_columns.Reads[_reads[i]] is >= 0 and var write)
                _lastRead[write] = None;
            else
                _lastInitial[_columns.Keys[_reads[i]]] = None;
        return breach;
    }

    Span<int> Clock(int read) => _clocks.AsSpan(read * _writers, _writers);

    ReadOnlySpan<int> ClockBefore(int read) => read == 0 ? _nothing : Clock(read - 1);

    SessionBreach? TakeReads()
    {
        var read = 0;
        foreach (var node in _columns.Nodes[_process])
        {
            if (_columns.Reads[node] == SessionColumns.NoRead)
                continue;
            if (read > 0)
                Clock(read - 1).CopyTo(Clock(read));
            _ownBefore[read] = OwnWritesBefore(node);
            if (_process < _writers)
                Clock(read)[_process] = _ownBefore[read];
            var write = _columns.Reads[node];
            if (write >= 0)
                _pasts.JoinInto(Clock(read), write);
            if (HoldsOwnFuture(read))
                return new("CyclicCO", node, write);
            if (write >= 0)
                _lastRead[write] = read;
            else
                _lastInitial[_columns.Keys[node]] = read;
            read++;
        }

        return null;
    }

    int OwnWritesBefore(int node)
    {
        if (_process >= _writers)
            return 0;
        var (low, high) = (0, _columns.WritesOf[_process].Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_columns.WritesOf[_process][middle] < node)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    bool HoldsOwnFuture(int read) => _process < _writers && Clock(read)[_process] > _ownBefore[read];

    // Writes move only to earlier reads, so going backward mostly settles all in one pass.
    SessionBreach? Saturate()
    {
        do
        {
            _moved = false;
            for (var read = _reads.Length - 1; read >= 0; read--)
            {
                var write = _columns.Reads[_reads[read]];
                if (write >= 0 && _lastRead[write] == read && MoveBefore(write, read) is { } breach)
                    return breach;
                if (write < 0 && _lastInitial[_columns.Keys[_reads[read]]] == read
                    && WrittenBefore(read) is { } written)
                    return written;
            }

            _everMoved |= _moved;
        }
        while (_moved);
        return null;
    }

    SessionBreach? WrittenBefore(int read)
    {
        var (group, end) = _key.GroupsOf(_columns.Keys[_reads[read]]);
        for (; group < end; group++)
            if (_key.FirstOf(group) <= Clock(read)[_key.SessionOf(group)])
                return new(
                    _everMoved ? "WriteHBInitRead" : "WriteCOInitRead", _reads[read],
                    _columns.WritesOf[_key.SessionOf(group)][_key.FirstOf(group) - 1]);
        return null;
    }

    // All writes of the key that stand before the last read of one of them come before that one.
    SessionBreach? MoveBefore(int write, int lastRead)
    {
        var first = FirstReadWith(write, lastRead);
        var before = IsOwnCas(write) ? first - 1 : first;

        // What stood there before the write did neither follows it nor has to move.
        var since = ClockBefore(first);
        var until = Clock(lastRead);
        var key = _columns.Keys[write];
        var (group, end) = _key.GroupsOf(key);
        for (; group < end; group++)
        {
            var session = _key.SessionOf(group);
            var number = _key.LastBetween(key, group, since[session], until[session]);
            if (number == 0)
                continue;
            var other = _columns.WritesOf[session][number - 1];
            if (other == write)
                continue;
            if (_pasts.IsUpTo(write, other))
                return new(_everMoved ? "CyclicHB" : "WriteCORead", _reads[lastRead], other);
            if (Clock(before)[session] < number && !Move(other, before))
                return new("CyclicHB", _reads[lastRead], other);
        }

        return null;
    }

    // The first read that has a write before it: what precedes the write stands before that read as well, and
    // before a cas of the process itself, which nothing may part. It mostly is not far from the last.
    int FirstReadWith(int write, int lastRead)
    {
        var (session, number) = (_columns.Session[write], _columns.Number[write]);
        var (low, high) = (0, lastRead);
        for (var step = 1; high - step >= 0; step *= 2)
        {
            if (Clock(high - step)[session] < number)
            {
                low = high - step + 1;
                break;
            }

            high -= step;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Clock(middle)[session] >= number)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    bool IsOwnCas(int write) =>
        _columns.Session[write] == _process && _columns.Reads[write] != SessionColumns.NoRead;

    bool Move(int write, int toRead)
    {
        var (session, number) = (_columns.Session[write], _columns.Number[write]);
        for (var read = toRead; read < _reads.Length && Clock(read)[session] < number; read++)
        {
            _pasts.JoinInto(Clock(read), write);
            if (HoldsOwnFuture(read))
                return false;
        }

        return _moved = true;
    }

    SessionBreach? OrderBetweenReads()
    {
        var slots = new Dictionary<int, List<int>>();
        for (var read = 0; read < _reads.Length; read++)
        {
            var write = _columns.Reads[_reads[read]];
            if (write < 0 || _lastRead[write] != read)
                continue;
            var slot = FirstReadAfter(write, read);
            if (!slots.TryGetValue(slot, out var writes))
                slots.Add(slot, writes = []);
            writes.Add(write);
        }

        // A single write that was read cannot stand in its own way: that was seen above.
        for (var read = 0; read < _reads.Length; read++)
            if (slots.TryGetValue(read, out var writes) && writes.Count > 1 && !HasOrder(read, writes))
                return new("CyclicHB", _reads[_lastRead[writes[0]]], writes[1]);
        return null;
    }

    int FirstReadAfter(int write, int lastRead)
    {
        var before = FirstReadWith(write, lastRead) - (IsOwnCas(write) ? 1 : 0);
        return Clock(before)[_columns.Session[write]] >= _columns.Number[write] ? before : before + 1;
    }

    bool HasOrder(int slot, List<int> readWrites)
    {
        var needs = Needs(slot, readWrites);
        if (needs.Count == 0)
            return true;
        var done = ClockBefore(slot).ToArray();
        var session = 0;
        for (var idle = 0; idle < _writers; session = (session + 1) % _writers)
        {
            var first = done[session];
            while (done[session] < Clock(slot)[session] && IsReady(session, done, needs))
                done[session]++;
            idle = done[session] > first ? 0 : idle + 1;
        }

        return done.AsSpan().SequenceEqual(Clock(slot));
    }

    // Which writes of a slot must come before one that was read, being of its key: by session, the last.
    // What the pasts put there has an order anyway.
    Dictionary<int, int[]> Needs(int slot, List<int> readWrites)
    {
        var needs = new Dictionary<int, int[]>();
        foreach (var write in readWrites)
            _isAsked[_columns.Keys[write]] = true;
        var since = ClockBefore(slot);
        var until = Clock(slot);
        for (var session = 0; session < _writers; session++)
            for (var number = since[session] + 1; number <= until[session]; number++)
                if (_isAsked[_key.KeyOf(session, number)])
                    Need(readWrites, session, number, needs);
        foreach (var write in readWrites)
            _isAsked[_columns.Keys[write]] = false;
        return needs;
    }

    void Need(List<int> readWrites, int session, int number, Dictionary<int, int[]> needs)
    {
        foreach (var write in readWrites)
        {
            if (_columns.Keys[write] != _key.KeyOf(session, number) || _columns.Session[write] == session
                || number <= _pasts.UpTo(write, session))
                continue;
            if (!needs.TryGetValue(write, out var before))
                needs.Add(write, before = new int[_writers]);
            before[session] = number;
        }
    }

    bool IsReady(int session, int[] done, Dictionary<int, int[]> needs)
    {
        var write = _columns.WritesOf[session][done[session]];
        return Clocks.Cover(done, _pasts.PastOf(write)) && Clocks.Cover(done, needs.GetValueOrDefault(write));
    }
}
