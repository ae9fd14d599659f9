using Steelyard.Live.Engines;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>What faults do to a live cluster: to its processes, and to the links between its nodes and from
/// clients to them.</summary>
internal sealed class LiveFaults(EngineCluster cluster) : IFaultableWorld
{
    /// <inheritdoc/>
    public IFaultableNode Node(string name) => new LiveFaultyNode(cluster, cluster.NodeOf(name));

    /// <inheritdoc/>
    public Action CutBetween(IReadOnlyList<IReadOnlyList<string>> groups, EffectMark effect) =>
        cluster.Network.Cut([.. Between(groups)], effect);

    /// <inheritdoc/>
    public Action CutLinks(IReadOnlyList<string> from, IReadOnlyList<string> to, EffectMark effect) =>
        cluster.Network.Cut([.. Links(from, to)], effect);

    /// <inheritdoc/>
    public Action ChangeMembership(
        MembershipChangeKind kind, IReadOnlyList<string> servers, EffectMark effect) =>
        MemberChanges.Begin(cluster, kind, NodesOf(servers), effect);

    /// <inheritdoc/>
    public Action WorsenLinks(
        IReadOnlyList<string> from, IReadOnlyList<string> to, LinkTrouble trouble, EffectMark effect) =>
        cluster.Network.Worsen([.. Links(OrAll(from), OrAll(to))], trouble, effect);

    /// <summary>Resets the connections between groups.</summary>
    public Action Reset(IReadOnlyList<IReadOnlyList<string>> groups, bool refuses, EffectMark effect) =>
        cluster.Network.Reset([.. Between(groups)], refuses, effect);

    /// <summary>Lets nodes forget the connections that others keep.</summary>
    public Action Forget(
        IReadOnlyList<string> keepers, IReadOnlyList<string> forgetters, EffectMark effect) =>
        cluster.Network.Forget([.. Links(keepers, forgetters)], effect);

    /// <summary>Kills a primary, and lets another node take its place.</summary>
    /// <returns>What brings it back, as a standby of the new one.</returns>
    public Action FailOver(string from, string to, EffectMark effect)
    {
        if (!cluster.FailOver(cluster.NodeOf(from), cluster.NodeOf(to)).GetAwaiter().GetResult())
            return () => { };
        effect.Set();
        return () => cluster.ComeBack(cluster.NodeOf(from)).GetAwaiter().GetResult();
    }

    IEnumerable<(int From, int To)> Between(IReadOnlyList<IReadOnlyList<string>> groups) =>
        from side in groups
        from other in groups
        where !ReferenceEquals(side, other)
        from sender in side
        from receiver in other
        select (Index(sender), Index(receiver));

    /// <summary>Cuts the power of nodes, all at the same moment.</summary>
    /// <returns>What starts them again.</returns>
    public Action CutPower(IReadOnlyList<string> names, EffectMark effect)
    {
        EngineNode[] nodes = [.. names.Select(cluster.NodeOf)];
        // Nobody may go on while others die, and nobody may hear of an error before it is dead.
        Parallel.ForEach(nodes, node =>
        {
            if (node.Kill())
                effect.Set();
            node.Disk!.LosePower();
        });
        foreach (var node in nodes)
            node.Disk!.Recover();
        return () => Array.ForEach(nodes, cluster.StartAgain);
    }

    /// <summary>Restarts nodes one after the other.</summary>
    /// <param name="nodes">Who, in order; none is all.</param>
    /// <param name="rest">How long all are left alone between two.</param>
    /// <param name="effect">Set when one was stopped.</param>
    public FaultCourse RestartInTurn(IReadOnlyList<string> nodes, TimeSpan rest, EffectMark effect) =>
        Faults.RestartInTurn.Begin(
            cluster, nodes.Count > 0 ? NodesOf(nodes) : cluster.Nodes, rest, effect);

    List<EngineNode> NodesOf(IReadOnlyList<string> names) => [.. names.Select(cluster.NodeOf)];

    IEnumerable<(int From, int To)> Links(IReadOnlyList<string> from, IReadOnlyList<string> to) =>
        from sender in @from
        from receiver in to
        where sender != receiver
        select (Index(sender), Index(receiver));

    IReadOnlyList<string> OrAll(IReadOnlyList<string> names) =>
        names.Count > 0 ? names : cluster.Places;

    int Index(string name) => cluster.Places.Index().First(place => place.Item == name).Index;
}
