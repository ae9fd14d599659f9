using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Tests.HandDelivery;
using static Steelyard.Worlds.Consensus.MembershipChangeKind;

namespace Steelyard.Worlds.Tests.Consensus;

/// <summary>How changes lose what was acknowledged when two quorums need not meet: each with the mechanism
/// that prevents it, and without.</summary>
public sealed class UnsafeChangeTests
{
    [Fact]
    public void A_new_leader_changes_nothing_before_it_has_committed_an_entry_of_its_term()
    {
        // Ongaro 2015, "bug in single-server membership changes": one leader adds a server, which few know;
        // the next removes another server.
        var cluster = AddedBy0(nameof(RaftBug.None));
        cluster.Win(1, 2, 3);
        Assert.Equal(MembershipOutcome.NotReady, cluster.Change(1, Remove, 0)());
        // Its no-op reaches so many that the first leader's change can never win.
        cluster.DeliverFrom(1, 2, 3);
        Assert.Equal(2, cluster[1].Raft.CommitIndex);
        cluster.Run(1000);
        Assert.False(CanWin(cluster, 0, 3, 4));
    }

    [Fact]
    public void A_leader_that_changes_the_cluster_before_it_has_lets_two_quorums_miss_each_other()
    {
        var cluster = AddedBy0(nameof(RaftBug.ChangeBeforeNoOp));
        cluster.Win(1, 2, 3);
        cluster.Letters.Clear();
        cluster.Change(1, Remove, 0);
        cluster.Advance(100);
        cluster.DeliverFrom(1, 2);
        cluster.Propose(1, 7);
        cluster.DeliverFrom(1, 2);
        Assert.Equal([7], cluster[1].Numbers);
        cluster.Run(1000);
        Assert.True(CanWin(cluster, 0, 3, 4));
        Assert.Empty(cluster[0].Numbers);
    }

    [Theory]
    [InlineData(nameof(RaftBug.None))]
    [InlineData(nameof(RaftBug.TwoChangesAtOnce))]
    public void One_change_waits_for_the_other(string bug)
    {
        var cluster = MembershipTests.Leading(3, spare: 2, bug);
        cluster.Change(0, AddVoter, 3);
        cluster.DeliverAmong(0, 3);
        var second = cluster.Change(0, AddVoter, 4);
        cluster.DeliverAmong(0, 3);
        cluster.DeliverAmong(0, 4);
        cluster.DeliverAmong(0, 3, 4);
        cluster.Propose(0, 7);
        cluster.DeliverAmong(0, 3, 4);
        cluster.Letters.Clear();
        var isAcknowledged = cluster[0].Numbers.Any();
        Assert.Equal(bug == nameof(RaftBug.None), second() == MembershipOutcome.Busy);
        Assert.NotEqual(bug == nameof(RaftBug.None), isAcknowledged);
        // The two that know of no change elect one of them all the same.
        cluster.Run(1000);
        Assert.True(CanWin(cluster, 1, 2));
    }

    [Theory]
    [InlineData(nameof(RaftBug.None), false)]
    [InlineData(nameof(RaftBug.ConfigurationWhenCommitted), true)]
    public void A_configuration_counts_as_soon_as_it_is_in_the_log(string bug, bool canWin)
    {
        var cluster = MembershipTests.Leading(3, spare: 2, bug);
        foreach (var server in (int[])[3, 4])
        {
            var outcome = cluster.Change(0, AddVoter, server);
            cluster.Run(500, 0, 1, 3, 4);
            Assert.Equal(MembershipOutcome.Done, outcome());
        }

        cluster.Propose(0, 7);
        cluster.DeliverAmong(0, 3, 4);
        Assert.Equal([7], cluster[0].Numbers);
        // It forgets what was committed, and has five servers in its log, three of which it must win.
        cluster.Crash(1);
        cluster.Restart(1);
        cluster.Run(1000);
        Assert.Equal(canWin, CanWin(cluster, 1, 2));
    }

    // Four servers; the first adds a fifth, and but those two know.
    static HandCluster<NumberNode> AddedBy0(string bug)
    {
        var cluster = RaftSteps.Cluster(4, RaftSteps.WithBug(bug), spare: 1);
        cluster.Elect(0, 1, 2, 3);
        cluster.Change(0, AddVoter, 4);
        cluster.DeliverAmong(0, 4);
        cluster.Letters.Clear();
        Assert.Equal(2, cluster[4].Raft.LastIndex);
        cluster.Run(1000);
        return cluster;
    }

    static bool CanWin(HandCluster<NumberNode> cluster, int candidate, params int[] voters)
    {
        cluster.Letters.Clear();
        for (var step = 0; step < 200 && !cluster[candidate].Raft.IsLeader; step++)
        {
            cluster.Advance(10);
            cluster.DeliverFrom(candidate, voters);
        }

        return cluster[candidate].Raft.IsLeader;
    }
}
