// A design of your own, from nothing: a node, a client, a workload, a checker, and what breaks.
// Run it:   dotnet run --project samples/01-gossip-set
// Break it: dotnet run --project samples/01-gossip-set -- crash

using Samples.GossipSets;
using Steelyard.Simulation;
using Steelyard.Worlds;

var scenario = new Scenario
{
    Design = "gossip-set",
    Summary = "five replicas that gossip",
    Cluster = Topology.Of(("home", 5)),
    Deployment = new SimulatedDeployment
    {
        CreateNode = world => new GossipSet(world),
        CreateClient = world => new SetClient(world),
    },
    Load = new()
    {
        CreateWorkload = () => new SetWorkload(),
    },
    Promises = new()
    {
        Expectations = [new LostAdds()],
    },
};

// Two nodes are cut off for ten seconds. Gossip forgives that. It does not forgive a crash: nothing is on a
// disk.
Fault fault = args is ["crash"]
    ? new CrashFault { At = TimeSpan.FromSeconds(10), For = TimeSpan.FromSeconds(
        1), Nodes = ["n1", "n2", "n3", "n4", "n5"] }
    : new PartitionFault
    {
        At = TimeSpan.FromSeconds(10),
        For = TimeSpan.FromSeconds(10),
        Groups = [["n1", "n2", "n3"], ["n4", "n5"]],
    };

var run = new SimulatedWorld().Execute(scenario, new([fault]), new Seed(42), RunControl.None);
foreach (var verdict in scenario.Promises.Expectations.Select(checker => checker.Check(run.History)))
    Console.WriteLine($"{verdict.Validity}: {verdict.Summary}");
Console.WriteLine(
    $"{run.History.Count} operations, {run.Counters.MessagesSent} messages, history "
        + $"0x{run.History.Hash:x16}");
