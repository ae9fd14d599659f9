using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Tests;

/// <summary>The smallest design there is: one node, one register; <c>--forgetful</c> answers some reads with
/// an old value.</summary>
internal sealed class TinyRegister : IDesign
{
    public string Name => "tiny";

    public string Summary => "One node with one register.";

    public string Story => "The node is paused for a while; clients wait.";

    public IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Flag("forgetful", "Answer one read in twenty with the value before the last"),
        DesignOption.Choice("flavour", "Changes nothing", "plain", "salted"),
    ];

    public Scenario Build(DesignOptions options) => new()
    {
        Design = Name,
        Summary = "one register on one node",
        Cluster = Topology.Of(("here", options.Common.Nodes ?? 2)),
        Deployment = new SimulatedDeployment
        {
            CreateNode = world => new Node(world, options.Flag("forgetful")),
            CreateClient = world => new Client(world),
        },
        Load = new()
        {
            CreateWorkload = () => new Workload(),
            Clients = options.Common.Clients ?? 3,
            RatePerSecond = options.Common.RatePerSecond ?? 60,
            Duration = options.Common.Duration ?? TimeSpan.FromSeconds(2),
            Settle = TimeSpan.FromSeconds(1),
        },
        Promises = new()
        {
            Expectations = [new Linearizable(KnownModels.Register())],
            Tolerance = new() { NodesDown = 1 },
        },
        StoryFaults = new(
            [new PauseFault { At = TimeSpan.FromSeconds(0.5), For = TimeSpan.FromSeconds(
                0.25), Nodes = ["n1"] }]),
    };

    /// <summary>Options of it, as the command line would make them.</summary>
    public static DesignOptions With(params IReadOnlyList<(string Name, string Value)> given) =>
        new(new TinyRegister(), new(), given.ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal));

    sealed record Read : Message;

    sealed record Write(Value Value) : Message;

    sealed record Answer(Value Value) : Message;

    sealed class Node(INodeWorld world, bool isForgetful) : INode
    {
        Value _value;
        Value _before;

        public void Start()
        {
        }

        public void Receive(NodeId from, Message message)
        {
            if (message is Write write)
                (_before, _value) = (_value, write.Value);
            var forgets = isForgetful && message is Read && world.Random.Chance(0.05);
            world.Send(from, new Answer(forgets ? _before : _value));
        }
    }

    sealed class Client(IClientWorld world) : IClient
    {
        public async ValueTask<Completion> Invoke(Invocation invocation)
        {
            Message request = invocation.Function == Functions.Read ? new Read()
                : new Write(invocation.Input);
            var answer = await world.Call(world.Nodes[0], request, TimeSpan.FromSeconds(1));
            return answer switch
            {
                Answer { Value: var value } => Completion.Ok(value),
                _ => Completion.Info("timeout"),
            };
        }
    }

    sealed class Workload : IWorkload
    {
        long _next = 1;

        public Invocation Next(in Turn turn) => turn.Random.Chance(0.5)
            ? new Invocation(Functions.Read, Value.Nil, Value.Nil)
            : new Invocation(Functions.Write, Value.Nil, _next++);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [new(Functions.Read, Value.Nil, Value.Nil)];
    }
}
