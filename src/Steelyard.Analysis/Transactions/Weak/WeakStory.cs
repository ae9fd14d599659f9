using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>A cycle, told.</summary>
/// <param name="Transactions">Its transactions, and those whose reads ask for its edges.</param>
/// <param name="Readers">Of them those that the axiom is about: each reader, and whom it had to
/// see.</param>
/// <param name="Sentence">A sentence for each edge.</param>
/// <param name="Steps">The edges; none where the first state is one of the nodes.</param>
internal sealed record WeakCycle(
    int[] Transactions, int[] Readers, string Sentence, IReadOnlyList<CycleStep> Steps);

/// <summary>Finds a short cycle through an edge that an axiom asks for, and tells it, a sentence for each
/// edge.</summary>
internal sealed class WeakStory(WeakView view, CommitEdges edges)
{
    // A short cycle is sought from the first edges that lie on one.
    const int Tries = 64;

    /// <summary>The cycle.</summary>
    public WeakCycle Tell()
    {
        var graph = Graph();
        var cycle = Shortest(graph);
        var tails = new int[cycle.Count];
        var readers = new List<int>();
        for (var i = 0; i < tails.Length; i++)
        {
            tails[i] = graph.To[cycle[(i + tails.Length - 1) % tails.Length]];
            if (graph.Kinds[cycle[i]] == EdgeKinds.Ww && graph.Keys[cycle[i]] >= 0)
                readers.AddRange([tails[i], Reader(graph.Keys[cycle[i]])]);
        }

        var steps = cycle.Select((edge, i) => StepOf(tails[i], graph, edge)).ToList();
        return new(
            [.. tails.Where(node => node != view.Initial).Union(readers)], [.. readers],
            $"{string.Join("; ", steps.Select(step => step.Explanation))}: so"
                + $" {string.Join(" before ", tails.Select(Name))} before {Name(tails[0])}",
            tails.Contains(view.Initial) ? [] : steps);
    }

    DependencyGraph Graph()
    {
        var list = new EdgeList(view.Count + 1);
        for (var transaction = 0; transaction < view.Count; transaction++)
        {
            if (view.Previous[transaction] >= 0)
                list.Add(view.Previous[transaction], transaction, EdgeKinds.Process);
            for (var read = view.FirstRead[transaction]; read < view.FirstRead[transaction + 1]; read++)
                list.Add(view.ReadFrom[read], transaction, EdgeKinds.Wr, read);
        }

        for (var i = 0; i < edges.Count; i++)
        {
            list.Add(edges.From[i], edges.To[i], EdgeKinds.Ww, edges.Reads[i]);
            if (edges.To[i] == view.Initial)
                list.Add(view.Initial, edges.From[i], EdgeKinds.Process);
        }

        return DependencyGraph.Of(list, view.Count + 1);
    }

    static List<int> Shortest(DependencyGraph graph)
    {
        var rule = new PlainWalk(EdgeKinds.Ww | EdgeKinds.Wr | EdgeKinds.Process);
        var components = StrongComponents.Of(graph, EdgeKinds.Ww | EdgeKinds.Wr | EdgeKinds.Process);
        var walks = new WalkSearch(graph);
        List<int>? best = null;
        var tries = 0;
        for (var node = 0; node < graph.NodeCount && tries < Tries; node++)
            for (var edge = graph.First[node]; edge < graph.First[node + 1] && tries < Tries; edge++)
                if (graph.Kinds[edge] == EdgeKinds.Ww && components.Together(node, graph.To[edge]))
                {
                    tries++;
                    var cycle = walks.Cycle(node, edge, rule, components);
                    best = best is null || (cycle is not null && cycle.Count < best.Count) ? cycle : best;
                }

        return best ?? throw new InvalidOperationException("an order of commits that fails has a cycle");
    }

    CycleStep StepOf(int from, DependencyGraph graph, int edge)
    {
        var (to, kind, read) = (graph.To[edge], graph.Kinds[edge], graph.Keys[edge]);
        var isListed = kind == EdgeKinds.Ww && read < 0;
        var hasKey = kind != EdgeKinds.Process && !isListed;
        return new(
            Operation(from), Operation(to),
            kind == EdgeKinds.Ww ? "ww" : kind == EdgeKinds.Wr ? "wr" : "process",
            hasKey ? view.Columns.Key(view.ReadKeys[read]) : isListed ? view.Columns.Key(~read) : Value.Nil,
            hasKey ? Change(kind, read) : "",
            Sentence(from, to, graph, edge));
    }

    int Operation(int node) => node == view.Initial ? -1 : view.Columns.Operations[node];

    string Sentence(int from, int to, DependencyGraph graph, int edge) => graph.Kinds[edge] switch
    {
        EdgeKinds.Ww when graph.Keys[edge] < 0 =>
            $"{Name(from)} appended to {view.Columns.Key(~graph.Keys[edge])} before {Name(to)}",
        EdgeKinds.Ww => Asked(from, to, graph.Keys[edge]),
        EdgeKinds.Wr => $"{Name(to)} read {Shown(graph.Keys[edge])}, which {Name(from)} "
            + (from == view.Initial ? "was" : "had written"),
        _ when from == view.Initial => $"the first state came before {Name(to)}",
        _ => $"{Name(from)} came before {Name(to)} in the same process",
    };

    string Asked(int from, int to, int read)
    {
        var reader = Reader(read);
        var key = view.Columns.Key(view.ReadKeys[read]);
        return $"{Name(reader)} had to see {Name(from)}, which wrote {key}, and read {Shown(read)} of"
            + $" {Name(to)}, so {Name(from)} committed before {Name(to)}";
    }

    int Reader(int read)
    {
        var place = Array.BinarySearch(view.FirstRead, read);
        if (place < 0)
            return ~place - 1;
        // Transactions without reads begin where the next one does.
        while (view.FirstRead[place + 1] == read)
            place++;
        return place;
    }

    string Change(EdgeKinds kind, int read) =>
        kind == EdgeKinds.Ww ? $"{Name(Reader(read))} read {Returned(read)}" : Returned(read);

    string Shown(int read)
    {
        var key = view.Columns.Key(view.ReadKeys[read]);
        return Returned(read) is { Length: > 0 } value ? $"{key} = {value}" : key.ToString();
    }

    // The read's value is the version that its writer left; nil for the first state.
    string Returned(int read)
    {
        var (columns, key, from) = (view.Columns, view.ReadKeys[read], view.ReadFrom[read]);
        if (from == view.Initial)
            return "nil";
        for (var step = columns.StepsEnd(from) - 1; step >= columns.FirstSteps[from]; step--)
            if (columns.Kinds[step] == StepKind.Write && columns.StepKeys[step] == key)
                return columns.VersionValue(columns.StepVersions[step]).ToString();
        return "";
    }

    string Name(int transaction) =>
        transaction == view.Initial ? "the first state" : view.Columns.Name(transaction);
}
