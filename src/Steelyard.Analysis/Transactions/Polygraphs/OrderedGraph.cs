using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>
/// A polygraph for one consistency model, as a graph that must be free of cycles. For serializability it is
/// the polygraph itself; for snapshot isolation every node is there twice, reached by anything and reached by
/// an anti-dependency, after which no other may follow: that graph has a cycle exactly where
/// (so ∪ wr ∪ ww) ; rw? has one (Huang et al. 2023, "PolySI", section 3; Cerone and Gotsman 2016). For
/// prefix consistency likewise, of ((so ∪ wr) ; rw?) ∪ ww (Cerone, Gotsman and Yang 2017).
/// </summary>
internal sealed class OrderedGraph
{
    readonly Polygraph _polygraph;
    readonly TransactionColumns _columns;
    readonly OrderKind _kind;

    OrderedGraph(
        Polygraph polygraph, TransactionColumns columns, EdgeList? known, OrderQuestion question)
    {
        _polygraph = polygraph;
        _columns = columns;
        _kind = question.Kind;
        var edges = new EdgeList(polygraph.Edges.NodeCount);
        for (var i = 0; i < polygraph.Edges.From.Count; i++)
            edges.Add(
                polygraph.Edges.From[i], polygraph.Edges.To[i], polygraph.Edges.Kinds[i],
                polygraph.Edges.Keys[i]);
        if (known is not null)
            AddKnown(known, edges);
        if (question.Order.HasFlag(EdgeKinds.Process))
            AddProcesses(edges);
        if (question.Order.HasFlag(EdgeKinds.Realtime) && columns.History.TellsRealTime)
            AddRealTime(edges);
        Whole = DependencyGraph.Of(edges, polygraph.Members.Length);
        Graph = _kind switch
        {
            OrderKind.Serial => Whole,
            OrderKind.Snapshot =>
                Whole.Doubled(EdgeKinds.Ww | EdgeKinds.Wr | EdgeKinds.Process | EdgeKinds.Realtime),
            _ => Whole.Prefixed(EdgeKinds.Wr | EdgeKinds.Process | EdgeKinds.Realtime),
        };
    }

    /// <summary>True where every node is there twice.</summary>
    public bool IsDoubled => _kind != OrderKind.Serial;

    /// <summary>All edges that hold in any case, with their kinds.</summary>
    public DependencyGraph Whole { get; }

    /// <summary>The graph that must be free of cycles.</summary>
    public DependencyGraph Graph { get; }

    /// <summary>The graph for one question.</summary>
    /// <param name="polygraph">What is known and what is open.</param>
    /// <param name="columns">The transactions of the whole history.</param>
    /// <param name="known">Edges of data that are known besides, between those; or null.</param>
    /// <param name="question">The question.</param>
    public static OrderedGraph Of(
        Polygraph polygraph, TransactionColumns columns, EdgeList? known, OrderQuestion question) =>
        new(polygraph, columns, known, question);

    /// <summary>How many edges each side of a pair adds.</summary>
    public int EdgesPerSide => _kind == OrderKind.Snapshot ? 2 : 1;

    /// <summary>One of the edges that a side of a pair adds.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="isReversed">True for the second chain before the first.</param>
    /// <param name="which">Which of them, below <see cref="EdgesPerSide"/>.</param>
    public (int From, int To) EdgeOf(ChainPair pair, bool isReversed, int which)
    {
        var (first, second) = isReversed ? (pair.Other, pair.One) : (pair.One, pair.Other);
        var (from, to) = (_polygraph.Chains[first].After, _polygraph.Chains[second].Head);
        return IsDoubled ? ((2 * from) + which, (2 * to) + which) : (from, to);
    }

    /// <summary>The node of the polygraph.</summary>
    public int NodeOf(int node) => IsDoubled ? node / 2 : node;

    /// <summary>
    /// When each node probably took effect: at its completion, and before the first that read it completed.
    /// Histories are mostly right, so an order by this is nearly one that explains them.
    /// </summary>
    public int[] ProbableTimes()
    {
        var times = new int[Whole.NodeCount];
        for (var node = 0; node < Whole.TransactionCount; node++)
        {
            if (IsUnseen(node))
            {
                times[node] = int.MaxValue;
                continue;
            }

            var operation = OperationOf(node);
            times[node] = operation.Outcome == Outcome.Ok ? 2 * operation.CompletedAt : int.MaxValue;
        }

        Array.Fill(times, -1, Whole.TransactionCount, times.Length - Whole.TransactionCount);
        for (var node = 0; node < Whole.TransactionCount; node++)
            for (var edge = Whole.First[node]; edge < Whole.First[node + 1]; edge++)
                if (Whole.Kinds[edge] == EdgeKinds.Wr)
                    times[node] = Math.Min(
                        times[node], (2 * OperationOf(Whole.To[edge]).CompletedAt) - 1);
        return times;
    }

    bool IsUnseen(int node) => _columns.IsUnseen(_polygraph.Members[node]);

    Operation OperationOf(int node) => _columns.History[_columns.Operations[_polygraph.Members[node]]];

    void AddKnown(EdgeList known, EdgeList edges)
    {
        var nodes = new int[_columns.Count];
        Array.Fill(nodes, -1);
        for (var node = 0; node < _polygraph.Members.Length; node++)
            nodes[_polygraph.Members[node]] = node;
        for (var i = 0; i < known.From.Count; i++)
        {
            var (from, to) = (known.From[i], known.To[i]);
            var isData = (known.Kinds[i] & EdgeKinds.Data) != EdgeKinds.None;
            if (isData && from < nodes.Length && to < nodes.Length && nodes[from] >= 0 && nodes[to] >= 0)
                edges.Add(nodes[from], nodes[to], known.Kinds[i], known.Keys[i]);
        }
    }

    void AddProcesses(EdgeList edges)
    {
        var last = new Dictionary<int, int>();
        for (var node = 0; node < _polygraph.Members.Length; node++)
        {
            var process = _columns.Processes[_polygraph.Members[node]];
            if (last.TryGetValue(process, out var previous))
                edges.Add(previous, node, EdgeKinds.Process);
            last[process] = node;
        }
    }

    // Barrier nodes, as in OrderEdges.
    void AddRealTime(EdgeList edges)
    {
        var events = new List<(int At, int Node, bool Ends)>();
        for (var node = 0; node < _polygraph.Members.Length; node++)
        {
            if (IsUnseen(node))
                continue;
            var operation = OperationOf(node);
            events.Add((operation.InvokedAt, node, false));
            if (operation.Outcome == Outcome.Ok)
                events.Add((operation.CompletedAt, node, true));
        }

        events.Sort(static (one, other) => one.At.CompareTo(other.At));
        var (barrier, hasArrivals) = (-1, false);
        foreach (var (_, node, ends) in events)
        {
            if (ends)
            {
                if (!hasArrivals)
                    barrier = AddBarrier(edges, barrier);
                hasArrivals = true;
                edges.Add(node, barrier, EdgeKinds.Realtime);
                continue;
            }

            hasArrivals = false;
            if (barrier >= 0)
                edges.Add(barrier, node, EdgeKinds.Onward);
        }
    }

    static int AddBarrier(EdgeList edges, int previous)
    {
        var barrier = edges.AddNode();
        if (previous >= 0)
            edges.Add(previous, barrier, EdgeKinds.Onward);
        return barrier;
    }
}
