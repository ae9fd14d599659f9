using Steelyard.Designs.Quorum;
using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Tests.Requests;

/// <summary>The network doubles a request: one life of a node takes the first copy and ends, the next one is
/// asked by the other.</summary>
public sealed class NewLifeTests
{
    [Theory]
    [InlineData(1, Outcome.Fail)]
    [InlineData(2, Outcome.Info)]
    public void A_refusal_is_final_only_if_no_life_before_can_have_taken_the_request(
        long lives, Outcome outcome) =>
        AssertOutcome(lives, outcome, world => new RetryingClient(world, new() { IsRead = _ => false }));

    [Theory]
    [InlineData(1, Outcome.Fail)]
    [InlineData(2, Outcome.Info)]
    public void A_version_that_was_refused_may_have_been_made_by_the_life_before(
        long lives, Outcome outcome) =>
        AssertOutcome(
            lives, outcome,
            world => new QuorumClient(world, new() { N = 1, Resolution = VersionResolution.Dotted }));

    static void AssertOutcome(long lives, Outcome expected, Func<IClientWorld, IClient> createClient)
    {
        var scenario = new Scenario
        {
            Design = "node",
            Summary = "a node that is born anew while the first write is on its way, and then refuses",
            Cluster = Topology.Of(("east", 1)),
            Deployment = new SimulatedDeployment
            {
                CreateNode = world => new Refusing(world, lives), CreateClient = createClient,
            },
            Load = new() { CreateWorkload = () => new OneWrite(), Clients = 1, Arrivals = Arrivals.None },
        };

        var run = new SimulatedWorld().Execute(scenario, FaultPlan.None, new(1), RunControl.None);

        Assert.Equal(expected, Assert.Single(run.History.Operations).Outcome);
    }

    sealed class Refusing(INodeWorld world, long lives) : INode
    {
        long _life;

        public void Start()
        {
        }

        public void Receive(NodeId from, Message message) =>
            world.Send(from, _life < lives ? new NewHere(++_life) : new Refusal("no leader"));
    }

    sealed class OneWrite : IWorkload
    {
        public Invocation Next(in Turn turn) => throw new InvalidOperationException("nothing arrives");

        public IEnumerable<Invocation> FinalReads(Turn turn) => [new("write", Value.Nil, 1)];
    }
}
