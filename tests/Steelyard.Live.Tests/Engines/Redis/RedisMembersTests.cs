using Steelyard.Histories;
using Steelyard.Live.Engines.Redis;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines.Redis;

public sealed class RedisMembersTests
{
    const int Slots = 16384;

    static readonly string[] s_keys =
    [
        "k2", "k3", "k6", "k7", "k12", "k16", "k23", "k27", "k30", "k34", "k38", "k40",
        "k41", "k44", "k45", "k49", "k52", "k56", "k62", "k63", "k66", "k67", "k70", "k71",
    ];

    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [EngineFact("redis", IsLong = true)]
    public async Task A_primary_gives_its_slots_away_and_joins_anew_with_its_share_of_them()
    {
        using var time = new CancellationTokenSource(s_patience);
        using var started = LiveEngines.Start("redis", "cluster");
        var cluster = (RedisCluster)started.Cluster;
        using var connection = await cluster.Connect(cluster.Nodes[0], time.Token);
        // In slots of the first one, some of which come back to it.
        foreach (var key in s_keys)
            await connection.Ask(["SET", key, "kept"], time.Token);

        await cluster.UntilChanged(MembershipChangeKind.Remove, cluster.Nodes[0], time.Token);

        Assert.Equal(5, (await Seen()).Count);
        Assert.Equal(Slots, (await Seen()).Sum(server => server.Slots.Count));
        Assert.Equal(MembershipOutcome.Unfit, await cluster.Change(
            MembershipChangeKind.Remove, cluster.Nodes[0], time.Token));

        await cluster.UntilChanged(MembershipChangeKind.AddVoter, cluster.Nodes[0], time.Token);

        var all = await Seen();
        Assert.Equal(6, all.Count);
        var owners = all.Where(server => server.Primary is null).ToList();
        Assert.Equal(3, owners.Count);
        Assert.All(owners, owner => Assert.InRange(owner.Slots.Count, 5400, 5500));
        Assert.Equal(Slots, owners.Sum(owner => owner.Slots.Count));
        foreach (var key in s_keys)
        {
            var slot = (int)(long)(await cluster.Ask(
                cluster.Nodes[5], time.Token, "CLUSTER", "KEYSLOT", key))!;
            var keeper = cluster.NodeAt(owners.First(owner => owner.Slots.Contains(slot)).Address)!.Value;
            Assert.Equal("kept", await cluster.Ask(cluster.Nodes[keeper], time.Token, "GET", key));
        }

        async Task<IReadOnlyList<ShardServer>> Seen() => ShardServer.In(
            (string)(await cluster.Ask(cluster.Nodes[5], time.Token, "CLUSTER", "NODES"))!);

    }

    [EngineFact("redis", IsLong = true)]
    public void Registers_stay_linearizable_while_a_replica_goes_comes_back_and_takes_over()
    {
        MembershipFault At(int second, MembershipChangeKind change) => new()
        {
            At = second * s_second, For = 3 * s_second, Change = change, Nodes = ["n4"],
        };

        var (run, verdicts) = LiveEngines.Run(
            "redis",
            new(
            [
                At(2, MembershipChangeKind.Remove), At(6, MembershipChangeKind.AddLearner),
                At(10, MembershipChangeKind.Transfer),
            ]),
            14 * s_second, ("config", "cluster"), ("workload", "register"));

        Assert.All(verdicts, verdict => Assert.Equal(Validity.Valid, verdict.Validity));
        Assert.All(run.History.Faults, fault => Assert.True(fault.HadEffect));
    }

    [Fact]
    public void Servers_are_told_with_their_slots_and_whom_they_follow()
    {
        var told = ShardServer.In(
            """
            a1 127.0.0.1:7001@17001 myself,master - 0 0 1 connected 0-3 9 [5->-b2]
            b2 127.0.0.1:7002@17002,host slave a1 0 0 1 connected
            c3 127.0.0.1:7003@17003 handshake - 0 0 0 connected
            d4 :0@0 master,fail,noaddr - 0 0 0 disconnected

            """.ReplaceLineEndings("\n"));

        Assert.Equal([("a1", 7001, null), ("b2", 7002, "a1")], told.Select(
            server => (server.Id, server.Address.Port, server.Primary)));
        Assert.Equal([0, 1, 2, 3, 9], told[0].Slots);
    }
}
