using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>A time during which the nodes stood in sides that could not reach each other.</summary>
/// <param name="Start">Position of its start.</param>
/// <param name="End">Position of its end; <see cref="int.MaxValue"/> when it lasted to the end.</param>
/// <param name="Sides">The sides, in the order of the fault plan.</param>
public sealed record FullPartition(int Start, int End, IReadOnlyList<PartitionSide> Sides)
{
    /// <summary>The full partitions of a history, in order. The heal at the end ends those still
    /// open.</summary>
    public static IReadOnlyList<FullPartition> Of(History history)
    {
        var partitions = new List<FullPartition>();
        for (var i = 0; i < history.Faults.Count; i++)
        {
            var fault = history.Faults[i];
            if (fault.Phase == FaultPhase.Start && fault.Sides.Count > 1)
                partitions.Add(new(fault.Position, EndOf(history, i), PartitionSide.Of(fault.Sides)));
        }

        return partitions;
    }

    /// <summary>True when an operation was invoked while it lasted.</summary>
    public bool Covers(Operation operation) => operation.InvokedAt > Start && operation.InvokedAt < End;

    /// <summary>The side of an operation's client, by its place among <see cref="Sides"/>; null when its node
    /// is on none, or unknown.</summary>
    public int? SideOf(Operation operation)
    {
        if (operation.Node is { } node)
            for (var i = 0; i < Sides.Count; i++)
                if (Sides[i].Holds(node))
                    return i;
        return null;
    }

    static int EndOf(History history, int start)
    {
        var fault = history.Faults[start];
        for (var i = start + 1; i < history.Faults.Count; i++)
        {
            var later = history.Faults[i];
            var ends = later.Phase == FaultPhase.End && later.Kind == fault.Kind
                && later.Fault == fault.Fault;
            if (ends)
                return later.Position;
        }

        return history.Phases.Heal?.Position ?? int.MaxValue;
    }
}

/// <summary>One side of a full partition.</summary>
/// <param name="Name"><c>majority</c> or <c>minority</c> when one side holds more than half of all nodes in
/// sides; otherwise its nodes: <c>n1 n2</c>.</param>
/// <param name="Nodes">Its nodes, by name.</param>
public sealed record PartitionSide(string Name, IReadOnlyList<string> Nodes)
{
    // A longer list of names says less than its beginning and its length.
    const int NamesShown = 4;

    /// <summary>True when a node is on this side.</summary>
    public bool Holds(string node) => Nodes.Contains(node, StringComparer.Ordinal);

    internal static IReadOnlyList<PartitionSide> Of(IReadOnlyList<IReadOnlyList<string>> sides)
    {
        var all = sides.Sum(side => side.Count);
        var hasMajority = sides.Any(side => side.Count * 2 > all);
        // With three sides and more, several are minorities: only their nodes tell them apart.
        if (!hasMajority || sides.Count > 2)
            return [.. sides.Select(side => new PartitionSide(NameOf(side), side))];
        return [.. sides.Select(
            side => new PartitionSide(side.Count * 2 > all ? "majority" : "minority", side))];
    }

    static string NameOf(IReadOnlyList<string> nodes)
    {
        var shown = string.Join(' ', nodes.Take(NamesShown));
        return nodes.Count <= NamesShown ? shown : $"{shown} and {nodes.Count - NamesShown} more";
    }
}
