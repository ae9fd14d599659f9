using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Engines.ZooKeeper;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.ZooKeeper;

public sealed class ZooKeeperMembersTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    [EngineFact("zookeeper", IsLong = true)]
    public async Task A_server_that_was_removed_joins_anew_with_all_that_the_others_have()
    {
        using var time = new CancellationTokenSource(s_patience);
        using var started = LiveEngines.Start("zookeeper", "ensemble");
        var cluster = (ZooKeeperCluster)started.Cluster;
        var leader = (await cluster.Leader())!;
        var other = cluster.Nodes.First(node => node != leader);

        Assert.Equal(
            MembershipOutcome.Unfit,
            await cluster.Change(MembershipChangeKind.AddVoter, leader, time.Token));

        await cluster.UntilChanged(MembershipChangeKind.Remove, leader, time.Token);

        Assert.False(leader.IsRunning);
        Assert.DoesNotContain(MemberOf(leader), await Members(), StringComparison.Ordinal);
        await using (var session = await Session(other))
            await session.Create("/later", "yes", time.Token);

        await cluster.UntilChanged(MembershipChangeKind.AddVoter, leader, time.Token);

        Assert.Contains(MemberOf(leader), await Members(), StringComparison.Ordinal);
        await using var joined = await Session(leader);
        await joined.Sync("/later", time.Token);
        Assert.Equal("yes", (await joined.GetData("/later", time.Token)).Data);

        static string MemberOf(EngineNode node) => $"server.{ZooKeeperCluster.NumberOf(node)}=";

        async Task<string> Members()
        {
            await using var session = await Session(other);
            return (await session.GetData("/zookeeper/config", time.Token)).Data;
        }

        async Task<ZooKeeperSession> Session(EngineNode node)
        {
            var session = cluster.Direct(node.Index);
            await session.Connect(time.Token);
            return session;
        }
    }

    [EngineFact("zookeeper", IsLong = true)]
    public void What_was_acknowledged_is_there_after_a_server_was_removed_and_joined_anew()
    {
        var remove = new MembershipFault
        {
            At = 2 * s_second, For = 4 * s_second, Change = MembershipChangeKind.Remove, Nodes = ["n1"],
        };
        var add = remove with { At = 7 * s_second, Change = MembershipChangeKind.AddVoter };

        var (run, verdicts) = LiveEngines.Run(
            "zookeeper", new([remove, add]), 16 * s_second, ("workload", "set"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }
}
