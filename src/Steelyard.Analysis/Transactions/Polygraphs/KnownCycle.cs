using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>A short cycle of what is known in any case, where there is one.</summary>
internal static class KnownCycle
{
    const EdgeKinds All = ~EdgeKinds.None;

    // Enough to meet a short one; cycles are mostly all over a component or nowhere.
    const int MostTried = 64;

    /// <summary>True for the nodes of the polygraph that are on it; none where there is no cycle.</summary>
    public static bool[] Of(OrderedGraph ordered)
    {
        var graph = ordered.Graph;
        var components = StrongComponents.Of(graph, All);
        var walks = new WalkSearch(graph);
        List<int>? best = null;
        foreach (var node in Enumerable.Range(0, graph.NodeCount)
                     .Where(node => components.SizeAround(node) > 1)
                     .OrderBy(components.SizeAround).Take(MostTried))
            for (var edge = graph.First[node]; edge < graph.First[node + 1]; edge++)
                if (components.Together(node, graph.To[edge])
                    && walks.Cycle(node, edge, new PlainWalk(All), components) is { } found
                    && (best is null || found.Count < best.Count))
                    best = found;
        var involved = new bool[ordered.Whole.NodeCount];
        foreach (var edge in best ?? [])
            involved[ordered.NodeOf(graph.To[edge])] = true;
        return involved;
    }
}
