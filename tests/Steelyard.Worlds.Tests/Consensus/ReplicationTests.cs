using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Tests.HandDelivery;

namespace Steelyard.Worlds.Tests.Consensus;

public sealed class ReplicationTests
{
    static readonly TimeSpan s_never = TimeSpan.FromDays(-1);

    [Fact]
    public void What_a_quorum_has_is_applied_everywhere_once()
    {
        var cluster = RaftSteps.Cluster(3);
        cluster.Elect(0, 1, 2);
        for (var number = 1; number <= 250; number++)
        {
            cluster.Propose(0, number);
            cluster.DeliverAmong(0, 1, 2);
        }

        cluster.Run(300, 0, 1, 2);
        for (var server = 0; server < 3; server++)
            Assert.Equal(Enumerable.Range(1, 250).Select(number => (long)number), cluster[server].Numbers);
    }

    [Fact]
    public void A_follower_commits_nothing_beyond_what_it_knows_to_be_the_leaders()
    {
        // It has two entries of a leader that is gone, of which the new one has none.
        var cluster = RaftSteps.Cluster(3);
        cluster.Tell(0, 2, Append(1, 0, 0, commit: 0, [1, 1, 1], 1));
        cluster.Letters.Clear();
        cluster.Tell(1, 2, Append(2, 1, 1, commit: 3, [], 1));
        Assert.Equal(1, cluster[2].Raft.CommitIndex);
        Assert.Single(cluster[2].Numbers);
    }

    [Fact]
    public void A_late_reply_of_an_earlier_term_commits_nothing()
    {
        var cluster = RaftSteps.Cluster(3);
        cluster.Elect(0, 1);
        cluster.Propose(0, 1);
        cluster.Propose(0, 2);
        cluster.Letters.Clear();
        cluster.Run(900);
        Assert.False(cluster[0].Raft.IsLeader);
        cluster.Elect(0, 2);
        var commit = cluster[0].Raft.CommitIndex;
        cluster.Propose(0, 3);
        cluster.Tell(1, 0, new AppendReply(
            1, Success: true, cluster[0].Raft.LastIndex, new(1, TimeSpan.Zero), s_never, CanVote: true));
        Assert.Equal(commit, cluster[0].Raft.CommitIndex);
    }

    [Fact]
    public void A_late_reply_of_an_earlier_term_confirms_no_read()
    {
        var cluster = RaftSteps.Cluster(3, new() { LeaseReads = true });
        cluster.Elect(0, 1, 2);
        cluster.Run(900);
        cluster.Elect(0, 1, 2);
        cluster.Advance(290);
        cluster.Letters.Clear();
        var read = cluster.Read(0);
        cluster.Tell(1, 0, new AppendReply(
            1, Success: true, 1, new(1000, cluster.Now), s_never, CanVote: true));
        Assert.Null(read());
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), 0)]
    [InlineData(nameof(RaftBug.CommitOldTerm), 1)]
    public void Copies_of_an_earlier_terms_entry_do_not_commit_it(string bug, long commit)
    {
        // The situation of figure 3.7 of the thesis, (c): an old entry reaches a majority.
        var cluster = RaftSteps.Cluster(3, RaftSteps.WithBug(bug));
        cluster.Tell(0, 1, Append(1, 0, 0, commit: 0, [1], 1));
        cluster.Win(1, 2);
        cluster.Tell(0, 1, new AppendReply(2, Success: true, 1, new(1, s_never), s_never, CanVote: true));
        Assert.Equal(commit, cluster[1].Raft.CommitIndex);
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), true)]
    [InlineData(nameof(RaftBug.AckBeforeSync), false)]
    public void Entries_are_acknowledged_when_the_disk_has_them(string bug, bool waits)
    {
        var cluster = RaftSteps.Cluster(3, RaftSteps.WithBug(bug));
        cluster.DiskOf(2).IsHeld = true;
        cluster.Tell(0, 2, Append(1, 0, 0, commit: 0, [1], 1));
        Assert.Equal(waits, cluster.Sent<AppendReply>(2, 0) is null);
    }

    [Fact]
    public void What_another_leader_overwrote_does_not_count_as_saved()
    {
        var cluster = RaftSteps.Cluster(3);
        cluster.Tell(0, 1, Append(1, 0, 0, commit: 0, [1, 1, 1, 1], 1));
        cluster.Tell(2, 1, Append(2, 0, 0, commit: 0, [2], 1));
        cluster.Win(1, 2);
        cluster.Letters.Clear();
        cluster.DiskOf(1).IsHeld = true;
        cluster.Propose(1, 9);
        cluster.Tell(2, 1, new AppendReply(
            3, Success: true, 3, new(1, s_never), s_never, CanVote: true));
        Assert.Equal(2, cluster[1].Raft.CommitIndex);
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), false)]
    [InlineData(nameof(RaftBug.EarlyRead), true)]
    public void A_new_leader_answers_no_read_before_it_has_committed_an_entry_of_its_term(
        string bug, bool isEarly)
    {
        var cluster = RaftSteps.Cluster(3, RaftSteps.WithBug(bug));
        cluster.Elect(0, 1);
        cluster.Propose(0, 5);
        cluster.DeliverFrom(0, 1);
        Assert.Equal([5], cluster[0].Numbers);
        cluster.Win(1, 2);
        cluster.Letters.Clear();
        var read = cluster.Read(1);
        cluster.Advance(100);
        // One that lacks what comes before says so, and by that says too that it follows.
        cluster.Deliver(cluster.Between(1, 2).First());
        cluster.Deliver(cluster.Between(2, 1).First());
        Assert.Equal(isEarly ? true : null, read());
        Assert.Empty(cluster[1].Numbers);
        cluster.DeliverAmong(1, 2);
        Assert.True(read());
        Assert.Equal([5], cluster[1].Numbers);
    }

    [Fact]
    public void What_was_proposed_and_not_applied_is_given_up_when_the_leader_steps_down()
    {
        var cluster = RaftSteps.Cluster(3);
        cluster.Elect(0, 1);
        cluster.Propose(0, 1);
        cluster.Letters.Clear();
        cluster.Elect(1, 2);
        cluster.Propose(1, 2);
        cluster.Run(400, 0, 1, 2);
        Assert.Equal(1, cluster[0].StepDowns);
        Assert.Equal([2], cluster[0].Numbers);
    }

    [Theory]
    [InlineData(Acknowledgement.Quorum, 0, 0)]
    [InlineData(Acknowledgement.LeaderDisk, 1, 0)]
    [InlineData(Acknowledgement.LeaderMemory, 1, 1)]
    public void An_entry_is_applied_when_as_many_have_it_as_was_asked_for(
        Acknowledgement acknowledgement, int onDisk, int inMemory)
    {
        var cluster = RaftSteps.Cluster(3, new() { Acknowledgement = acknowledgement });
        cluster.Elect(0, 1, 2);
        cluster.DiskOf(0).IsHeld = true;
        cluster.Propose(0, 5);
        Assert.Equal(inMemory, cluster[0].Numbers.Count());
        cluster.DiskOf(0).IsHeld = false;
        cluster.Do(() => { });
        Assert.Equal(onDisk, cluster[0].Numbers.Count());
        cluster.DeliverAmong(0, 1, 2);
        Assert.Equal([5], cluster[0].Numbers);
    }

    [Fact]
    public void What_was_applied_before_a_quorum_had_it_is_taken_back_when_another_leader_goes_on_without_it()
    {
        var cluster = RaftSteps.Cluster(3, new() { Acknowledgement = Acknowledgement.LeaderDisk });
        cluster.Elect(0, 1, 2);
        cluster.Propose(0, 5);
        Assert.Equal([5], cluster[0].Numbers);
        cluster.Letters.Clear();
        cluster.Elect(1, 2);
        cluster.Propose(1, 6);
        cluster.Run(400, 0, 1, 2);
        Assert.Equal(1, cluster[0].TakenBack);
        Assert.Equal([6], cluster[0].Numbers);
    }

    [Fact]
    public void A_server_that_starts_again_has_what_it_acknowledged()
    {
        var cluster = RaftSteps.Cluster(3, new() { SnapshotEvery = 4 });
        cluster.Elect(0, 1, 2);
        for (var number = 1; number <= 10; number++)
        {
            cluster.Propose(0, number);
            cluster.DeliverAmong(0, 1, 2);
        }

        var last = cluster[1].Raft.LastIndex;
        cluster.Crash(1);
        cluster.Restart(1);
        Assert.Equal(last, cluster[1].Raft.LastIndex);
        cluster.Run(300, 0, 1, 2);
        Assert.Equal(cluster[0].Numbers, cluster[1].Numbers);
    }

    [Fact]
    public void A_server_that_lost_its_disk_gets_a_snapshot_and_never_votes_or_counts()
    {
        var cluster = RaftSteps.Cluster(3, new() { SnapshotEvery = 4 });
        cluster.Elect(0, 1, 2);
        for (var number = 1; number <= 10; number++)
        {
            cluster.Propose(0, number);
            cluster.DeliverAmong(0, 1, 2);
        }

        cluster.Crash(2);
        cluster.DiskOf(2).LoseJournal();
        cluster.Restart(2);
        cluster.Run(300, 0, 1, 2);
        Assert.Equal(cluster[0].Numbers, cluster[2].Numbers);
        cluster.Propose(0, 11);
        cluster.DeliverAmong(0, 2);
        Assert.Equal(10, cluster[0].Numbers.Count());
        cluster.Run(1000);
        cluster.Tell(1, 2, new RequestVote(9, 100, 100));
        Assert.False(cluster.Sent<VoteReply>(2, 1)!.Granted);
    }

    static AppendEntries Append(
        long term, long previous, long previousTerm, long commit, long[] terms, long number) => new(
        term, previous, previousTerm,
        [.. terms.Select(one => new RaftEntry(one, new NumberNode.Number(one)))],
        commit, commit, new(number, TimeSpan.Zero), s_never, TimeSpan.Zero);
}
