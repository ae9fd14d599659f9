namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>From the edges of data to the cycles found, told.</summary>
internal static class CycleReport
{
    /// <summary>Adds the orders of processes and real time to the edges, and the cycles to the
    /// findings.</summary>
    public static void AddAll(TransactionColumns columns, EdgeList edges, CycleStory story, Findings findings)
    {
        OrderEdges.AddProcesses(columns, edges);
        OrderEdges.AddRealTime(columns, edges);
        CycleSearch.Run(
            DependencyGraph.Of(edges, columns.Count),
            (name, graph, cycle) => findings.AddCycle(
                name, () => story.Tell(graph, cycle), () => story.Cycle(graph, cycle),
                CycleStory.Transactions(graph, cycle)));
    }
}
