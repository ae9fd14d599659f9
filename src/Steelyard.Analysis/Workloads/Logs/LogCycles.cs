using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads.Logs;

/// <summary>Transactions that polled each other's messages in a circle (Adya's G1c).</summary>
internal static class LogCycles
{
    public static void Add(LogEvidence evidence, WorkloadFindings findings)
    {
        var edges = new EdgeList(evidence.Operations.Count);
        foreach (var reader in evidence.Operations)
            foreach (var message in reader.Outcome == Outcome.Ok ? reader.Polls : [])
                if (evidence.SenderOf(message.Key, message.Value) is { } sender)
                    edges.Add(sender.Number, reader.Number, EdgeKinds.Wr);
        var graph = DependencyGraph.Of(edges, evidence.Operations.Count);
        var components = StrongComponents.Of(graph, EdgeKinds.Wr);
        var told = new HashSet<int>();
        for (var node = 0; node < evidence.Operations.Count; node++)
            if (components.SizeAround(node) > 1 && told.Add(components.Of(node)))
                AddCycle(CycleThrough.Node(graph, node, components), evidence, findings);
    }

    static void AddCycle(
        List<(int Node, int Edge)> cycle, LogEvidence evidence, WorkloadFindings findings)
    {
        var operations = cycle.ConvertAll(step => evidence.Operations[step.Node]);
        findings.Add(
            "G1c",
            () => string.Join(", ", operations.Select(o => $"operation {o.Operation.RecordedIndex}"))
                + ": each polled a message of the one before, round in a circle",
            [.. operations.Select(operation => operation.Index)]);
    }
}
