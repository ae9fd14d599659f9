using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Tests.HandDelivery;
using static Steelyard.Worlds.Consensus.MembershipChangeKind;

namespace Steelyard.Worlds.Tests.Consensus;

/// <summary>Leadership is handed over (thesis section 3.10).</summary>
public sealed class TransferTests
{
    [Fact]
    public void The_target_leads_at_once_while_the_old_leader_is_still_heard()
    {
        var cluster = MembershipTests.Leading(3);
        var outcome = cluster.Change(0, Transfer, 1);
        cluster.DeliverAmong(0, 1, 2);
        Assert.Equal(MembershipOutcome.Done, outcome());
        Assert.True(cluster[1].Raft.IsLeader);
        Assert.Equal(2, cluster[1].Raft.Term);
        Assert.False(cluster[0].Raft.IsLeader);
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), false)]
    [InlineData(nameof(RaftBug.TransferToStale), true)]
    public void The_target_is_told_when_it_has_all_of_the_log(string bug, bool isToldAtOnce)
    {
        var cluster = MembershipTests.Leading(3, bug: bug);
        cluster.Propose(0, 5);
        cluster.Change(0, Transfer, 1);
        Assert.Equal(isToldAtOnce, cluster.Sent<TimeoutNow>(0, 1) is not null);
        cluster.Deliver(cluster.Between(0, 1).First());
        cluster.Deliver(cluster.Between(1, 0).First());
        Assert.NotNull(cluster.Sent<TimeoutNow>(0, 1));
    }

    [Fact]
    public void Proposals_wait_until_the_target_leads_or_is_given_up()
    {
        var cluster = MembershipTests.Leading(3);
        var outcome = cluster.Change(0, Transfer, 1);
        Assert.False(cluster[0].Raft.TakesProposals);
        Assert.Equal(MembershipOutcome.Busy, cluster.Change(0, Remove, 2)());
        cluster.Run(500, 0, 2);
        Assert.Equal(MembershipOutcome.TooSlow, outcome());
        Assert.True(cluster[0].Raft.TakesProposals);
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), 2)]
    [InlineData(nameof(RaftBug.StaleTimeoutNow), 3)]
    public void What_a_leader_of_an_earlier_term_says_is_not_heeded(string bug, long term)
    {
        var cluster = MembershipTests.Leading(3, bug: bug);
        cluster.Run(1000);
        cluster.Elect(1, 2);
        cluster.Tell(0, 2, new TimeoutNow(1));
        Assert.Equal(term, cluster[2].Raft.Term);
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), false)]
    [InlineData(nameof(RaftBug.TransferKeepsLease), true)]
    public void A_leader_that_told_another_to_stand_has_no_lease_any_more(string bug, bool answers)
    {
        var options = RaftSteps.WithBug(bug) with { LeaseReads = true };
        var cluster = RaftSteps.Cluster(3, options);
        cluster.Elect(0, 1, 2);
        cluster.Propose(0, 300);
        cluster.DeliverFrom(0, 1, 2);
        cluster.Change(0, Transfer, 1);
        cluster.Deliver(cluster.Between(0, 1).Single(letter => letter.Message is TimeoutNow));
        cluster.DeliverFrom(1, 2);
        Assert.True(cluster[1].Raft.IsLeader);
        cluster.Propose(1, 999);
        cluster.DeliverFrom(1, 2);
        Assert.Equal([300, 999], cluster[1].Numbers);
        Assert.Equal(answers ? true : null, cluster.Read(0)());
    }

    [Fact]
    public void A_transfer_that_was_given_up_does_not_bring_the_lease_back()
    {
        var cluster = RaftSteps.Cluster(3, new() { LeaseReads = true });
        cluster.Elect(0, 1, 2);
        cluster.Change(0, Transfer, 1);
        cluster.Run(500, 0, 2);
        Assert.True(cluster[0].Raft.TakesProposals);
        var read = cluster.Read(0);
        Assert.Null(read());
        cluster.DeliverAmong(0, 2);
        Assert.True(read());
    }
}
