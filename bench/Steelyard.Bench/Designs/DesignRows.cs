using Steelyard.Designs;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Bench.Designs;

/// <summary>How much faster than time the designs run, faults and recording included, judging not.</summary>
internal static class DesignRows
{
    const int Runs = 10;
    const double Seconds = 60;

    /// <summary>Raft as design section 8 asks for it, and the designs as they come.</summary>
    public static IEnumerable<Row> All() =>
    [
        new("5-node Raft, 100 operations/s, all faults", "simulated s/s", 1000, () => Simulate(
            "register", FaultPalette.All, ("replication", "raft"))),
        new("5-node Raft, 100 operations/s, no faults", "simulated s/s", null, () => Simulate(
            "register", FaultPalette.None, ("replication", "raft"))),
        .. Catalogue.All.Select(design => new Row(
            $"{design.Name} as it comes, all faults", "simulated s/s", null,
            () => Simulate(design.Name, FaultPalette.All))),
    ];

    static double Simulate(string name, FaultPalette palette,
        params ReadOnlySpan<(string Name, string Value)> options)
    {
        var design = Catalogue.Find(name);
        var given = options.ToArray().ToDictionary(option => option.Name, option => option.Value,
            StringComparer.Ordinal);
        var common = given.Count == 0
            ? new CommonOptions { Duration = TimeSpan.FromSeconds(Seconds) }
            : new() { Nodes = 5, RatePerSecond = 100, Duration = TimeSpan.FromSeconds(Seconds) };
        var scenario = design.Build(new(design, common, given));
        var simulated = TimeSpan.Zero;
        for (var number = 1; number <= Runs; number++)
        {
            var seed = new Seed((ulong)number);
            simulated += new SimulatedWorld()
                .Execute(scenario, Nemesis.Plan(palette, scenario, seed), seed, RunControl.None).End;
        }

        return simulated.TotalSeconds;
    }
}
