using Steelyard.Designs.Raft;
using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Tests.Raft;

/// <summary>One member among silent ones, asked for its vote by two candidates, with a crash in
/// between.</summary>
public sealed class VoteTests
{
    const string Vote = "vote";

    static readonly RecordedWorkload s_onceEach = new(
        [new(0, 0, new(Vote, Value.Nil, 1)), new(100_000_000, 1, new(Vote, Value.Nil, 2))]);

    [Fact]
    public void A_member_that_starts_again_remembers_its_vote() =>
        Assert.Equal([true, false], VotesOf(RaftBug.None));

    [Fact]
    public void A_member_that_keeps_its_vote_in_memory_votes_again_after_a_crash() =>
        Assert.Equal([true, true], VotesOf(RaftBug.ForgetVote));

    [Fact]
    public void A_member_that_does_not_look_at_its_vote_votes_twice() =>
        Assert.Equal([true, true], VotesOf(RaftBug.TwoVotesPerTerm));

    static bool[] VotesOf(RaftBug bug)
    {
        var options = new RaftOptions { Bug = bug };
        var crash = new CrashFault
        {
            At = TimeSpan.FromSeconds(4),
            For = TimeSpan.FromSeconds(1),
            Nodes = ["n1"],
        };
        var scenario = new Scenario
        {
            Design = "votes",
            Summary = "one member and two candidates",
            Cluster = Topology.Of(("east", 3)),
            Deployment = new SimulatedDeployment
            {
                CreateNode = world => world.Name == "n1"
                    ? new RaftNode(world, () => new Registers(), options)
                    : new Silent(),
                CreateClient = world => new Candidate(world),
            },
            Load = new()
            {
                CreateWorkload = s_onceEach.CreateWorkload,
                Arrivals = s_onceEach.Arrivals,
                Clients = 2,
                Duration = TimeSpan.FromSeconds(10),
            },
        };
        var history = new SimulatedWorld().Execute(scenario, new([crash]), new(1), RunControl.None).History;
        return [.. history.Operations.Select(operation => operation.Output.AsBoolean)];
    }

    sealed class Silent : INode
    {
        public void Start()
        {
        }

        public void Receive(NodeId from, Message message)
        {
        }
    }

    // The second candidate asks after the crash.
    sealed class Candidate(IClientWorld world) : IClient
    {
        public async ValueTask<Completion> Invoke(Invocation invocation)
        {
            if (invocation.Input == 2)
                await world.Delay(TimeSpan.FromSeconds(7));
            var request = new RequestVote(Term: 100, LastIndex: 0, LastTerm: 0);
            var reply = await world.Call(world.Nodes[0], request, TimeSpan.FromSeconds(1));
            return Completion.Ok(Value.Of(reply is VoteReply { Granted: true }));
        }
    }
}
