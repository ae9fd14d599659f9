namespace Steelyard.Worlds.Faults;

/// <summary>
/// The usual ways in which costs add up at one moment. A cost on <c>leader</c> may fall on any node, and
/// those of two faults on two nodes: a leader that went down makes room for the next.
/// </summary>
public static class FaultSums
{
    /// <summary>How many different nodes are hit, if every leader is one more.</summary>
    public static double DistinctNodes(IReadOnlyList<FaultCost> inForce) =>
        inForce.SelectMany(cost => cost.Nodes).Where(name => name != Fault.Leader)
            .Distinct(StringComparer.Ordinal).Count()
        + inForce.Count(HitsLeader);

    /// <summary>The largest sum on a node, up or down.</summary>
    public static double OnOneNode(IReadOnlyList<FaultCost> inForce)
    {
        var (up, down) = (0.0, 0.0);
        foreach (var cost in inForce.Where(HitsLeader))
            if (cost.Amount > 0)
                up += cost.Amount;
            else
                down += cost.Amount;
        var sums = inForce
            .SelectMany(cost => cost.Nodes.Where(name => name != Fault.Leader)
                .Distinct(StringComparer.Ordinal).Select(name => (Name: name, cost.Amount)))
            .GroupBy(pair => pair.Name, pair => pair.Amount, StringComparer.Ordinal)
            .Select(node => node.Sum())
            .Append(0);
        return sums.Max(sum => Math.Max(Math.Abs(sum + up), Math.Abs(sum + down)));
    }

    /// <summary>The largest sum on a link.</summary>
    public static double OnOneLink(IReadOnlyList<FaultCost> inForce)
    {
        // Nodes that stand in the same lists are alike; "" stands for those that no list names.
        var senders = Alike(inForce, static cost => cost.Nodes);
        var receivers = Alike(inForce, static cost => cost.To);
        return senders.SelectMany(_ => receivers, (from, to) => inForce
            .Where((_, place) => from[place] && to[place]).Sum(cost => cost.Amount)).Max();
    }

    static List<bool[]> Alike(
        IReadOnlyList<FaultCost> inForce, Func<FaultCost, IReadOnlyList<string>> side) =>
    [
        .. inForce.SelectMany(side).Append("").Distinct(StringComparer.Ordinal)
            .Select(name => inForce.Select(cost => Covers(side(cost), name)).ToArray())
            .DistinctBy(covered => string.Concat(covered.Select(one => one ? '1' : '0'))),
    ];

    static bool Covers(IReadOnlyList<string> names, string name) =>
        names.Count == 0 || names.Contains(name, StringComparer.Ordinal)
        || names.Contains(Fault.Leader, StringComparer.Ordinal);

    static bool HitsLeader(FaultCost cost) => cost.Nodes.Contains(Fault.Leader, StringComparer.Ordinal);
}
