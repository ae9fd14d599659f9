using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests.Systems;

/// <summary>Small scenarios for tests: n1 … in one site with a constant latency of 1 ms, one client that
/// hardly speaks.</summary>
internal static class TestRun
{
    public static readonly TimeSpan Latency = Ms(1);

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    public static Topology Nodes(int nodes) =>
        Topology.Of(("here", nodes)) with { WithinSite = new ConstantLatency(Latency) };

    /// <summary>A scenario whose nodes do what a test says.</summary>
    public static Scenario Of(
        int nodes, Action<INodeWorld>? start = null, Action<INodeWorld, NodeId,
            Message>? receive = null) => new()
    {
        Design = "test",
        Summary = "a test",
        Cluster = Nodes(nodes),
        Deployment = new SimulatedDeployment
        {
            CreateNode = world => new TestNode(world, start, receive),
            CreateClient = world => new PingClient(world),
        },
        Load = new()
        {
            CreateWorkload = () => new PingWorkload(),
            Clients = 1,
            RatePerSecond = 1,
            Duration = TimeSpan.FromSeconds(10),
            Settle = TimeSpan.FromSeconds(1),
        },
    };

    /// <summary>Pings with some clients at some rate.</summary>
    public static Scenario Pings(int nodes, int clients = 5, double rate = 100) =>
        Of(nodes).Offered(load => load with { Clients = clients, RatePerSecond = rate });

    /// <summary>The same under another load.</summary>
    public static Scenario Offered(this Scenario scenario, Func<OfferedLoad, OfferedLoad> change) =>
        scenario with { Load = change(scenario.Load) };

    /// <summary>The same with other nodes or clients.</summary>
    public static Scenario Deployed(
        this Scenario scenario, Func<SimulatedDeployment, SimulatedDeployment> change) =>
        scenario with { Deployment = change((SimulatedDeployment)scenario.Deployment) };

    public static WorldRun Under(this Scenario scenario, params IReadOnlyList<Fault> faults) =>
        new SimulatedWorld().Execute(scenario, new(faults), new(7), RunControl.None);

    public static WorldRun WithSeed(this Scenario scenario, ulong seed, params IReadOnlyList<Fault> faults) =>
        new SimulatedWorld().Execute(scenario, new(faults), new(seed), RunControl.None);
}
