using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.App.Tests;

/// <summary>One node that answers everything; with about every third seed it throws at its start.</summary>
internal sealed class BrittleDesign : IDesign
{
    public string Name => "brittle";

    public string Summary => "One node that throws with some seeds.";

    public string Story => "Clients ask.";

    public IReadOnlyList<DesignOption> Options => [];

    public Scenario Build(DesignOptions options) => new()
    {
        Design = Name,
        Summary = "one node",
        Cluster = Topology.Of(("here", 1)),
        Deployment = new SimulatedDeployment
        {
            CreateNode = world => new Node(world),
            CreateClient = world => new Client(world),
        },
        Load = new()
        {
            CreateWorkload = () => new Reads(),
            Clients = 1,
            RatePerSecond = 20,
            Duration = TimeSpan.FromSeconds(1),
            Settle = TimeSpan.FromSeconds(1),
        },
        Promises = new() { Expectations = [new Linearizable(KnownModels.Register())] },
    };

    sealed record Ask : Message;

    sealed class Node(INodeWorld world) : INode
    {
        public void Start()
        {
            if (world.Random.Chance(1 / 3.0))
                throw new FormatException("brittle as it is");
        }

        public void Receive(NodeId from, Message message) => world.Send(from, message);
    }

    sealed class Client(IClientWorld world) : IClient
    {
        public async ValueTask<Completion> Invoke(Invocation invocation) =>
            await world.Call(world.Nodes[0], new Ask(), TimeSpan.FromSeconds(1)) is Ask
                ? Completion.Ok(Value.Nil)
                : Completion.Info("timeout");
    }

    sealed class Reads : IWorkload
    {
        public Invocation Next(in Turn turn) => new(Functions.Read, Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }
}
