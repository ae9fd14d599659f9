using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>
/// The partial order of each register's versions, from the sources allowed (Kingsbury and Alvaro 2020,
/// section 5.2),
/// and what it makes depend on what. A source that contradicts those before it is a finding, and is not used.
/// </summary>
internal sealed class RegisterOrder
{
    // The first cycles tell the story, each with a few of the transactions that met its versions.
    const int CyclesTold = 8;
    const int TouchesTold = 8;

    readonly TransactionColumns _columns;
    readonly List<RegisterTouch> _touches;
    readonly Findings _findings;
    readonly List<(int From, int To)> _order = [];
    readonly int[] _firstReader;
    readonly int[] _readers;
    readonly List<int>?[] _initialReaders;
    readonly List<int>?[] _writers;

    public RegisterOrder(TransactionColumns columns, Findings findings)
    {
        _columns = columns;
        _findings = findings;
        _touches = RegisterTouches.Of(columns);
        (_firstReader, _readers) = ReadersOf(_touches, columns.VersionCount);
        _initialReaders = new List<int>?[columns.KeyCount];
        _writers = new List<int>?[columns.KeyCount];
        foreach (var touch in _touches)
        {
            if (touch.HasRead && touch.Read < 0)
                (_initialReaders[touch.Key] ??= []).Add(touch.Transaction);
            if (touch.HasWrite)
                (_writers[touch.Key] ??= []).Add(touch.Transaction);
        }
    }

    // Side by side in one array: a list for each version would be most of the memory there is.
    static (int[] First, int[] Readers) ReadersOf(List<RegisterTouch> touches, int versions)
    {
        var first = new int[versions + 1];
        foreach (var touch in touches)
            if (touch.HasRead && touch.Read >= 0)
                first[touch.Read + 1]++;
        for (var version = 0; version < versions; version++)
            first[version + 1] += first[version];
        var (readers, next) = (new int[first[versions]], first.AsSpan().ToArray());
        foreach (var touch in touches)
            if (touch.HasRead && touch.Read >= 0)
                readers[next[touch.Read]++] = touch.Transaction;
        return (first, readers);
    }

    ReadOnlySpan<int> Readers(int version) =>
        new(_readers, _firstReader[version], _firstReader[version + 1] - _firstReader[version]);

    /// <summary>Adds all edges of data.</summary>
    /// <param name="sources">What tells the order of versions, besides that nil comes first.</param>
    /// <param name="edges">Where to.</param>
    public void AddAll(VersionOrders sources, EdgeList edges)
    {
        if (sources.HasFlag(VersionOrders.WritesFollowReads))
            Use(WritesFollowReads(), "a transaction read one and wrote the next");
        if (sources.HasFlag(VersionOrders.SequentialKeys))
            Use(RegisterTimes.OfProcesses(_columns, _touches), "processes met them in this order");
        if (sources.HasFlag(VersionOrders.LinearizableKeys))
            Use(RegisterTimes.OfRealTime(_columns, _touches), "real time put them in this order");
        AddFlow(edges);
        if (_findings.Counts.ContainsKey("internal"))
            AddLaterReads(edges);
        AddInitial(edges);
        foreach (var (from, to) in _order)
            AddNext(from, to, edges);
    }

    // Nil comes before all others: an edge into it is a cycle by itself.
    void Use(List<(int From, int To)> source, string why)
    {
        var edges = new EdgeList(_columns.VersionCount + _columns.KeyCount);
        foreach (var (from, to) in _order.Concat(source))
        {
            edges.Add(from, to, EdgeKinds.Ww);
            if (to >= _columns.VersionCount)
                edges.Add(to, from, EdgeKinds.Ww);
        }

        var components = StrongComponents.Of(DependencyGraph.Of(edges, edges.NodeCount), EdgeKinds.Ww);
        if (!components.AnyCycle)
        {
            _order.AddRange(source.Where(edge => edge.From < _columns.VersionCount));
            return;
        }

        var cycles = new SortedDictionary<int, List<int>>();
        for (var version = 0; version < edges.NodeCount; version++)
            if (components.SizeAround(version) > 1)
            {
                if (!cycles.TryGetValue(components.Of(version), out var members))
                    cycles.Add(components.Of(version), members = []);
                members.Add(version);
            }

        var told = 0;
        foreach (var cycle in cycles.Values.OrderBy(cycle => cycle[0]))
            AddCyclic(cycle, why, told++ < CyclesTold);
    }

    void AddCyclic(List<int> versions, string why, bool isTold)
    {
        var key = versions[0] < _columns.VersionCount
            ? _columns.VersionKey(versions[0])
            : versions[0] - _columns.VersionCount;
        var nodes = versions.ToHashSet();
        int[] touching = !isTold ? [] : [.. _touches
            .Where(touch => touch.Key == key && (nodes.Contains(Node(touch.First, key))
                || nodes.Contains(Node(touch.Last, key))))
            .Select(touch => touch.Transaction).Take(TouchesTold)];
        _findings.Add(
            "cyclic-versions",
            () => $"the versions {string.Join(", ", versions.Take(8).Select(Show))} of {_columns.Key(key)}"
                + $" come before one another in a circle: {why}",
            touching);
    }

    List<(int From, int To)> WritesFollowReads()
    {
        var order = new List<(int, int)>();
        foreach (var touch in _touches)
            if (touch.HasRead && touch.HasWrite && _columns.Outcomes[touch.Transaction] == Outcome.Ok)
                order.Add((Node(touch.Read, touch.Key), touch.Written));
        return order;
    }

    void AddFlow(EdgeList edges)
    {
        foreach (var touch in _touches)
            if (touch.HasWrite)
                foreach (var reader in Readers(touch.Written))
                    edges.Add(touch.Transaction, reader, EdgeKinds.Wr, touch.Key);
    }

    // A transaction that read a key twice depends on all it read.
    void AddLaterReads(EdgeList edges)
    {
        for (var transaction = 0; transaction < _columns.Count; transaction++)
        {
            var (start, end) = (_columns.FirstSteps[transaction], _columns.StepsEnd(transaction));
            for (var step = start; step < end && _columns.Counts(transaction); step++)
                if (_columns.Kinds[step] == StepKind.Read
                    && _columns.StepVersions[step] is >= 0 and var version
                    && _columns.Writers[version] is >= 0 and var writer && _columns.Counts(writer))
                    edges.Add(writer, transaction, EdgeKinds.Wr, _columns.StepKeys[step]);
        }
    }

    void AddInitial(EdgeList edges)
    {
        for (var key = 0; key < _columns.KeyCount; key++)
            if (_initialReaders[key] is { } readers && _writers[key] is { } writers)
                edges.AddFan(readers, writers, key);
    }

    void AddNext(int from, int to, EdgeList edges)
    {
        var next = to < _columns.VersionCount ? FinalWriter(to) : -1;
        if (next < 0)
            return;
        var key = _columns.VersionKey(to);
        if (FinalWriter(from) is >= 0 and var writer)
            edges.Add(writer, next, EdgeKinds.Ww, key);
        foreach (var reader in from < _columns.VersionCount ? Readers(from) : [])
            edges.Add(reader, next, EdgeKinds.Rw, key);
    }

    // Only what a transaction left for others is a version to them.
    int FinalWriter(int version)
    {
        var writer = _columns.Writers[version];
        if (writer < 0 || !_columns.Counts(writer))
            return -1;
        for (var step = _columns.StepsEnd(writer) - 1; step >= _columns.FirstSteps[writer]; step--)
            if (_columns.Kinds[step] == StepKind.Write
                && _columns.StepKeys[step] == _columns.VersionKey(version))
                return _columns.StepVersions[step] == version ? writer : -1;
        return -1;
    }

    int Node(int version, int key) => RegisterTimes.Node(_columns, version, key);

    string Show(int node) => node < _columns.VersionCount ? _columns.VersionValue(node).ToString() : "nil";
}
