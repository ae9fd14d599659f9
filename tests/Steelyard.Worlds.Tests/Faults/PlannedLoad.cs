using Steelyard.Worlds.Faults;

namespace Steelyard.Worlds.Tests.Faults;

/// <summary>
/// What a plan does to a system, found by looking at every moment at which something changes: written apart
/// from the budget that the nemesis keeps, so that one checks the other.
/// </summary>
internal sealed class PlannedLoad(FaultPlan plan, TimeSpan initialSkew)
{
    /// <summary>Most nodes down, held still or with a spoilt disk at one moment; each fault of a leader may
    /// hit another node, whichever it likes.</summary>
    public int MostNodesDown(int nodes)
    {
        var most = 0;
        foreach (var moment in plan.Faults.Select(fault => fault.At))
        {
            var down = new HashSet<string>();
            var leaders = 0;
            foreach (var fault in plan.Faults)
            {
                var lasts = Lasts(fault, moment) && fault is (CrashFault or PauseFault or DrainFault);
                if (!lasts && !(Spoils(fault) && fault.At <= moment))
                    continue;
                down.UnionWith(Nodes(fault).Where(name => name != Fault.Leader));
                leaders += Nodes(fault).Contains(Fault.Leader) ? 1 : 0;
            }

            most = Math.Max(most, Math.Min(nodes, down.Count + leaders));
        }

        return most;
    }

    public int NodesSpoilt() => plan.Faults.Where(Spoils).SelectMany(Nodes).Distinct().Count();

    /// <summary>How far two wall clocks can be apart, at worst.</summary>
    public TimeSpan FarthestClocks(IEnumerable<string> names)
    {
        var farthest = names.Select(Offset).OrderDescending().Take(2).ToList();
        return farthest.Aggregate(TimeSpan.Zero, (sum, offset) => sum + offset);
    }

    public int FastestDrift(IEnumerable<string> names)
    {
        var fastest = 0;
        foreach (var name in names)
            foreach (var moment in plan.Faults.Select(fault => fault.At))
            {
                var rate = plan.Faults.OfType<ClockDriftFault>()
                    .Where(drift => Lasts(drift, moment) && drift.Nodes.Contains(name))
                    .Sum(drift => drift.PartsPerMillion);
                fastest = Math.Max(fastest, Math.Abs(rate));
            }

        return fastest;
    }

    TimeSpan Offset(string name)
    {
        var offset = initialSkew;
        foreach (var fault in plan.Faults)
            if (fault is ClockJumpFault jump && jump.Nodes.Contains(name))
                offset += jump.By.Duration();
            else if (fault is ClockDriftFault drift && drift.Nodes.Contains(name))
                offset += drift.For!.Value * (Math.Abs(drift.PartsPerMillion) / 1e6);
        return offset;
    }

    static bool Lasts(Fault fault, TimeSpan moment) => fault.At <= moment && moment < fault.At + fault.For;

    static bool Spoils(Fault fault) =>
        fault is DiskFault { Trouble: DiskTrouble.Corrupt or DiskTrouble.Misdirect };

    static IReadOnlyList<string> Nodes(Fault fault) => fault switch
    {
        CrashFault crash => crash.Nodes,
        PauseFault pause => pause.Nodes,
        DrainFault drain => drain.Nodes,
        DiskFault disk => disk.Nodes,
        _ => [],
    };
}
