using Steelyard.Worlds;

namespace Steelyard.Simulation.Faults;

/// <summary>Puts a node's name in place of <c>leader</c>, at the moment a fault begins.</summary>
internal static class LeaderNames
{
    /// <summary>
    /// The fault with all names resolved. The leader leaves the groups that name it as a follower, so that
    /// <c>leader | n1 n2 n3</c> cuts it off from all the others.
    /// </summary>
    public static Fault Resolve(Fault fault, Func<string> leaderNow)
    {
        if (!FaultText.NamesIn(fault).Contains(Fault.Leader, StringComparer.Ordinal))
            return fault;
        var leader = leaderNow();
        return fault switch
        {
            PartitionFault partition => partition with { Groups = Regroup(partition.Groups, leader) },
            CutFault cut => cut with { From = Put(cut.From, leader), To = Put(cut.To, leader) },
            LinkFault link => link with { From = Put(link.From, leader), To = Put(link.To, leader) },
            CrashFault crash => crash with { Nodes = Put(crash.Nodes, leader) },
            DrainFault drain => drain with { Nodes = Put(drain.Nodes, leader) },
            PauseFault pause => pause with { Nodes = Put(pause.Nodes, leader) },
            SlowFault slow => slow with { Nodes = Put(slow.Nodes, leader) },
            ClockJumpFault jump => jump with { Nodes = Put(jump.Nodes, leader) },
            ClockDriftFault drift => drift with { Nodes = Put(drift.Nodes, leader) },
            DiskFault disk => disk with { Nodes = Put(disk.Nodes, leader) },
            _ => throw new InvalidOperationException($"a fault of unknown kind: {fault.Kind}"),
        };
    }

    static IReadOnlyList<string> Put(IReadOnlyList<string> names, string leader) =>
        [.. names.Select(name => name == Fault.Leader ? leader : name).Distinct(StringComparer.Ordinal)];

    static IReadOnlyList<IReadOnlyList<string>> Regroup(IReadOnlyList<IReadOnlyList<string>> groups,
        string leader) =>
    [
        .. groups
            .Select(group => group.Contains(Fault.Leader, StringComparer.Ordinal)
                ? Put(group, leader)
                : [.. group.Where(name => name != leader)])
            .Where(group => group.Count > 0),
    ];
}
