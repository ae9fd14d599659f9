using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Worlds.Tests.Faults;

/// <summary>Scenarios that are only planned for, never run: n1 … for ten seconds.</summary>
internal static class PlainScenario
{
    public static Scenario Of(int nodes, NodeAbilities abilities = NodeAbilities.Disk) =>
        Of([.. Enumerable.Repeat(abilities, nodes)]);

    /// <summary>One node of each of some abilities.</summary>
    public static Scenario Of(params NodeAbilities[] nodes) => new()
    {
        Design = "test",
        Summary = "a test",
        Cluster = new()
        {
            Nodes =
            [
                .. nodes.Select((able, place) => new NodeSpec($"n{place + 1}", "a") { Abilities = able }),
            ],
        },
        Deployment = new SimulatedDeployment
        {
            CreateNode = _ => throw new InvalidOperationException("plans need no nodes"),
            CreateClient = _ => throw new InvalidOperationException("plans need no clients"),
        },
        Load = new()
        {
            CreateWorkload = () => throw new InvalidOperationException("plans need no workload"),
            Duration = TimeSpan.FromSeconds(10),
        },
    };
}
