namespace Steelyard.Analysis.Sessions;

/// <summary>
/// What must come before each write, as a clock: for every session that writes, how many of its writes. With
/// reads followed from their writes that is causal order (Bouajjani et al. 2017, section 2); without, only
/// the order of each session. Clocks take O(n·k) time and memory for n operations of k writing sessions.
/// </summary>
internal sealed class CausalPasts
{
    /// <summary>A gigabyte of clocks; histories that need more are not judged.</summary>
    public const long MostEntries = 256L << 20;

    readonly SessionColumns _columns;

    // The clock of each write, without the write itself; shared while a session reads nothing new.
    readonly int[]?[] _clockOf;

    CausalPasts(SessionColumns columns)
    {
        _columns = columns;
        _clockOf = new int[columns.Count][];
    }

    /// <summary>Operations of which each must come before the one before it in the list, and the first before
    /// the last; null where causal order is an order.</summary>
    public int[]? Cycle { get; private set; }

    /// <summary>What the order of sessions alone puts before each write.</summary>
    public static CausalPasts OfSessions(SessionColumns columns) => new(columns);

    /// <summary>What causal order puts before each write.</summary>
    public static CausalPasts OfCausality(SessionColumns columns)
    {
        var pasts = new CausalPasts(columns);
        pasts.FollowReads();
        return pasts;
    }

    /// <summary>True when clocks would take more memory than <see cref="MostEntries"/>.</summary>
    public static bool AreTooMany(SessionColumns columns) =>
        (long)columns.Writers * columns.Count > MostEntries;

    /// <summary>Puts a write and all before it into a clock.</summary>
    public void JoinInto(Span<int> clock, int write)
    {
        if (_clockOf[write] is { } past)
            Clocks.Join(clock, past);
        ref var own = ref clock[_columns.Session[write]];
        own = Math.Max(own, _columns.Number[write]);
    }

    /// <summary>What comes before a write: for each session that writes, how many of its writes; null where
    /// that is only what its own session wrote.</summary>
    public int[]? PastOf(int write) => _clockOf[write];

    /// <summary>How many writes of a session come up to a write.</summary>
    public int UpTo(int write, int session) => _columns.Session[write] == session
        ? _columns.Number[write]
        : _clockOf[write] is { } past ? past[session] : 0;

    /// <summary>True when a write is another one or comes before it.</summary>
    public bool IsUpTo(int write, int other) =>
        UpTo(other, _columns.Session[write]) >= _columns.Number[write];

    // Every session goes on until it reads a write that is not yet done; then it waits for that.
    void FollowReads()
    {
        var clocks = new int[_columns.SessionCount][];
        var at = new int[_columns.SessionCount];
        var waiting = new Waiting(_columns);
        for (var session = 0; session < clocks.Length; session++)
            clocks[session] = new int[_columns.Writers];
        while (waiting.TryNext(out var session))
        {
            var (nodes, clock) = (_columns.Nodes[session], clocks[session]);
            int[]? kept = null;
            ref var next = ref at[session];
            for (; next < nodes.Length && !waiting.MustWait(session, nodes[next]); next++)
                Take(nodes[next], clock, ref kept, waiting);
        }

        Cycle = CycleAmong(at);
    }

    void Take(int node, int[] clock, ref int[]? kept, Waiting waiting)
    {
        var read = _columns.Reads[node];
        if (read >= 0 && clock[_columns.Session[read]] < _columns.Number[read])
        {
            JoinInto(clock, read);
            kept = null;
        }

        if (!_columns.Writes[node])
            return;
        _clockOf[node] = kept ??= [.. clock];
        clock[_columns.Session[node]] = _columns.Number[node];
        waiting.Done(node);
    }

    int[]? CycleAmong(int[] at)
    {
        var stuck = 0;
        while (stuck < at.Length && at[stuck] == _columns.Nodes[stuck].Length)
            stuck++;
        if (stuck == at.Length)
            return null;
        var (walk, seen) = (new List<int>(), new Dictionary<int, int>());
        for (; seen.TryAdd(stuck, walk.Count); stuck = _columns.Session[walk[^1]])
        {
            var node = _columns.Nodes[stuck][at[stuck]];
            walk.Add(node);
            walk.Add(_columns.Reads[node]);
        }

        return [.. walk.Skip(seen[stuck]).Distinct()];
    }

    // Sessions that can go on, and for each write those that wait for it.
    sealed class Waiting
    {
        readonly SessionColumns _columns;
        readonly Stack<int> _ready = new();
        readonly bool[] _done;
        readonly int[] _firstAt;
        readonly int[] _next;

        public Waiting(SessionColumns columns)
        {
            _columns = columns;
            _done = new bool[columns.Count];
            _firstAt = new int[columns.Count];
            _next = new int[columns.SessionCount];
            Array.Fill(_firstAt, -1);
            for (var session = columns.SessionCount - 1; session >= 0; session--)
                _ready.Push(session);
        }

        public bool TryNext(out int session) => _ready.TryPop(out session);

        public bool MustWait(int session, int node)
        {
            var read = _columns.Reads[node];
            if (read < 0 || _done[read])
                return false;
            (_next[session], _firstAt[read]) = (_firstAt[read], session);
            return true;
        }

        public void Done(int write)
        {
            _done[write] = true;
            for (var session = _firstAt[write]; session >= 0; session = _next[session])
                _ready.Push(session);
        }
    }
}
