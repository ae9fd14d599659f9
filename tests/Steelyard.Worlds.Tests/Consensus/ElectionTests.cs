using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Tests.HandDelivery;

namespace Steelyard.Worlds.Tests.Consensus;

public sealed class ElectionTests
{
    [Fact]
    public void A_follower_that_hears_heartbeats_never_stands()
    {
        var cluster = RaftSteps.Cluster(3);
        cluster.Elect(0, 1, 2);
        for (var i = 0; i < 1000; i++)
        {
            cluster.Advance(10);
            Assert.DoesNotContain(cluster.Letters, letter => letter.Message is PreVote or RequestVote);
            cluster.DeliverAmong(0, 1, 2);
        }

        Assert.Equal(1, cluster[0].Raft.Term);
        Assert.True(cluster[0].Raft.IsLeader);
    }

    [Fact]
    public void A_vote_is_told_when_the_disk_has_it_and_not_before()
    {
        var cluster = RaftSteps.Cluster(3);
        cluster.DiskOf(1).IsHeld = true;
        cluster.Tell(0, 1, new RequestVote(1, 0, 0));
        Assert.Null(cluster.Sent<VoteReply>(1, 0));
        cluster.DiskOf(1).IsHeld = false;
        cluster.Do(() => { });
        Assert.True(cluster.Sent<VoteReply>(1, 0)!.Granted);
    }

    [Fact]
    public void A_vote_that_was_told_outlives_a_crash()
    {
        var cluster = RaftSteps.Cluster(3);
        cluster.Tell(0, 1, new RequestVote(1, 0, 0));
        Assert.True(cluster.Sent<VoteReply>(1, 0)!.Granted);
        cluster.Crash(1);
        cluster.Restart(1);
        cluster.Tell(2, 1, new RequestVote(1, 0, 0));
        Assert.False(cluster.Sent<VoteReply>(1, 2)!.Granted);
        cluster.Letters.Clear();
        cluster.Tell(0, 1, new RequestVote(1, 0, 0));
        Assert.True(cluster.Sent<VoteReply>(1, 0)!.Granted);
    }

    [Fact]
    public void A_candidate_asks_for_votes_when_its_own_is_on_disk()
    {
        var cluster = RaftSteps.Cluster(3);
        while (!cluster.Letters.Exists(letter => letter.From.Index == 0))
            cluster.Advance(10);
        cluster.DiskOf(0).IsHeld = true;
        cluster.DeliverFrom(0, 1);
        Assert.Equal(1, cluster[0].Raft.Term);
        Assert.False(cluster[0].Raft.IsLeader);
        cluster.Advance(250);
        Assert.DoesNotContain(cluster.Letters, letter => letter.Message is RequestVote);
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), false)]
    [InlineData(nameof(RaftBug.VoteForStaleLog), true)]
    public void A_server_whose_log_is_behind_gets_no_vote(string bug, bool isGranted)
    {
        var cluster = RaftSteps.Cluster(3, RaftSteps.WithBug(bug));
        cluster.Elect(0, 1);
        cluster.Propose(0, 7);
        cluster.DeliverFrom(0, 1);
        cluster.Run(1000);
        cluster.Tell(2, 1, new RequestVote(5, 1, 1));
        Assert.Equal(isGranted, cluster.Sent<VoteReply>(1, 2)!.Granted);
    }

    [Fact]
    public void A_leader_that_hears_no_quorum_steps_down()
    {
        var cluster = RaftSteps.Cluster(3);
        cluster.Elect(0, 1, 2);
        var read = cluster.Read(0);
        cluster.Run(500);
        Assert.True(cluster[0].Raft.IsLeader);
        cluster.Run(300);
        Assert.False(cluster[0].Raft.IsLeader);
        Assert.Equal(1, cluster[0].StepDowns);
        Assert.False(read());
    }

    [Fact]
    public void A_server_that_was_cut_off_does_not_disturb_the_leader_when_it_comes_back()
    {
        var cluster = RaftSteps.Cluster(3);
        cluster.Elect(0, 1, 2);
        cluster.Run(3000, 0, 1);
        Assert.Equal(1, cluster[2].Raft.Term);
        cluster.Run(1000, 0, 1, 2);
        Assert.True(cluster[0].Raft.IsLeader);
        Assert.Equal(1, cluster[0].Raft.Term);
        Assert.Equal(0, cluster[0].StepDowns);
    }
}
