using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Workloads;

/// <summary>A shortest cycle, breadth first from a node back to itself.</summary>
internal static class CycleThrough
{
    /// <summary>The nodes of the cycle, from the given one on, each with the edge by which it was
    /// reached.</summary>
    public static List<(int Node, int Edge)> Node(
        DependencyGraph graph, int start, StrongComponents components)
    {
        var cameBy = new Dictionary<int, (int From, int Edge)>();
        var queue = new Queue<int>([start]);
        while (!cameBy.ContainsKey(start) && queue.TryDequeue(out var node))
            for (var edge = graph.First[node]; edge < graph.First[node + 1]; edge++)
                if (components.Together(start, graph.To[edge]) && cameBy.TryAdd(graph.To[edge], (node, edge)))
                    queue.Enqueue(graph.To[edge]);
        var cycle = new List<(int Node, int Edge)>();
        for (var at = start; cycle.Count == 0 || at != start; at = cameBy[at].From)
            cycle.Add((at, cameBy[at].Edge));
        cycle.Reverse();
        return cycle;
    }
}
