using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Tests.HandDelivery;

namespace Steelyard.Worlds.Tests.Consensus;

/// <summary>A lease rests on what followers promise: to vote for nobody else for an election timeout after
/// they heard the leader (thesis section 6.4.1).</summary>
public sealed class LeaseTests
{
    const int A = 0;
    const int B = 1;
    const int C = 2;
    const int Y = 3;
    const int D = 4;

    [Fact]
    public void A_leader_answers_by_its_lease_without_a_round()
    {
        var cluster = Leading(new() { LeaseReads = true });
        cluster.Advance(200);
        Assert.True(cluster.Read(A)());
        cluster.Advance(80);
        Assert.Null(cluster.Read(A)());
    }

    [Fact]
    public void Without_leases_a_read_waits_for_a_quorum_that_was_asked_after_it()
    {
        var cluster = Leading(new());
        cluster.Advance(100);
        var heartbeats = cluster.Letters.ToList();
        var read = cluster.Read(A);
        foreach (var letter in heartbeats)
            cluster.Deliver(letter);
        foreach (var reply in cluster.Letters.Where(letter => letter.To.Index == A).Take(2).ToList())
            cluster.Deliver(reply);
        Assert.Null(read());
        cluster.DeliverAmong(A, B, C);
        Assert.True(read());
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), false)]
    [InlineData(nameof(RaftBug.StaleRead), true)]
    public void A_leader_without_a_lease_asks_before_it_answers(string bug, bool answersAtOnce)
    {
        var cluster = Leading(RaftSteps.WithBug(bug));
        Assert.Equal(answersAtOnce ? true : null, cluster.Read(A)());
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), false)]
    [InlineData(nameof(RaftBug.LeaseSkew), true)]
    public void A_wall_clock_that_jumps_makes_no_lease_longer(string bug, bool isLonger)
    {
        var cluster = Leading(RaftSteps.WithBug(bug) with { LeaseReads = true });
        cluster.ClockOf(A).WallOffset = TimeSpan.FromSeconds(-1);
        cluster.Advance(400);
        Assert.Equal(isLonger ? true : null, cluster.Read(A)());
    }

    [Fact]
    public void A_leader_whose_clock_lags_as_far_as_allowed_answers_no_longer_than_its_followers_wait()
    {
        var cluster = RaftSteps.Cluster(3, new() { LeaseReads = true });
        cluster.ClockOf(A).Rate = 0.91;
        cluster.Elect(A, B, C);
        cluster.Propose(A, 300);
        cluster.DeliverAmong(A, B, C);
        cluster.Advance(250);
        Assert.True(cluster.Read(A)());
        cluster.Advance(50);
        // By now both may vote for another.
        Assert.Null(cluster.Read(A)());
    }

    [Fact]
    public void A_follower_that_starts_again_keeps_the_lease_that_rests_on_what_it_forgot()
    {
        var cluster = Leading(new() { LeaseReads = true });
        cluster.Crash(B);
        cluster.Restart(B);
        cluster.Letters.Clear();
        Assert.False(VotesFor(cluster, C, B, term: 9));
        cluster.Advance(299);
        Assert.False(VotesFor(cluster, C, B, term: 9));
        cluster.Advance(1);
        Assert.True(VotesFor(cluster, C, B, term: 9));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void While_it_hears_a_leader_a_follower_votes_for_nobody_whatever_the_term(long term)
    {
        var cluster = Leading(new() { LeaseReads = true });
        Assert.False(VotesFor(cluster, C, B, term));
        Assert.Equal(1, cluster[B].Raft.Term);
        cluster.Tell(C, B, new PreVote(term, 100, 100, 0));
        Assert.False(cluster.Sent<PreVoteReply>(B, C)!.Granted);
    }

    [Fact]
    public void A_follower_that_has_no_vote_in_the_leaders_term_keeps_it_while_it_hears_the_leader()
    {
        var cluster = RaftSteps.Cluster(3, new() { LeaseReads = true });
        cluster.Win(A, B);
        cluster.DeliverFrom(A, C);
        Assert.False(VotesFor(cluster, B, C, term: 1));
        cluster.Advance(300);
        Assert.True(VotesFor(cluster, B, C, term: 1));
    }

    [Fact]
    public void A_newer_term_that_a_late_reply_tells_of_does_not_make_it_forget_that_it_heard_the_leader()
    {
        var cluster = Leading(new() { LeaseReads = true });
        cluster.Tell(C, B, new PreVoteReply(5, Granted: false));
        Assert.Equal(5, cluster[B].Raft.Term);
        Assert.False(VotesFor(cluster, C, B, term: 6));
        Assert.True(cluster.Read(A)());
    }

    [Fact]
    public void A_leader_by_lease_never_answers_what_another_one_has_overwritten()
    {
        var (cluster, read) = LateVoteRequest(RaftBug.None);
        Assert.False(cluster[B].Raft.IsLeader);
        Assert.True(read());
        Assert.Equal(300, cluster[A].Numbers.Last());
    }

    [Fact]
    public void A_follower_whose_vote_makes_it_forget_the_leader_lets_the_lease_lie()
    {
        var (cluster, read) = LateVoteRequest(RaftBug.VoteForgetsLeader);
        Assert.True(cluster[B].Raft.IsLeader);
        Assert.Equal(999, cluster[B].Numbers.Last());
        Assert.True(read());
        Assert.Equal(300, cluster[A].Numbers.Last());
    }

    // Two stand in term 2 and one wins; the other's request of that term reaches, late, a follower of the
    // winner that had not voted in it. Then a third stands in term 3 and asks those two.
    static (HandCluster<NumberNode> Cluster, Func<bool?> Read) LateVoteRequest(RaftBug bug)
    {
        var cluster = RaftSteps.Cluster(5, new() { LeaseReads = true, Bug = bug });
        cluster.Elect(A, B, C, D);
        cluster.Propose(A, 300);
        cluster.DeliverFrom(A, B, C, D);
        cluster.Advance(100);
        cluster.DeliverFrom(A, B, C, D);
        cluster.Run(2000);

        var late = StandInVain(cluster);
        cluster.Elect(A, B, C);
        Assert.Equal(2, cluster[A].Raft.Term);
        while (!cluster.Letters.Exists(letter => letter.From.Index == B && letter.Message is PreVote))
        {
            cluster.Letters.RemoveAll(letter => letter.To.Index != Y);
            cluster.Advance(10);
            cluster.DeliverAmong(A, C);
        }

        // Only now Y hears of the winner, whose log is not yet its own.
        var question = cluster.Letters.FindAll(letter => letter.From.Index == B && letter.Message is PreVote);
        cluster.Deliver(cluster.Between(A, Y).Last());
        cluster.Deliver(cluster.Between(Y, A).Single());
        Assert.Equal(A, cluster[Y].Raft.Leader?.Index);
        cluster.Tell(D, Y, late);
        cluster.Letters.Clear();
        cluster.Letters.AddRange(question);
        cluster.DeliverFrom(B, D, Y);
        if (cluster[B].Raft.IsLeader)
        {
            cluster.Propose(B, 999);
            cluster.DeliverFrom(B, D, Y);
        }

        return (cluster, cluster.Read(A));
    }

    // D gets the pre-votes of B and C, and asks for votes in vain.
    static RequestVote StandInVain(HandCluster<NumberNode> cluster)
    {
        while (cluster[D].Raft.Term < 2)
        {
            cluster.Advance(10);
            foreach (var letter in cluster.Letters.ToList())
                if (letter.Message is PreVote or PreVoteReply
                    && (letter.From.Index == D || letter.To.Index == D))
                    cluster.Deliver(letter);
        }

        Assert.False(cluster[D].Raft.IsLeader);
        return cluster.Sent<RequestVote>(D, Y)!;
    }

    static HandCluster<NumberNode> Leading(RaftOptions options)
    {
        var cluster = RaftSteps.Cluster(3, options);
        cluster.Elect(A, B, C);
        return cluster;
    }

    static bool VotesFor(HandCluster<NumberNode> cluster, int candidate, int voter, long term)
    {
        cluster.Letters.Clear();
        cluster.Tell(candidate, voter, new RequestVote(term, 100, 100));
        return cluster.Sent<VoteReply>(voter, candidate) is { Granted: true };
    }
}
