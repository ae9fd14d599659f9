using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Tests.Requests;

public sealed class RetryingClientTests
{
    [Fact]
    public void A_replica_whose_answer_was_lost_is_asked_for_its_state_again()
    {
        var scenario = new Scenario
        {
            Design = "replica",
            Summary = "one replica whose first answer is lost",
            Cluster = Topology.Of(("east", 2)),
            Deployment = new SimulatedDeployment
            {
                CreateNode = world => new Forgetful(world),
                CreateClient = world => new RetryingClient(world, new() { IsRead = _ => false }),
            },
            Load = new()
            {
                CreateWorkload = () => new StatesOnly(),
                Clients = 1,
                Arrivals = Arrivals.None,
                Duration = TimeSpan.FromSeconds(1),
            },
        };

        var run = new SimulatedWorld().Execute(scenario, FaultPlan.None, new(1), RunControl.None);

        Assert.Equal(
            ["n1", "n2"], run.History.Operations.Where(operation => operation.Outcome == Outcome.Ok)
                .Select(operation => operation.Output.AsText));
    }

    // Its first answer is lost; it answers no other way, so nobody else can have answered for it.
    sealed class Forgetful(INodeWorld world) : INode
    {
        bool _asked;

        public void Start()
        {
        }

        public void Receive(NodeId from, Message message)
        {
            if (_asked)
                world.Send(from, new Answer(Completion.Ok(world.Name), 0));
            _asked = true;
        }
    }

    sealed class StatesOnly : IWorkload
    {
        public Invocation Next(in Turn turn) => throw new InvalidOperationException("nothing arrives");

        public IEnumerable<Invocation> FinalReads(Turn turn) =>
            turn.Nodes.Select(node => new Invocation(Functions.ReplicaState, Value.Nil, Value.Nil, node));
    }
}
