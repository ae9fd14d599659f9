using Steelyard.Simulation.Endpoints;
using Steelyard.Simulation.Networks;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Faults;

/// <summary>The simulated world, as faults know it.</summary>
internal sealed class FaultableWorld(SimulatedRun run) : IFaultableWorld
{
    readonly Dictionary<string, int> _indexOf = run.Scenario.Cluster.Nodes
        .Select((node, index) => (node.Name, index))
        .ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);

    /// <summary>The timers of the run itself.</summary>
    public TimerTable? Timers { get; set; }

    /// <inheritdoc/>
    public IFaultableNode Node(string name) => run.Nodes[_indexOf[name]];

    /// <inheritdoc/>
    public Action CutBetween(IReadOnlyList<IReadOnlyList<string>> groups, EffectMark effect)
    {
        var groupOf = new int[run.Nodes.Length];
        for (var i = 0; i < groups.Count; i++)
            foreach (var name in groups[i])
                groupOf[_indexOf[name]] = i + 1;
        return Cut(new LinksBetweenGroups(groupOf), effect);
    }

    /// <inheritdoc/>
    public Action CutLinks(IReadOnlyList<string> from, IReadOnlyList<string> to, EffectMark effect) =>
        Cut(Links(from, to), effect);

    /// <inheritdoc/>
    public Action WorsenLinks(
        IReadOnlyList<string> from, IReadOnlyList<string> to, LinkTrouble trouble, EffectMark effect)
    {
        var links = Links(from, to);
        run.Network.BadLinks.Add(links, trouble, effect);
        return () => run.Network.BadLinks.Remove(links);
    }

    /// <inheritdoc/>
    public Action ChangeMembership(
        MembershipChangeKind kind, IReadOnlyList<string> servers, EffectMark effect)
    {
        var ids = servers.Select(name => new NodeId(_indexOf[name]));
        var asking = new MembershipOperator(run, Timers!, kind, ids, effect);
        asking.Ask();
        return asking.GiveUp;
    }

    Action Cut(ILinkSet links, EffectMark effect)
    {
        run.Network.Cuts.Add(links, effect, run.Scheduler.NowNs);
        return () => run.Network.Cuts.Remove(links);
    }

    LinksFromTo Links(IReadOnlyList<string> from, IReadOnlyList<string> to) =>
        new(Members(from), Members(to));

    bool[]? Members(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return null;
        var members = new bool[run.Nodes.Length];
        foreach (var name in names)
            members[_indexOf[name]] = true;
        return members;
    }
}
