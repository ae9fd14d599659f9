using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Bench.Simulator;

/// <summary>How fast the simulated world turns.</summary>
internal static class SimulatorRows
{
    /// <summary>The rows of design section 8 that need no design.</summary>
    public static IEnumerable<Row> All() =>
    [
        new("messages, 100 nodes, history on", "messages/s", 2e6, () => Messages(100, 4, 0.5)),
        new("messages, 5 nodes, history on", "messages/s", null, () => Messages(5, 4, 5)),
        new("messages, 10,000 nodes in one run", "messages/s", null, () => Messages(10_000, 4, 0.01)),
        new("messages, 100 nodes, cuts and bad links", "messages/s", null,
            () => Messages(100, 4, 0.5, Troubles())),
        new("awaited delays, 100 nodes", "events/s", 1e6, () => Awaits(100, 2, AwaitingNode.Delays)),
        new("awaited calls, 100 nodes", "events/s", 1e6, () => Awaits(100, 1, AwaitingNode.Calls)),
        new("whole short runs: 5 nodes, 30 s, 100 op/s", "runs/s", null, ShortRuns),
    ];

    static double Messages(int nodes, int balls, double seconds, params IReadOnlyList<Fault> faults)
    {
        var scenario = Scenario(nodes, seconds, world => new BallNode(world, balls));
        return Run(scenario, faults).Counters.MessagesDelivered;
    }

    static double Awaits(int nodes, double seconds, Func<INodeWorld, ValueTask> loop) =>
        Run(Scenario(nodes, seconds, world => new AwaitingNode(world, loop))).Counters.Events;

    static double ShortRuns()
    {
        const int runs = 20;
        var busy = Scenario(5, 30, world => new BallNode(world, 0));
        var scenario = busy with { Load = busy.Load with { RatePerSecond = 100, Clients = 10 } };
        for (var seed = 0; seed < runs; seed++)
            new SimulatedWorld().Execute(scenario, FaultPlan.None, new((ulong)seed), RunControl.None);
        return runs;
    }

    static WorldRun Run(Scenario scenario, params IReadOnlyList<Fault> faults) =>
        new SimulatedWorld().Execute(scenario, new(faults), new(1), RunControl.None);

    static Fault[] Troubles() =>
    [
        new PartitionFault { At = TimeSpan.FromMilliseconds(50), Groups = [["n1", "n2"], ["n3", "n4"]] },
        new LinkFault { At = TimeSpan.FromMilliseconds(50), From = ["n5"], Loss = 0.1, Duplication = 0.1 },
    ];

    static Scenario Scenario(int nodes, double seconds, Func<INodeWorld, INode> node) => new()
    {
        Design = "bench",
        Summary = "a benchmark",
        Cluster = Topology.Of(("here", nodes)),
        Deployment = new SimulatedDeployment
        {
            CreateNode = node,
            CreateClient = world => new BallClient(world),
        },
        Load = new()
        {
            CreateWorkload = () => new BallWorkload(),
            Clients = 20,
            RatePerSecond = 10_000,
            Duration = TimeSpan.FromSeconds(seconds),
            Settle = TimeSpan.Zero,
        },
    };
}
