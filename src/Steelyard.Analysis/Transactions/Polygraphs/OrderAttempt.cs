using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>One search for an order, and what came of it.</summary>
internal sealed class OrderAttempt
{
    // A large history that is right is mostly decided at once, and saturation would be the longer work.
    const int FirstConflicts = 2_000;

    readonly Polygraph _polygraph;
    readonly OrderedGraph _graph;
    readonly AcyclicOrder? _order;
    ChoiceSearch? _search;

    OrderAttempt(Polygraph polygraph, OrderedGraph graph, SearchLimits limits)
    {
        _polygraph = polygraph;
        _graph = graph;
        var times = graph.ProbableTimes();
        _order = AcyclicOrder.Of(graph.Graph, node => times[graph.NodeOf(node)]);
        End = ChoiceSearchEnd.Contradiction;
        if (_order is null)
            return;
        if (graph.Graph.NodeCount > Saturation.MatrixNodes)
            End = Search(limits with { Conflicts = FirstConflicts }, saturates: false);
        if (End != ChoiceSearchEnd.Found)
            End = Search(limits, saturates: true);
    }

    /// <summary>How it ended.</summary>
    public ChoiceSearchEnd End { get; }

    /// <summary>True when what is known in any case contradicts itself.</summary>
    public bool NeedsNoChoice => _order is null;

    /// <summary>How much work it was: nodes, pairs and visits.</summary>
    public long Work => _graph.Whole.NodeCount + _polygraph.Pairs.Count + (_order?.Steps ?? 0);

    /// <summary>How many dead ends were met.</summary>
    public int Conflicts => _search?.Conflicts ?? 0;

    /// <summary>Searches for an order of a polygraph's transactions.</summary>
    public static OrderAttempt Of(
        Polygraph polygraph, TransactionColumns columns, EdgeList? known, OrderQuestion question,
        SearchLimits limits) =>
        new(polygraph, OrderedGraph.Of(polygraph, columns, known, question), limits);

    ChoiceSearchEnd Search(SearchLimits limits, bool saturates)
    {
        _order!.KeepFirst(0);
        _search = new(_graph, _polygraph, _order, limits);
        return saturates && !_search.Saturate() ? ChoiceSearchEnd.Contradiction : _search.Run();
    }

    /// <summary>The pairs that are hard to order, the hardest first.</summary>
    public IEnumerable<ChainPair> Troublesome() =>
        (_search?.Troublesome() ?? []).Select(pair => _polygraph.Pairs[pair]);

    /// <summary>The transactions on the cycles met, and those whose times ordered versions there.</summary>
    public int[] Involved()
    {
        var involved = _search?.Involved ?? KnownCycle.Of(_graph);
        var members = new HashSet<int>(
            Enumerable.Range(0, _polygraph.Members.Length).Where(node => involved[node]));
        for (var chain = 0; chain < _polygraph.Times.Count; chain++)
            if (involved[_polygraph.Chains[chain].After] || members.Contains(_polygraph.Chains[chain].Head))
                members.UnionWith([_polygraph.Times[chain].First, _polygraph.Times[chain].Last]);
        members.Remove(-1);
        return [.. members.Order().Select(node => _polygraph.Members[node])];
    }

    /// <summary>The transactions in the order found.</summary>
    public IEnumerable<int> SerialOrder() => Enumerable.Range(0, _polygraph.Members.Length)
        .OrderBy(node => _order!.Position(_graph.IsDoubled ? 2 * node : node))
        .Select(node => _polygraph.Members[node]);
}
