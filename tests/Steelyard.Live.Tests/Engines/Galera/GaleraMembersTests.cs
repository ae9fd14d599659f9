using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Engines.Galera;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Galera;

public sealed class GaleraMembersTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    // The first one began the cluster, and is to begin no other one.
    [EngineFact("galera", IsLong = true)]
    public async Task A_server_leaves_in_order_and_joins_with_all_that_the_others_have()
    {
        using var time = new CancellationTokenSource(s_patience);
        using var started = LiveEngines.Start("galera", "three");
        var cluster = (GaleraCluster)started.Cluster;
        var (first, second) = (cluster.Nodes[0], cluster.Nodes[1]);

        Assert.Equal(MembershipOutcome.Unfit, await Change(MembershipChangeKind.AddVoter));
        Assert.Equal(MembershipOutcome.Done, await Change(MembershipChangeKind.Remove));
        Assert.Equal("2", await Size(second));
        Assert.Equal(MembershipOutcome.Unfit, await Change(MembershipChangeKind.Remove));

        await using (var session = await cluster.Open(second, [], time.Token))
            await session.Do("create table steelyard.later (id int primary key)", time.Token);

        Assert.Equal(MembershipOutcome.Done, await Change(MembershipChangeKind.AddVoter));
        Assert.Equal("3", await Size(first));
        await using var joined = await cluster.Open(first, [], time.Token);
        Assert.Empty(await joined.Ask("select id from steelyard.later", time.Token));

        Task<MembershipOutcome> Change(MembershipChangeKind kind) => cluster.Change(kind, first, time.Token);

        async Task<object> Size(EngineNode by)
        {
            await using var session = await cluster.Open(by, [], time.Token);
            return (await session.Ask("show status like 'wsrep_cluster_size'", time.Token))[0][1];
        }
    }

    [EngineFact("galera", IsLong = true)]
    public void What_was_acknowledged_is_there_after_a_server_left_and_joined_again()
    {
        var remove = new MembershipFault
        {
            At = 2 * s_second, For = 4 * s_second, Change = MembershipChangeKind.Remove, Nodes = ["n2"],
        };
        var add = remove with { At = 7 * s_second, Change = MembershipChangeKind.AddVoter };

        var (run, verdicts) = LiveEngines.Run("galera", new([remove, add]), 20 * s_second);

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }
}
