using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Tests.HandDelivery;

namespace Steelyard.Worlds.Tests.Consensus;

public sealed class MembershipTests
{
    [Fact]
    public void A_new_server_counts_once_it_has_caught_up()
    {
        var cluster = Leading(3, spare: 1);
        Propose(cluster, 20);
        var outcome = cluster.Change(0, MembershipChangeKind.AddVoter, 3);
        Assert.False(cluster[0].Raft.Configuration.Names(new(3)));
        cluster.DeliverAmong(0, 3);
        Assert.Contains(new(3), cluster[0].Raft.Configuration.Voters);
        Assert.Null(outcome());
        cluster.Run(300, 0, 1, 2, 3);
        Assert.Equal(MembershipOutcome.Done, outcome());
        Assert.Equal(cluster[0].Numbers, cluster[3].Numbers);
        Assert.True(cluster[3].Raft.IsMember);
    }

    [Fact]
    public void A_new_server_that_is_down_is_not_added()
    {
        var cluster = Leading(3, spare: 1);
        var outcome = cluster.Change(0, MembershipChangeKind.AddVoter, 3);
        cluster.Run(3500, 0, 1, 2);
        Assert.Equal(MembershipOutcome.TooSlow, outcome());
        Assert.Equal(3, cluster[0].Raft.Configuration.Voters.Count);
        Assert.True(cluster[0].Raft.IsLeader);
    }

    [Fact]
    public void A_new_server_that_is_never_nearly_up_to_date_is_given_up_after_ten_rounds()
    {
        var cluster = Leading(3, spare: 1);
        var outcome = cluster.Change(0, MembershipChangeKind.AddVoter, 3);
        var rounds = 0;
        for (; outcome() is null && rounds < 50; rounds++)
        {
            Propose(cluster, 1);
            cluster.Run(310, 0, 1, 2);
            cluster.Advance(100);
            cluster.DeliverAmong(0, 3);
            cluster.DeliverAmong(0, 1, 2);
        }

        Assert.Equal(MembershipOutcome.TooSlow, outcome());
        Assert.InRange(rounds, 10, 11);
        Assert.False(cluster[0].Raft.Configuration.Names(new(3)));
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), false)]
    [InlineData(nameof(RaftBug.LearnerCounts), true)]
    public void What_a_learner_has_does_not_commit(string bug, bool isCommitted)
    {
        var cluster = Leading(3, spare: 1, bug);
        var outcome = cluster.Change(0, MembershipChangeKind.AddLearner, 3);
        cluster.Run(300, 0, 1, 2, 3);
        Assert.Equal(MembershipOutcome.Done, outcome());
        cluster.Propose(0, 5);
        cluster.DeliverAmong(0, 3);
        Assert.Equal(isCommitted, cluster[0].Numbers.Any());
        cluster.Run(300, 0, 1, 2, 3);
        Assert.Equal([5], cluster[3].Numbers);
    }

    [Fact]
    public void A_learner_never_stands_and_becomes_a_voter_when_it_is_added_as_one()
    {
        var cluster = Leading(3, spare: 1);
        cluster.Change(0, MembershipChangeKind.AddLearner, 3);
        cluster.Run(300, 0, 1, 2, 3);
        cluster.Advance(2000);
        var asked = cluster.Between(3, 0).Concat(cluster.Between(3, 1));
        Assert.DoesNotContain(asked, letter => letter.Message is RequestVote);
        cluster.Elect(0, 1, 2, 3);
        var outcome = cluster.Change(0, MembershipChangeKind.AddVoter, 3);
        cluster.Run(300, 0, 1, 2, 3);
        Assert.Equal(MembershipOutcome.Done, outcome());
        Assert.Empty(cluster[0].Raft.Configuration.Learners);
        Assert.Equal(4, cluster[1].Raft.Configuration.Voters.Count);
    }

    [Fact]
    public void A_removed_server_learns_of_it_and_leaves_the_others_alone()
    {
        var cluster = Leading(3);
        var outcome = cluster.Change(0, MembershipChangeKind.Remove, 2);
        cluster.Run(3000, 0, 1, 2);
        Assert.Equal(MembershipOutcome.Done, outcome());
        Assert.False(cluster[2].Raft.IsMember);
        Assert.Equal(1, cluster[2].Raft.Term);
        cluster.Advance(1000);
        Assert.DoesNotContain(cluster.Letters, letter => letter.From.Index == 2 || letter.To.Index == 2);
    }

    [Fact]
    public void A_server_that_was_removed_while_it_was_cut_off_is_told_when_it_asks()
    {
        var cluster = Leading(3);
        cluster.Change(0, MembershipChangeKind.Remove, 2);
        cluster.Run(6000, 0, 1);
        Assert.True(cluster[2].Raft.IsMember);
        cluster.Run(1000, 0, 1, 2);
        Assert.False(cluster[2].Raft.IsMember);
        Assert.Equal(1, cluster[0].Raft.Term);
        Assert.True(cluster[0].Raft.IsLeader);
        cluster.Advance(1000);
        Assert.DoesNotContain(cluster.Letters, letter => letter.From.Index == 2);
    }

    [Fact]
    public void A_voter_is_removed_only_when_those_who_stay_are_heard()
    {
        var cluster = Leading(3);
        cluster.Run(1000, 0, 1);
        Assert.Equal(MembershipOutcome.Unsafe, cluster.Change(0, MembershipChangeKind.Remove, 1)());
        Assert.Equal(MembershipOutcome.Unsafe, cluster.Change(0, MembershipChangeKind.Remove, 0)());
        var outcome = cluster.Change(0, MembershipChangeKind.Remove, 2);
        cluster.Run(300, 0, 1);
        Assert.Equal(MembershipOutcome.Done, outcome());
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), false)]
    [InlineData(nameof(RaftBug.RemovedLeaderCounts), true)]
    public void A_leader_that_removes_itself_does_not_count_itself(string bug, bool isCommitted)
    {
        var cluster = Leading(3, bug: bug);
        var outcome = cluster.Change(0, MembershipChangeKind.Remove, 0);
        cluster.DeliverAmong(0, 1);
        Assert.Equal(isCommitted, outcome() is not null);
    }

    [Fact]
    public void A_leader_that_removes_itself_leads_until_the_others_can_do_without_it()
    {
        var cluster = Leading(3);
        var outcome = cluster.Change(0, MembershipChangeKind.Remove, 0);
        Assert.True(cluster[0].Raft.IsLeader);
        cluster.DeliverAmong(0, 1, 2);
        Assert.Equal(MembershipOutcome.Done, outcome());
        Assert.False(cluster[0].Raft.IsLeader);
        cluster.Run(1000, 0, 1, 2);
        Assert.False(cluster[0].Raft.IsMember);
        Assert.Single([1, 2], server => cluster[server].Raft.IsLeader);
        cluster.Advance(1000);
        Assert.DoesNotContain(cluster.Letters, letter => letter.From.Index == 0);
    }

    [Fact]
    public void Who_is_to_be_removed_may_still_stand_while_the_others_need_it()
    {
        // Only the leader has the entry that removes it, and the other has too little of the log to win.
        var cluster = Leading(2);
        cluster.Change(0, MembershipChangeKind.Remove, 0);
        cluster.Run(1000);
        cluster.Elect(0, 1);
        Assert.False(cluster[0].Raft.IsLeader);
        cluster.Run(1000, 0, 1);
        Assert.True(cluster[1].Raft.IsLeader);
        Assert.Equal([new NodeId(1)], cluster[1].Raft.Configuration.Voters);
    }

    [Fact]
    public void A_change_that_another_leader_overwrites_was_never_in_force()
    {
        var cluster = Leading(3, spare: 1);
        var outcome = cluster.Change(0, MembershipChangeKind.AddVoter, 3);
        cluster.DeliverAmong(0, 3);
        cluster.Letters.Clear();
        cluster.Elect(1, 2);
        cluster.Run(500, 0, 1, 2, 3);
        Assert.Equal(MembershipOutcome.Lost, outcome());
        Assert.False(cluster[0].Raft.Configuration.Names(new(3)));
    }

    [Fact]
    public void A_snapshot_and_a_restart_keep_the_cluster_as_it_was()
    {
        var cluster = Leading(3, spare: 2);
        Propose(cluster, 130);
        cluster.Change(0, MembershipChangeKind.AddVoter, 3);
        cluster.Run(500, 0, 1, 2, 3);
        Propose(cluster, 130);
        cluster.Run(500, 0, 1, 2, 3);
        cluster.Crash(3);
        cluster.Restart(3);
        Assert.Equal("voters #0 #1 #2 #3", cluster[3].Raft.Configuration.ToString());
        cluster.Change(0, MembershipChangeKind.AddLearner, 4);
        cluster.Run(500, 0, 1, 2, 3, 4);
        Assert.Equal("voters #0 #1 #2 #3, learners #4", cluster[4].Raft.Configuration.ToString());
        Assert.Equal(cluster[0].Numbers, cluster[4].Numbers);
    }

    [Fact]
    public void A_change_that_would_change_nothing_or_leave_nobody_is_refused()
    {
        var cluster = Leading(1, spare: 1);
        Assert.Equal(MembershipOutcome.Unfit, cluster.Change(0, MembershipChangeKind.Remove, 0)());
        Assert.Equal(MembershipOutcome.Unfit, cluster.Change(0, MembershipChangeKind.Remove, 1)());
        Assert.Equal(MembershipOutcome.Unfit, cluster.Change(0, MembershipChangeKind.AddVoter, 0)());
        Assert.Equal(MembershipOutcome.Unfit, cluster.Change(0, MembershipChangeKind.Transfer, 1)());
        Assert.Equal(MembershipOutcome.NotLeader, cluster.Change(1, MembershipChangeKind.Remove, 0)());
    }

    internal static HandCluster<NumberNode> Leading(
        int servers, int spare = 0, string bug = nameof(RaftBug.None))
    {
        var cluster = RaftSteps.Cluster(servers, RaftSteps.WithBug(bug), spare);
        cluster.Elect(0, [.. Enumerable.Range(1, servers - 1)]);
        return cluster;
    }

    static void Propose(HandCluster<NumberNode> cluster, int numbers)
    {
        for (var number = 1; number <= numbers; number++)
        {
            cluster.Propose(0, number);
            cluster.DeliverAmong(0, 1, 2);
        }
    }
}
