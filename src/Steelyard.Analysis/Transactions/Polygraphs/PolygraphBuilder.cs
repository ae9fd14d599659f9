using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>Builds the polygraph of some transactions.</summary>
/// <remarks>Where only some transactions of the history are looked at, reads of what the others wrote say
/// nothing: what follows from the rest then holds for the whole history as well.</remarks>
internal sealed class PolygraphBuilder
{
    const int None = -1;

    readonly RegisterScope _scope;
    readonly TransactionColumns _columns;
    readonly int[] _members;
    readonly EdgeList _edges;

    // Then another version may stand between the one a transaction read and the one it wrote.
    readonly bool _mayLoseUpdates;
    readonly TimedBy _timed;
    readonly Polygraph _polygraph;
    ChainTime _time;

    // By version; nil of each key stands after all versions.
    readonly int[] _writer;
    readonly int[] _next;
    readonly bool[] _isHead;
    readonly int[] _firstReader;
    readonly GrowingColumn<(int Node, int Next)> _readers = new();

    PolygraphBuilder(RegisterScope scope, int[] members, OrderKind kind, TimedBy timed)
    {
        _scope = scope;
        _timed = timed;
        _mayLoseUpdates = kind == OrderKind.Prefix;
        _columns = scope.Columns;
        _members = members;
        _edges = new(members.Length);
        _polygraph = new() { Members = members, Edges = _edges };
        var versions = _columns.VersionCount + _columns.KeyCount;
        (_writer, _next, _firstReader) = (new int[versions], new int[versions], new int[versions]);
        _isHead = new bool[versions];
        Array.Fill(_writer, None);
        Array.Fill(_next, None);
        Array.Fill(_firstReader, None);
    }

    /// <summary>The polygraph.</summary>
    /// <param name="scope">The touches.</param>
    /// <param name="members">The transactions to look at, in order.</param>
    /// <param name="kind">What the order sought must be.</param>
    /// <param name="mostPairs">More pairs than this are counted, and not held.</param>
    /// <param name="timed">Whose times order versions.</param>
    public static Polygraph Of(
        RegisterScope scope, int[] members, OrderKind kind, int mostPairs, TimedBy timed = TimedBy.Nobody)
    {
        var builder = new PolygraphBuilder(scope, members, kind, timed);
        for (var node = 0; node < members.Length; node++)
            builder.NoteWrites(node);
        for (var node = 0; node < members.Length; node++)
            builder.NoteReads(node);
        builder.AddChains(mostPairs);
        return builder._polygraph;
    }

    void NoteWrites(int node)
    {
        foreach (var touch in _scope.TouchesOf(_members[node]))
            if (touch.HasWrite)
            {
                _writer[touch.Written] = node;
                _isHead[touch.Written] = true;
            }
    }

    void NoteReads(int node)
    {
        foreach (var touch in _scope.TouchesOf(_members[node]))
        {
            if (!touch.HasRead || (touch.Read >= 0 && _writer[touch.Read] < 0))
                continue;

            var read = touch.Read < 0 ? _columns.VersionCount + touch.Key : touch.Read;
            _isHead[read] |= touch.Read < 0;
            _readers.Add((node, _firstReader[read]));
            _firstReader[read] = _readers.Count - 1;
            if (!touch.HasWrite || _mayLoseUpdates)
                continue;
            _next[read] = touch.Written;
            _isHead[touch.Written] = false;
        }
    }

    void AddChains(int mostPairs)
    {
        var heads = new List<int>?[_columns.KeyCount];
        for (var key = 0; key < _columns.KeyCount; key++)
            if (_isHead[_columns.VersionCount + key])
                (heads[key] ??= []).Add(_columns.VersionCount + key);
        for (var version = 0; version < _columns.VersionCount; version++)
            if (_isHead[version])
                (heads[_columns.VersionKey(version)] ??= []).Add(version);
        for (var key = 0; key < heads.Length; key++)
            if (heads[key] is { } ofKey)
                AddKey(key, ofKey, mostPairs);
    }

    void AddKey(int key, List<int> heads, int mostPairs)
    {
        var first = _polygraph.Chains.Count;
        foreach (var head in heads)
            AddChain(key, head, isAlone: heads.Count == 1);
        var chains = _polygraph.Chains;
        // Nil comes before all others.
        if (first < chains.Count && chains[first].Head < 0)
        {
            for (var other = first + 1; other < chains.Count; other++)
                _edges.Add(chains[first].After, chains[other].Head, EdgeKinds.Onward);
            first++;
        }

        if (_timed != TimedBy.Nobody)
        {
            ChainsInTime.Add(_polygraph, _polygraph.Times, first, mostPairs);
            return;
        }

        var count = (long)chains.Count - first;
        _polygraph.PairCount += count * (count - 1) / 2;
        if (_polygraph.PairCount > mostPairs)
            return;
        for (var one = first; one < chains.Count; one++)
            for (var other = one + 1; other < chains.Count; other++)
                _polygraph.Pairs.Add(new(one, other));
    }

    void AddChain(int key, int head, bool isAlone)
    {
        var tail = head;
        _time = ChainTime.None;
        Note(_writer[head]);
        for (; _next[tail] >= 0; tail = _next[tail])
        {
            AddReaders(tail, key, _writer[_next[tail]]);
            Note(_writer[_next[tail]]);
        }

        if (isAlone)
        {
            AddReaders(tail, key, None);
            return;
        }

        var after = _edges.AddNode();
        AddReaders(tail, key, after);
        if (_writer[tail] >= 0)
            _edges.Add(_writer[tail], after, EdgeKinds.Ww, key);
        _polygraph.Chains.Add(new(key, _writer[head], _writer[tail], after));
        if (_timed != TimedBy.Nobody)
            _polygraph.Times.Add(_time);
    }

    void Note(int node, TimedBy counts = TimedBy.Writers)
    {
        if (_timed >= counts && node >= 0)
            _time = _time.With(node, _columns, _members[node]);
    }

    void AddReaders(int version, int key, int next)
    {
        for (var at = _firstReader[version]; at >= 0; at = _readers[at].Next)
        {
            var reader = _readers[at].Node;
            Note(reader, TimedBy.All);
            if (_writer[version] >= 0)
                _edges.Add(_writer[version], reader, EdgeKinds.Wr, key);
            if (next >= 0)
                _edges.Add(reader, next, EdgeKinds.Rw, key);
        }
    }
}
