using Steelyard.Live.Engines.Etcd;
using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Tests.Engines.Etcd;

public sealed class EtcdMembersTests
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    // etcd changes nothing within five seconds after its members have found one another.
    [EngineFact("etcd", IsLong = true)]
    public async Task A_member_goes_comes_back_as_a_learner_votes_and_leads()
    {
        using var time = new CancellationTokenSource(s_patience);
        using var started = LiveEngines.Start("etcd", "cluster");
        var cluster = (EtcdCluster)started.Cluster;
        var last = cluster.Nodes[2];

        foreach (var kind in (MembershipChangeKind[])
                 [
                     MembershipChangeKind.Remove, MembershipChangeKind.AddLearner,
                     MembershipChangeKind.AddVoter, MembershipChangeKind.Transfer,
                 ])
            await cluster.UntilChanged(kind, last, time.Token);

        Assert.Same(last, await cluster.Leader());
        using var connection = cluster.Direct(last.Index);
        var listed = await connection.Store.MemberListAsync(new(), null, null, time.Token);
        Assert.Equal(3, listed.Members.Count);
    }

    [EngineFact("etcd", IsLong = true)]
    public async Task A_change_that_is_none_or_not_safe_is_not_done()
    {
        using var time = new CancellationTokenSource(s_patience);
        using var started = LiveEngines.Start("etcd", "cluster");
        var cluster = (EtcdCluster)started.Cluster;
        var leader = (await cluster.Leader())!;

        Assert.Equal(
            MembershipOutcome.Unfit, await cluster.Change(MembershipChangeKind.Transfer, leader, time.Token));
        Assert.Equal(
            MembershipOutcome.Unfit, await cluster.Change(MembershipChangeKind.AddVoter, leader, time.Token));
        // It has not been heard of for long enough.
        Assert.NotEqual(
            MembershipOutcome.Done,
            await cluster.Change(MembershipChangeKind.Remove, cluster.Nodes[2], time.Token));
        Assert.True(cluster.Nodes[2].IsRunning);
    }
}
