// A design of your own, from nothing: a node, a client, a workload, a checker, and what breaks.
// Build it:  dotnet build samples/01-gossip-set
// Run it:    ./steelyard run samples/01-gossip-set/bin/Debug/net10.0/GossipSetSample.dll
// Break it:  the same with --faults samples/01-gossip-set/crash.yaml

using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Samples.GossipSets;

/// <summary>What <c>steelyard</c> finds in this assembly: a name, some options, and the scenario they
/// make.</summary>
public sealed class GossipSetDesign : IDesign
{
    public string Name => "gossip-set";

    public string Summary => "A set on several replicas that tell each other what they have.";

    public string Story =>
        "Two of the nodes are cut off for a third of the run. Gossip forgives that. It does not forgive a"
        + " crash of everybody: nothing is on a disk.";

    public IReadOnlyList<DesignOption> Options { get; } =
        [new("period", OptionShape.Duration, "200ms", "how often a replica tells another one")];

    public Scenario Build(DesignOptions options)
    {
        var nodes = options.Common.Nodes ?? 5;
        var duration = options.Common.Duration ?? TimeSpan.FromSeconds(30);
        var period = options.Duration("period");
        return new()
        {
            Design = Name,
            Summary = $"{nodes} replicas that gossip",
            Load = new()
            {
                CreateWorkload = () => new SetWorkload(),
                Clients = options.Common.Clients ?? 10,
                RatePerSecond = options.Common.RatePerSecond ?? 100,
                Duration = duration,
            },
            Cluster = Topology.Of(("home", nodes)),
            Deployment = new SimulatedDeployment
            {
                CreateNode = world => new GossipSet(world, period),
                CreateClient = world => new SetClient(world),
            },
            Promises = new()
            {
                Expectations = [new LostAdds()],
                AnswerLimit = options.Common.Slo ?? TimeSpan.FromMilliseconds(200),
            },
            StoryFaults = nodes == 1 ? FaultPlan.None : new([Cut(nodes, duration / 3)]),
        };
    }

    static PartitionFault Cut(int nodes, TimeSpan third)
    {
        string[] names = [.. Enumerable.Range(1, nodes).Select(node => $"n{node}")];
        var most = (nodes + 1) / 2;
        return new() { At = third, For = third, Groups = [names[..most], names[most..]] };
    }
}
