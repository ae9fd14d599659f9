using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>Tells why some transactions contradict each other whatever the order of their writes: which
/// orders are forced, and the two writes of which neither can come first.</summary>
internal sealed class ContradictionStory
{
    // More forced orders than this nobody reads.
    const int MostForced = 6;
    const int MostPairs = 2_000;
    const EdgeKinds AllKinds = EdgeKinds.Data | EdgeKinds.Process | EdgeKinds.Realtime;

    readonly OrderScope _scope;
    readonly OrderQuestion _question;
    readonly CycleStory _story;
    readonly int[] _members;
    readonly Polygraph _polygraph;
    readonly OrderedGraph _known;
    readonly List<ChainPair> _forced = [];
    readonly List<string> _sentences = [];

    public ContradictionStory(
        OrderScope scope, EdgeList? known, OrderQuestion question, CycleStory story, int[] members)
    {
        (_scope, _question, _story, _members) = (scope, question, story, members);
        _polygraph = scope.Build(members, question.Kind, MostPairs);
        _known = OrderedGraph.Of(_polygraph, scope.Columns, known, question);
    }

    /// <summary>Adds the anomaly.</summary>
    public void AddTo(Findings findings)
    {
        var (sentence, cycle) = Tell();
        findings.AddCycle(_question.Anomaly, () => sentence, () => cycle, _members);
    }

    (string, IReadOnlyList<CycleStep>) Tell()
    {
        if (Cycle(null) is { } plain)
            return ($"{Needs}: {plain.Text}", plain.Steps);
        for (var any = true; any && _polygraph.PairCount <= MostPairs;)
        {
            any = false;
            for (var i = 0; i < _polygraph.Pairs.Count; i++)
            {
                var pair = _polygraph.Pairs[i];
                var reversed = new ChainPair(pair.Other, pair.One);
                if (_forced.Contains(pair) || _forced.Contains(reversed))
                    continue;
                var (first, second) = (Cycle(pair), Cycle(reversed));
                if (first is not null && second is not null)
                    return Neither(pair, first, second);
                if (first is not null || second is not null)
                    any |= Force(first is null ? pair : reversed, first ?? second!);
            }
        }

        return ($"{Needs}: {Names()} contradict each other in whatever order"
            + $" {string.Join(", and ", Pairs().Take(MostForced))}", []);
    }

    string Needs => $"no {What}"
        + $"{(_question.Order == EdgeKinds.None ? "" : _question.Order.HasFlag(EdgeKinds.Realtime)
            ? " that keeps real time" : " that keeps the order of each process")} explains what was read";

    string What => _question.Kind switch
    {
        OrderKind.Serial => "serial order",
        OrderKind.Snapshot => "order of snapshot isolation",
        _ => "order of commits of which each transaction saw a prefix",
    };

    bool Force(ChainPair pair, ToldCycle otherwise)
    {
        _forced.Add(pair);
        if (_sentences.Count < MostForced)
            _sentences.Add($"{Writer(pair.One)} wrote {KeyOf(pair)} before {Writer(pair.Other)}, for else"
                + $" {otherwise.Text}");
        return true;
    }

    (string, IReadOnlyList<CycleStep>) Neither(ChainPair pair, ToldCycle first, ToldCycle second)
    {
        var (one, other) = (Writer(pair.One), Writer(pair.Other));
        _sentences.Add($"whichever of {one} and {other} wrote {KeyOf(pair)} first, a transaction would come"
            + $" before itself. If {one}: {first.Text}. If {other}: {second.Text}");
        return ($"{Needs}: {string.Join(". Moreover, ", _sentences)}",
            first.Steps.Count > second.Steps.Count ? second.Steps : first.Steps);
    }

    string Names() => string.Join(", ", _members.Take(8).Select(Name))
        + (_members.Length > 8 ? $" and {_members.Length - 8} more" : "");

    IEnumerable<string> Pairs()
    {
        for (var i = 0; i < _polygraph.Pairs.Count; i++)
            yield return $"{Writer(_polygraph.Pairs[i].One)} and {Writer(_polygraph.Pairs[i].Other)} wrote"
                + $" {KeyOf(_polygraph.Pairs[i])}";
    }

    string Writer(int chain) => Name(_members[_polygraph.Chains[chain].Head]);

    Value KeyOf(ChainPair pair) => _scope.Columns.Key(_polygraph.Chains[pair.One].Key);

    string Name(int transaction) => _scope.Columns.Name(transaction);

    // A shortest cycle that closes when a chain comes before another, told; null when none does.
    ToldCycle? Cycle(ChainPair? assumed)
    {
        var edges = new EdgeList(_scope.Columns.Count + _known.Whole.NodeCount - _members.Length);
        for (var node = 0; node < _known.Whole.NodeCount; node++)
            for (var i = _known.Whole.First[node]; i < _known.Whole.First[node + 1]; i++)
                edges.Add(
                    Global(node), Global(_known.Whole.To[i]), _known.Whole.Kinds[i], _known.Whole.Keys[i]);
        foreach (var pair in _forced)
            Add(edges, pair);
        if (assumed is { } added)
            Add(edges, added);
        var graph = DependencyGraph.Of(edges, _scope.Columns.Count);
        var walk = Shortest(graph);
        return walk is null ? null : new(_story.Tell(graph, walk), _story.Cycle(graph, walk));
    }

    List<int>? Shortest(DependencyGraph graph)
    {
        var components = StrongComponents.Of(graph, AllKinds);
        if (!components.AnyCycle)
            return null;
        var walks = new WalkSearch(graph);
        List<int>? best = null;
        for (var node = 0; node < graph.NodeCount; node++)
            for (var edge = graph.First[node]; edge < graph.First[node + 1]; edge++)
            {
                if (graph.Kinds[edge] == EdgeKinds.Onward || !components.Together(node, graph.To[edge]))
                    continue;
                var found = walks.Cycle(node, edge, Rule(graph.Kinds[edge]), components);
                if (found is not null && (best is null || found.Count < best.Count))
                    best = found;
            }

        return best;
    }

    WalkRule Rule(EdgeKinds first) => _question.Kind switch
    {
        OrderKind.Serial => new PlainWalk(AllKinds),
        OrderKind.Snapshot => new SnapshotWalk(AllKinds & ~EdgeKinds.Rw, first),
        _ => new PrefixWalk(EdgeKinds.Wr | EdgeKinds.Process | EdgeKinds.Realtime, first),
    };

    void Add(EdgeList edges, ChainPair pair)
    {
        var (first, second) = (_polygraph.Chains[pair.One], _polygraph.Chains[pair.Other]);
        var (data, to) = (_polygraph.Edges, Global(second.Head));
        for (var i = 0; i < data.From.Count; i++)
            if (data.To[i] == first.After)
                edges.Add(Global(data.From[i]), to, data.Kinds[i], first.Key);
    }

    int Global(int node) =>
        node < _members.Length ? _members[node] : _scope.Columns.Count + node - _members.Length;

    sealed record ToldCycle(string Text, IReadOnlyList<CycleStep> Steps);
}
