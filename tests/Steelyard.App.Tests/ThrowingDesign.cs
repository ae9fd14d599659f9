using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.App.Tests;

/// <summary>A user's design whose node gives up after a second, and that prints where it should
/// not.</summary>
public sealed class ThrowingDesign : IDesign
{
    public string Name => "throwing";

    public string Summary => "A node that throws.";

    public string Story => "It throws after a second.";

    public IReadOnlyList<DesignOption> Options { get; } = [DesignOption.Flag("quiet", "throws nothing")];

    public Scenario Build(DesignOptions options) => new()
    {
        Design = Name,
        Summary = Summary,
        Load = new()
        {
            CreateWorkload = () => new Nothing(), Clients = 1, Duration = TimeSpan.FromSeconds(2),
        },
        Cluster = Topology.Of(("here", 1)),
        Deployment = new SimulatedDeployment
        {
            CreateNode = world => new Thrower(world, options.Flag("quiet")),
            CreateClient = _ => new Nobody(),
        },
    };

    sealed class Thrower(INodeWorld world, bool isQuiet) : INode
    {
        public void Start()
        {
            Console.WriteLine("a line of the design's own");
            if (!isQuiet)
                world.SetTimer(TimeSpan.FromSeconds(1), Throw);
        }

        public void Receive(NodeId from, Message message)
        {
        }

        static void Throw() => throw new KeyNotFoundException("no such account");
    }

    sealed class Nobody : IClient
    {
        public ValueTask<Completion> Invoke(Invocation invocation) => new(Completion.Ok(Value.Nil));
    }

    sealed class Nothing : IWorkload
    {
        public Invocation Next(in Turn turn) => new("ask", Value.Nil, Value.Nil);

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }
}
