namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>Why one transaction comes before another (Adya 1999, section 3.1; Daudjee and Salem
/// 2004).</summary>
[Flags]
internal enum EdgeKinds : byte
{
    None = 0,

    /// <summary>It wrote a version, the other the next one.</summary>
    Ww = 1,

    /// <summary>It wrote a version, the other read it.</summary>
    Wr = 2,

    /// <summary>It read a version, the other wrote the next one: an anti-dependency.</summary>
    Rw = 4,

    /// <summary>The same process did it before.</summary>
    Process = 8,

    /// <summary>It had completed before the other began.</summary>
    Realtime = 16,

    /// <summary>Out of a node that is no transaction: the edge that led there goes on.</summary>
    Onward = 32,

    Data = Ww | Wr | Rw,
}

/// <summary>Edges while they are gathered.</summary>
internal sealed class EdgeList(int transactions)
{
    public GrowingColumn<int> From { get; } = new();

    public GrowingColumn<int> To { get; } = new();

    public GrowingColumn<EdgeKinds> Kinds { get; } = new();

    /// <summary>The key an edge of data is about; -1 for others.</summary>
    public GrowingColumn<int> Keys { get; } = new();

    /// <summary>Transactions first, then the nodes that save edges.</summary>
    public int NodeCount { get; private set; } = transactions;

    public EdgeKinds Seen { get; private set; }

    public int AddNode() => NodeCount++;

    /// <summary>Adds an edge, unless it leads back to where it starts.</summary>
    public void Add(int from, int to, EdgeKinds kind, int key = -1)
    {
        if (from == to)
            return;
        From.Add(from);
        To.Add(to);
        Kinds.Add(kind);
        Keys.Add(key);
        Seen |= kind;
    }

    /// <summary>
    /// An anti-dependency from each reader to each writer but itself, in O(readers + writers) edges: chains
    /// of nodes reach the writers up to a place and those from a place on, so a reader that also writes can
    /// leave itself out.
    /// </summary>
    public void AddFan(List<int> readers, List<int> writers, int key)
    {
        if ((long)readers.Count * writers.Count <= readers.Count + (4L * writers.Count))
        {
            foreach (var reader in readers)
                foreach (var writer in writers)
                    Add(reader, writer, EdgeKinds.Rw, key);
            return;
        }

        var upTo = AddChain(writers, Enumerable.Range(0, writers.Count));
        var fromOn = AddChain(writers, Enumerable.Range(0, writers.Count).Reverse());
        var places = new Dictionary<int, int>();
        for (var i = 0; i < writers.Count; i++)
            places[writers[i]] = i;
        foreach (var reader in readers)
        {
            if (!places.TryGetValue(reader, out var place))
            {
                Add(reader, upTo[^1], EdgeKinds.Rw, key);
                continue;
            }

            if (place > 0)
                Add(reader, upTo[place - 1], EdgeKinds.Rw, key);
            if (place < writers.Count - 1)
                Add(reader, fromOn[place + 1], EdgeKinds.Rw, key);
        }
    }

    int[] AddChain(List<int> writers, IEnumerable<int> places)
    {
        var nodes = new int[writers.Count];
        var previous = -1;
        foreach (var place in places)
        {
            nodes[place] = AddNode();
            Add(nodes[place], writers[place], EdgeKinds.Onward);
            if (previous >= 0)
                Add(nodes[place], previous, EdgeKinds.Onward);
            previous = nodes[place];
        }

        return nodes;
    }
}

/// <summary>A directed graph with kinds of edges, as arrays: the edges of a node stand side by
/// side.</summary>
internal sealed class DependencyGraph
{
    DependencyGraph(int transactions, int[] first, int[] to, EdgeKinds[] kinds, int[] keys)
    {
        TransactionCount = transactions;
        First = first;
        To = to;
        Kinds = kinds;
        Keys = keys;
    }

    public int TransactionCount { get; }

    public int NodeCount => First.Length - 1;

    /// <summary>The first edge of each node, and the end.</summary>
    public int[] First { get; }

    public int[] To { get; }

    public EdgeKinds[] Kinds { get; }

    public int[] Keys { get; }

    public static DependencyGraph Of(EdgeList edges, int transactions)
    {
        var first = new int[edges.NodeCount + 1];
        var count = edges.From.Count;
        for (var i = 0; i < count; i++)
            first[edges.From[i] + 1]++;
        for (var node = 0; node < edges.NodeCount; node++)
            first[node + 1] += first[node];
        var next = first.AsSpan(0, edges.NodeCount).ToArray();
        var (to, kinds, keys) = (new int[count], new EdgeKinds[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            var at = next[edges.From[i]]++;
            (to[at], kinds[at], keys[at]) = (edges.To[i], edges.Kinds[i], edges.Keys[i]);
        }

        return new(transactions, first, to, kinds, keys);
    }

    /// <summary>
    /// Only the edges inside components of several nodes: all that cycles are made of. Between two
    /// transactions only the strongest edge of data stays, for a cycle is named after the least that makes
    /// it.
    /// </summary>
    public DependencyGraph Cyclic(StrongComponents components)
    {
        var edges = new EdgeList(NodeCount);
        var best = new Dictionary<int, int>();
        for (var node = 0; node < NodeCount; node++)
        {
            if (components.SizeAround(node) == 1)
                continue;
            best.Clear();
            for (var i = First[node]; i < First[node + 1]; i++)
                if (IsData(i) && (!best.TryGetValue(To[i], out var other) || Kinds[i] < Kinds[other]))
                    best[To[i]] = i;
            for (var i = First[node]; i < First[node + 1]; i++)
                if (components.Together(node, To[i]) && (!IsData(i) || best[To[i]] == i))
                    edges.Add(node, To[i], Kinds[i], Keys[i]);
        }

        return Of(edges, TransactionCount);
    }

    /// <summary>
    /// The doubled graph: node 2t is transaction t reached by anything, 2t + 1 by an anti-dependency; after
    /// an anti-dependency no other may follow. Its cycles are those that snapshot isolation forbids (Cerone
    /// and Gotsman 2016, theorem 4.1).
    /// </summary>
    public DependencyGraph Doubled(EdgeKinds plain)
    {
        var edges = new EdgeList(2 * NodeCount);
        for (var node = 0; node < NodeCount; node++)
            for (var i = First[node]; i < First[node + 1]; i++)
                if (Kinds[i] == EdgeKinds.Rw)
                    edges.Add(2 * node, (2 * To[i]) + 1, Kinds[i]);
                else if (Kinds[i] == EdgeKinds.Onward)
                    AddBoth(edges, node, To[i], 1);
                else if ((Kinds[i] & plain) != EdgeKinds.None)
                    AddBoth(edges, node, To[i], 0);
        return Of(edges, 2 * NodeCount);
    }

    /// <summary>
    /// The doubled graph of prefix consistency: node 2t is transaction t in the order of commits, 2t + 1 the
    /// same where the one before is seen by it: only then an anti-dependency may follow (Cerone, Gotsman and
    /// Yang 2017).
    /// </summary>
    public DependencyGraph Prefixed(EdgeKinds seen)
    {
        var edges = new EdgeList(2 * NodeCount);
        for (var node = 0; node < NodeCount; node++)
            for (var i = First[node]; i < First[node + 1]; i++)
            {
                var isRw = Kinds[i] == EdgeKinds.Rw;
                edges.Add((2 * node) + (isRw ? 1 : 0), 2 * To[i], EdgeKinds.Onward);
                if ((Kinds[i] & seen) != EdgeKinds.None)
                    edges.Add(2 * node, (2 * To[i]) + 1, EdgeKinds.Onward);
                else if (Kinds[i] == EdgeKinds.Onward)
                    edges.Add((2 * node) + 1, (2 * To[i]) + 1, EdgeKinds.Onward);
            }

        return Of(edges, 2 * NodeCount);
    }

    /// <summary>The same edges the other way round.</summary>
    public DependencyGraph Reversed()
    {
        var edges = new EdgeList(NodeCount);
        for (var node = 0; node < NodeCount; node++)
            for (var i = First[node]; i < First[node + 1]; i++)
                edges.Add(To[i], node, Kinds[i], Keys[i]);
        return Of(edges, TransactionCount);
    }

    static void AddBoth(EdgeList edges, int from, int to, int keepsState)
    {
        edges.Add(2 * from, 2 * to, EdgeKinds.Onward);
        edges.Add((2 * from) + 1, (2 * to) + keepsState, EdgeKinds.Onward);
    }

    bool IsData(int edge) => (Kinds[edge] & EdgeKinds.Data) != EdgeKinds.None;
}
