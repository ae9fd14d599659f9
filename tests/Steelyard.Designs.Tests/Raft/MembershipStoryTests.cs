using Steelyard.Designs.Tests.Hunts;
using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Raft;

/// <summary>Servers are replaced while clients write and read.</summary>
public sealed class MembershipStoryTests
{
    [Theory]
    [InlineData("register --story membership")]
    [InlineData("register --story membership --lease")]
    [InlineData("kv --story membership")]
    [InlineData("bank --story membership")]
    public void While_servers_are_replaced_all_promises_hold(string command)
    {
        var scenario = DesignHunt.Scenario(command);
        for (var seed = 0UL; seed < 3; seed++)
        {
            var history = DesignHunt.Story(scenario, seed).History;
            Assert.All(
                scenario.Promises.Expectations,
                checker => Assert.Equal(Validity.Valid, checker.Check(history).Validity));
            Assert.All(
                history.Faults.Where(fault => fault.Phase == FaultPhase.Start),
                fault => Assert.True(fault.HadEffect, fault.Description));
        }
    }

    [Fact]
    public void Those_who_were_there_first_are_gone_at_the_end_and_their_substitutes_have_the_state()
    {
        var history = DesignHunt.Story(DesignHunt.Scenario("register --story membership"), 1).History;
        var states = history.Operations
            .Where(operation => operation.Function == Functions.ReplicaState)
            .ToDictionary(operation => operation.Key.AsText, operation => operation.Outcome);
        Assert.Equal(Outcome.Fail, states["n1"]);
        Assert.Equal(Outcome.Fail, states["n2"]);
        Assert.All(["n3", "n4", "n5"], name => Assert.Equal(Outcome.Ok, states[name]));
    }

    [Theory]
    [InlineData("register --story membership")]
    [InlineData("register --story membership --lease")]
    [InlineData("kv --story membership")]
    public void Under_all_faults_and_any_changes_all_promises_hold(string command) =>
        DesignHunt.FindsNothing(command, DesignHunt.IsLong ? 2000UL : 8);

    [Fact]
    public void A_learner_that_counts_is_found() =>
        DesignHunt.Finds("register --story membership --bug learner-counts", "linearizable", 10, from: 880);

    [Theory]
    [InlineData(
        "register --story membership --replication quorum",
        "--story membership: expected --replication raft, found quorum")]
    [InlineData(
        "register --bug learner-counts",
        "--bug learner-counts: expected --story membership, found partition")]
    [InlineData(
        "bank --story membership --replication async",
        "--story membership: expected --replication raft and 2 nodes or more, found async and 5")]
    public void It_is_told_of_clusters_that_can_be_changed_only(string command, string line)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => DesignHunt.Scenario(command));
        Assert.Equal(line, mistake.Message);
    }

    [Fact]
    public void A_plan_that_changes_a_cluster_which_cannot_be_changed_is_refused()
    {
        var scenario = DesignHunt.Scenario("register --replication quorum");
        var fault = new MembershipFault
        {
            At = TimeSpan.FromSeconds(1),
            Change = MembershipChangeKind.Remove,
            Nodes = ["n1"],
        };
        var mistake = Assert.Throws<UserMistakeException>(() => new SimulatedWorld().Execute(
            scenario, new([fault]), new(1), RunControl.None));
        Assert.Contains("cluster that can be changed", mistake.Message, StringComparison.Ordinal);
    }
}
