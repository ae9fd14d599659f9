using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Tests.Report;

/// <summary>
/// A design small enough to reason about: three nodes, of which the first holds a register; the others pass
/// requests on to it. When the sites are cut apart, who stands in the west waits in vain.
/// </summary>
internal sealed class TwoSites : IDesign
{
    public string Name => "two-sites";

    public string Summary => "One register in the east, asked from both sites.";

    public string Story => "Whoever cannot reach the east waits in vain.";

    public IReadOnlyList<DesignOption> Options { get; } = [DesignOption.Flag("polite", "Says please.")];

    public Scenario Build(DesignOptions options) => new()
    {
        Design = Name,
        Summary = "one register, two sites",
        Cluster = Topology.Of(("east", 2), ("west", 1)),
        Deployment = new SimulatedDeployment
        {
            CreateNode = world => new Node(world),
            CreateClient = world => new Client(world),
        },
        Load = new()
        {
            CreateWorkload = () => new Workload(),
            Clients = 3,
            RatePerSecond = 50,
            Duration = TimeSpan.FromSeconds(12),
            Settle = TimeSpan.FromSeconds(1),
        },
    };

    public static FaultPlan Partition { get; } = new([
        new PartitionFault
        {
            At = TimeSpan.FromSeconds(4), For = TimeSpan.FromSeconds(4), Groups = [["n1", "n2"], ["n3"]],
        }]);

    sealed record Ask(Value Write) : Message;

    sealed record Answer(Value Value) : Message;

    sealed class Node(INodeWorld world) : INode, IShowsState
    {
        Value _value;

        public void Start()
        {
        }

        public void Receive(NodeId from, Message message)
        {
            if (message is not Ask ask)
                throw new UnexpectedMessageException(world.Self, from, message);
            if (world.Self.Index == 0)
                world.Send(from, new Answer(_value = ask.Write.IsNil ? _value : ask.Write));
            else
                _ = PassOn(from, ask);
            if (world.IsTraced)
                world.Trace("asked");
        }

        // Only the first node keeps anything.
        public void ShowState(StateSheet sheet)
        {
            if (world.Self.Index == 0)
                sheet.Add("value", _value.IsNil ? 0 : _value.AsInteger);
        }

        async ValueTask PassOn(NodeId from, Ask ask)
        {
            if (await world.Call(world.Nodes[0], ask, TimeSpan.FromSeconds(1)) is { } answer)
                world.Send(from, answer);
        }
    }

    sealed class Client(IClientWorld world) : IClient
    {
        public async ValueTask<Completion> Invoke(Invocation invocation) =>
            await world.Call(world.Home, new Ask(invocation.Input), TimeSpan.FromSeconds(1)) is Answer answer
                ? Completion.Ok(answer.Value)
                : Completion.Info("timeout");
    }

    sealed class Workload : IWorkload
    {
        long _next;

        public Invocation Next(in Turn turn) => turn.Random.Chance(0.5)
            ? new Invocation(Functions.Write, Value.Nil, ++_next)
            : new Invocation(Functions.Read, Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [new(Functions.Read, Value.Nil, Value.Nil)];
    }
}
