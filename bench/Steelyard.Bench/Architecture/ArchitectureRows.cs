using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Bench.Architecture;

/// <summary>How many requests of simulated architectures go by in a second of one processor.</summary>
internal static class ArchitectureRows
{
    const double PerSecond = 2_000;
    const int Requests = 1_000_000;

    /// <summary>Five parts with queues, a cache and a database; and one queue alone.</summary>
    public static IEnumerable<Row> All() =>
    [
        new("requests through five parts, aggregates only", "requests/s", 333_333, () => Run(FiveParts())),
        new("their events", "events/s", 3_333_333, () => Events(FiveParts())),
        new("requests through one queue (M/M/1)", "requests/s", null, () => Run(OneQueue())),
    ];

    static double Run(ArchitectureGraph graph) => Execute(graph).Counters.Load.Answered;

    static double Events(ArchitectureGraph graph) => Execute(graph).Counters.Events;

    static WorldRun Execute(ArchitectureGraph graph) => new SimulatedWorld().Execute(
        ArchitectureScenario.Of(graph), FaultPlan.None, new(1), RunControl.None);

    static ArchitectureGraph FiveParts() => new("five-parts",
    [
        new ClientsPart("users")
        {
            Rate = PerSecond, Keys = 10_000, Skew = 0.9, Reads = 0.95,
            Calls = [new("balancer") { Timeout = TimeSpan.FromSeconds(1) }],
        },
        new LoadBalancerPart("balancer") { Calls = [new("api") { Balance = Balancing.TwoChoices }] },
        new ServicePart("api")
        {
            Instances = 4, Workers = 8, Time = TakesTime.Parse("exp 5ms"),
            Calls =
            [
                new("cache") { When = Edge.Reads },
                new("db") { Timeout = TimeSpan.FromMilliseconds(500) },
            ],
        },
        new CachePart("cache") { Size = 2_000, Time = TakesTime.Parse("exp 100us"), Workers = 4 },
        new DatabasePart("db")
        {
            Workers = 30, Time = TakesTime.Parse("exp 8ms"), WriteTime = TakesTime.Parse("exp 8ms"),
            Sync = TakesTime.Parse("2ms"),
        },
    ])
    {
        Duration = TimeSpan.FromSeconds(Requests / PerSecond),
    };

    static ArchitectureGraph OneQueue() => new("one-queue",
    [
        new ClientsPart("users") { Rate = 800, Calls = [new("server")] },
        new ServicePart("server") { Workers = 1, Time = TakesTime.Parse("exp 1ms") },
    ])
    {
        Link = TakesTime.Nothing,
        Duration = TimeSpan.FromSeconds(Requests / 800.0),
    };
}
