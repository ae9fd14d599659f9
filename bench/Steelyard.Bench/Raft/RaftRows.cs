using Steelyard.Designs.Register;
using Steelyard.Simulation;
using Steelyard.Worlds;

namespace Steelyard.Bench.Raft;

/// <summary>A whole replicated design: elections, disks, clients and faults, history on.</summary>
internal static class RaftRows
{
    static readonly TimeSpan Duration = TimeSpan.FromMinutes(2);

    public static IEnumerable<Row> All() =>
    [
        new("5-node Raft, 100 operations/s, all faults", "simulated s/s", 1_000, () => Run(FaultPalette.All)),
        new("5-node Raft, 100 operations/s, no faults", "simulated s/s", 1_000, () => Run(FaultPalette.None)),
    ];

    // Half of the operations read, heartbeats come every 100 ms: both are the design's defaults.
    static double Run(FaultPalette palette)
    {
        var common = new CommonOptions { Nodes = 5, RatePerSecond = 100, Duration = Duration };
        var design = new RegisterDesign();
        var scenario = design.Build(new(design, common));
        var seconds = 0.0;
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var plan = Nemesis.Plan(palette, scenario, new(seed));
            seconds += new SimulatedWorld()
                .Execute(scenario, plan, new(seed), RunControl.None).End.TotalSeconds;
        }

        return seconds;
    }
}
