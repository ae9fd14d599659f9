using Steelyard.Worlds;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Faults;

/// <summary>What each fault does to the world, and what undoes it.</summary>
internal static class FaultEffects
{
    /// <summary>Lets a fault begin.</summary>
    /// <returns>What ends it.</returns>
    public static Action Apply(Fault fault, IFaultableWorld world, EffectMark effect) => fault switch
    {
        PartitionFault partition => world.CutBetween(partition.Groups, effect),
        CutFault cut => world.CutLinks(cut.From, cut.To, effect),
        LinkFault link => world.WorsenLinks(
            link.From, link.To, new(link.Loss, link.Duplication, link.Reordering, link.Slowdown), effect),
        CrashFault crash => Each(world, crash.Nodes, node => node.Crash(crash.Loses, crash.Torn, effect)),
        DrainFault drain => Each(world, drain.Nodes, node => node.Drain(drain.Version, effect)),
        PauseFault pause => Each(world, pause.Nodes, node => node.Pause(effect)),
        SlowFault slow => Each(world, slow.Nodes, node => node.Slow(slow.PerMessage, effect)),
        ClockJumpFault jump => Each(world, jump.Nodes, node => Once(() => node.JumpClock(jump.By, effect))),
        ClockDriftFault drift =>
            Each(world, drift.Nodes, node => node.DriftClock(drift.PartsPerMillion, effect)),
        DiskFault disk => Each(world, disk.Nodes, node => Spoil(node, disk.Trouble, effect)),
        _ => throw new InvalidOperationException($"a fault of unknown kind: {fault.Kind}"),
    };

    static Action Spoil(IFaultableNode node, DiskTrouble trouble, EffectMark effect) => trouble switch
    {
        DiskTrouble.Full => node.FillDisk(effect),
        DiskTrouble.Slow => node.SlowDisk(effect),
        DiskTrouble.Corrupt => Once(() => node.CorruptDisk(effect)),
        _ => Once(() => node.MisdirectWrite(effect)),
    };

    static Action Once(Action happen)
    {
        happen();
        return () => { };
    }

    static Action Each(IFaultableWorld world, IEnumerable<string> names, Func<IFaultableNode, Action> begin)
    {
        Action[] ends = [.. names.Distinct(StringComparer.Ordinal).Select(name => begin(world.Node(name)))];
        return () => Array.ForEach(ends, end => end());
    }
}
