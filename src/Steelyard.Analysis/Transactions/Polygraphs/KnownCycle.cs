using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>A short cycle of what is known in any case, where there is one.</summary>
internal static class KnownCycle
{
    // Enough to meet a short one; cycles are mostly all over a component or nowhere.
    const int MostTried = 64;

    /// <summary>True for the nodes of the polygraph that are on it; none where there is no cycle.</summary>
    public static bool[] Of(OrderedGraph ordered)
    {
        var involved = new bool[ordered.Whole.NodeCount];
        var components = StrongComponents.Of(ordered.Graph, ~EdgeKinds.None);
        int[] cycle = [];
        var on = Enumerable.Range(0, ordered.Graph.NodeCount).Where(node => components.SizeAround(node) > 1);
        foreach (var node in on.OrderBy(components.SizeAround).Take(MostTried))
            if (Through(ordered.Graph, components, node) is var found
                && (cycle.Length == 0 || found.Length < cycle.Length))
                cycle = found;
        foreach (var node in cycle)
            involved[ordered.NodeOf(node)] = true;
        return involved;
    }

    // Breadth first, within the component.
    static int[] Through(DependencyGraph graph, StrongComponents components, int start)
    {
        var cameFrom = new Dictionary<int, int>();
        var next = new Queue<int>([start]);
        while (next.TryDequeue(out var node))
            for (var edge = graph.First[node]; edge < graph.First[node + 1]; edge++)
            {
                var to = graph.To[edge];
                if (to == start)
                    return [.. Back(cameFrom, node, start)];
                if (components.Together(to, start) && cameFrom.TryAdd(to, node))
                    next.Enqueue(to);
            }

        throw new InvalidOperationException("a node of a strong component lies on a cycle");
    }

    static IEnumerable<int> Back(Dictionary<int, int> cameFrom, int node, int start)
    {
        for (; node != start; node = cameFrom[node])
            yield return node;
        yield return start;
    }
}
