using Steelyard.Simulation.Endpoints;
using Steelyard.Simulation.Networks;
using Steelyard.Worlds;

namespace Steelyard.Simulation.Faults;

/// <summary>What each fault does to the world, and what undoes it.</summary>
internal static class FaultEffects
{
    /// <summary>Lets a fault begin.</summary>
    /// <returns>What ends it.</returns>
    public static Action Apply(
        Fault fault, SimulatedRun run, Func<IEnumerable<string>, IEnumerable<NodeHost>> named)
    {
        switch (fault)
        {
            case PartitionFault partition:
                return Cut(run, new LinksBetweenGroups(GroupOf(run, partition.Groups, named)));
            case CutFault cut:
                return Cut(run, Links(run, cut.From, cut.To, named));
            case LinkFault link:
                var bad = Links(run, link.From, link.To, named);
                run.Network.BadLinks.Add(bad, link);
                return () => run.Network.BadLinks.Remove(bad);
            case CrashFault crash:
                return Each(named(crash.Nodes), node => node.Crash(crash.Loses, crash.Torn),
                    node => node.Restart());
            case DrainFault drain:
                return Each(named(drain.Nodes), node => node.Drain(), node => node.Return(drain.Version));
            case PauseFault pause:
                return Each(named(pause.Nodes), node => node.Pause(), node => node.Resume());
            case SlowFault slow:
                return Each(named(slow.Nodes), node => node.Slow(slow.PerMessage),
                    node => node.Slow(-slow.PerMessage));
            case ClockJumpFault jump:
                return Each(named(jump.Nodes), node => node.Clock.Jump(jump.By), _ => { });
            case ClockDriftFault drift:
                return Each(
                    named(drift.Nodes), node => node.Clock.AddDrift(drift.PartsPerMillion),
                    node => node.Clock.AddDrift(-drift.PartsPerMillion));
            case DiskFault disk:
                return Each(
                    named(disk.Nodes),
                    node => node.Disk.Begin(disk.Trouble),
                    node => node.Disk.End(disk.Trouble));
            default:
                throw new InvalidOperationException($"a fault of unknown kind: {fault.Kind}");
        }
    }

    static Action Each(IEnumerable<NodeHost> nodes, Action<NodeHost> begin, Action<NodeHost> end)
    {
        var hit = nodes.Distinct().ToArray();
        Array.ForEach(hit, begin);
        return () => Array.ForEach(hit, end);
    }

    static Action Cut(SimulatedRun run, ILinkSet links)
    {
        run.Network.Cuts.Add(links, run.Scheduler.NowNs);
        return () => run.Network.Cuts.Remove(links);
    }

    static LinksFromTo Links(
        SimulatedRun run, IReadOnlyList<string> from, IReadOnlyList<string> to,
        Func<IEnumerable<string>, IEnumerable<NodeHost>> named)
    {
        return new(Members(from), Members(to));

        bool[]? Members(IReadOnlyList<string> names)
        {
            if (names.Count == 0)
                return null;
            var members = new bool[run.Nodes.Length];
            foreach (var node in named(names))
                members[node.Index] = true;
            return members;
        }
    }

    static int[] GroupOf(
        SimulatedRun run, IReadOnlyList<IReadOnlyList<string>> groups,
        Func<IEnumerable<string>, IEnumerable<NodeHost>> named)
    {
        var groupOf = new int[run.Nodes.Length];
        for (var i = 0; i < groups.Count; i++)
            foreach (var node in named(groups[i]))
                groupOf[node.Index] = i + 1;
        return groupOf;
    }
}
