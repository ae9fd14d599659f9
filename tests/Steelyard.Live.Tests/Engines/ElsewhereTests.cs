using System.Net;
using System.Net.Sockets;
using Etcdserverpb;
using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Engines.Etcd;
using Steelyard.Live.Engines.Memcached;
using Steelyard.Live.Engines.Nats;
using Steelyard.Live.Engines.RabbitMq;
using Steelyard.Live.Engines.Redis;
using Steelyard.Live.Engines.ZooKeeper;
using Steelyard.Live.Networks;
using Steelyard.Live.Processes;
using Steelyard.Live.Sql;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines;

public sealed class ElsewhereTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(1.5);

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    static readonly IReadOnlyList<string> s_elsewhere =
    [
        .. LiveCatalogue.All.Cast<LiveDesign>().Select(design => design.Engine)
            .Where(engine => engine.SetupsElsewhere.Count > 0).Select(engine => engine.Name),
    ];

    [EngineFact("redis")]
    public async Task A_redis_that_is_not_ours_is_asked_cut_off_and_left_as_it_was()
    {
        using var other = Start("redis");
        var cluster = (RedisCluster)other.Cluster;
        await cluster.Ask(cluster.Nodes[0], CancellationToken.None, "SET", "s", "not ours");
        var cut = new PartitionFault
        {
            At = TimeSpan.FromSeconds(0.3), For = TimeSpan.FromSeconds(0.7),
            Groups = [["n1"], [ElsewhereNetwork.Clients]],
        };

        var (run, verdicts) = LiveEngines.Run(
            "redis", new([cut]), s_short, TimeSpan.FromSeconds(0.2),
            ("at", AddressOf(other)), ("workload", "set"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.True(run.History.Faults[0].HadEffect);
        Assert.Empty(run.Findings);
        Assert.StartsWith("It was Redis ", Assert.Single(run.Notes), StringComparison.Ordinal);
        Assert.Equal(
            ["s"], (object?[])(await cluster.Ask(cluster.Nodes[0], CancellationToken.None, "KEYS", "*"))!);
    }

    [EngineFact("etcd")]
    public async Task An_etcd_that_is_not_ours_is_asked_under_keys_of_the_run_alone()
    {
        using var other = Start("etcd");
        using var connection = ((EtcdCluster)other.Cluster).Direct(0);
        // The workload writes it, and reads all that begin so.
        await connection.Store.PutAsync("s/1", "not ours");

        IsLeftAsItWas(other, "etcd", "set");

        var (key, end) = EtcdRequests.Everything;
        var there = Assert.Single(
            (await connection.Store.GetAsync(new RangeRequest { Key = key, RangeEnd = end })).Kvs);
        Assert.Equal((1, "not ours"), (there.Version, there.Value.ToStringUtf8()));
    }

    [EngineFact("etcd", IsLong = true)]
    public async Task Three_members_that_are_not_ours_are_asked_everything()
    {
        using var other = Start("etcd", "cluster");
        using var connection = ((EtcdCluster)other.Cluster).Direct(0);
        foreach (var their in (string[])["w/0", "locked-set", "locked-set/lock", "ids", "0"])
            await connection.Store.PutAsync(their, "not ours");

        foreach (var workload in LiveEngines.Named("etcd").Workloads)
            IsLeftAsItWas(other, "etcd", workload.Name);

        var (key, end) = EtcdRequests.Everything;
        var there = (await connection.Store.GetAsync(new RangeRequest { Key = key, RangeEnd = end })).Kvs;
        Assert.Equal(5, there.Count);
        Assert.All(there, one => Assert.Equal((1, "not ours"), (one.Version, one.Value.ToStringUtf8())));
    }

    [EngineFact("etcd", IsLong = true)]
    public async Task An_etcd_that_wants_a_name_is_asked_with_it_and_refuses_who_has_none()
    {
        using var other = Start("etcd");
        using var connection = ((EtcdCluster)other.Cluster).Direct(0);
        await connection.Store.UserAddAsync(new AuthUserAddRequest { Name = "root", Password = "p" });
        await connection.Store.UserGrantRoleAsync(
            new AuthUserGrantRoleRequest { User = "root", Role = "root" });
        await connection.Store.AuthEnableAsync(new AuthEnableRequest());
        var at = AddressOf(other);

        var nobody = Assert.Throws<UserMistakeException>(() => Run("etcd", "set", at));
        Assert.Contains("user name is empty", nobody.Message, StringComparison.Ordinal);
        WithPassword("p", () => Assert.Equal(
            Validity.Valid, Assert.Single(Run("etcd", "set", $"root@{at}").Verdicts).Validity));
    }

    [Fact]
    public void Where_nobody_listens_one_line_says_so()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var free = $"{listener.LocalEndpoint}";
        listener.Stop();
        Assert.Equal(
            $"--at: expected redis at {free}, found Connection refused", Mistake("redis", free));
    }

    [EngineFact("redis", IsLong = true)]
    public void Where_another_engine_listens_one_line_says_so()
    {
        using var other = Start("redis");
        foreach (var engine in s_elsewhere.Where(name => name is not ("redis" or "garnet")))
            IsAnother(other, engine);
        using var store = Start("memcached");
        IsAnother(store, "redis");
    }

    static void IsAnother(StartedEngine other, string engine) => Assert.StartsWith(
        $"--at: expected {engine} to answer at {AddressOf(other)} within 5 s, found ",
        Mistake(engine, AddressOf(other)), StringComparison.Ordinal);

    // As many nodes as it wants, all at one address.
    static string Mistake(string engine, string address)
    {
        var kind = LiveEngines.Named(engine);
        var setup = kind.Setups.Where(kind.IsElsewhere).MinBy(setup => setup.Nodes)!;
        var at = string.Join(',', Enumerable.Repeat(address, setup.Nodes));
        return Assert.Throws<UserMistakeException>(() => Run(engine, kind.Workloads[0].Name, at)).Message;
    }

    [EngineFact("redis", IsLong = true)]
    public async Task Shards_that_are_not_ours_are_left_as_they_were()
    {
        using var yard = ProcessYard.Open();
        using var network = new PlainNetwork(6);
        var cluster = new RedisCluster(
            LiveEngines.Named("redis").UsualSetup("cluster"),
            new(yard, network, yard.MakeFolder("logs"), EngineSource.Packages));
        await cluster.Start(CancellationToken.None);
        string[] theirs = ["bar", "key1", "foo"];
        foreach (var (key, node) in theirs.Zip(cluster.Nodes))
            await cluster.Ask(node, default, "SET", key, "not ours");
        var addresses = cluster.Nodes.Select(node => $"{network.Listen(node.Index, "client", 0)}").ToList();
        var at = string.Join(',', addresses);

        foreach (var workload in LiveEngines.Named("redis").Workloads)
            IsLeftAsItWas("redis", workload.Name, at);
        Assert.StartsWith(
            "--at: expected a Redis without shards at ", Mistake("redis", addresses[0]),
            StringComparison.Ordinal);
        Assert.Contains(
            $"found that {addresses[0]} is missing", Assert.Throws<UserMistakeException>(
                () => Run("redis", "set", string.Join(',', addresses[1..].Append(addresses[1])))).Message,
            StringComparison.Ordinal);

        var left = new List<object?>();
        foreach (var node in cluster.Nodes.Take(RedisShards.Count))
            left.AddRange((object?[])(await cluster.Ask(node, default, "KEYS", "*"))!);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), left.Order());
    }

    [EngineFact("redis", IsLong = true)]
    public async Task A_redis_that_wants_a_password_is_asked_with_it_and_refuses_who_has_none()
    {
        using var other = Start("redis");
        var cluster = (RedisCluster)other.Cluster;
        await cluster.Ask(cluster.Nodes[0], default, "CONFIG", "SET", "requirepass", "p");
        var at = AddressOf(other);

        Assert.Contains("NOAUTH", Mistake("redis", at), StringComparison.Ordinal);
        WithPassword("p", () =>
        {
            foreach (var client in (string[])["library", "wire"])
                Assert.Equal(Validity.Valid, Assert.Single(LiveEngines.Run(
                    "redis", FaultPlan.None, s_short, ("at", at), ("workload", "set"), ("client", client))
                    .Verdicts).Validity);
        });
        WithPassword("q", () => Assert.Contains("WRONGPASS", Mistake("redis", at), StringComparison.Ordinal));
    }

    [EngineFact("garnet", IsLong = true)]
    public async Task A_garnet_that_is_not_ours_is_left_as_it_was()
    {
        using var other = Start("garnet");
        var cluster = (RespCluster)other.Cluster;
        await cluster.Ask(cluster.Nodes[0], default, "SET", "s", "not ours");

        IsLeftAsItWas(other, "garnet", "set");

        Assert.Equal(["s"], (object?[])(await cluster.Ask(cluster.Nodes[0], default, "KEYS", "*"))!);
    }

    [EngineFact("galera", IsLong = true)]
    public Task A_galera_that_is_not_ours_is_left_as_it_was() => HasNoRoomLeft(
        "galera", "select count(*) from information_schema.schemata where schema_name like 'sy______'",
        "three");

    [EngineFact("rabbitmq", IsLong = true)]
    public Task A_rabbitmq_that_is_not_ours_is_asked_in_queues_of_the_run() => RabbitIsLeftAsItWas("single");

    [EngineFact("rabbitmq", IsLong = true)]
    public Task Quorum_queues_that_are_not_ours_are_left_as_they_were() => RabbitIsLeftAsItWas("quorum");

    static async Task RabbitIsLeftAsItWas(string setup)
    {
        using var other = Start("rabbitmq", setup);
        var cluster = (RabbitCluster)other.Cluster;
        await using var connection = await RabbitLink.Connect(cluster.DirectOf(0), s_patience, default);
        await using var channel = await connection.CreateChannelAsync(RabbitLink.Confirming);
        await RabbitLink.Publish(channel, RabbitCluster.Queue, 7, default);

        foreach (var workload in LiveEngines.Named("rabbitmq").Workloads)
            IsLeftAsItWas(other, "rabbitmq", workload.Name);

        Assert.Equal(1u, await channel.MessageCountAsync(RabbitCluster.Queue));
        Assert.Equal(1u, await channel.MessageCountAsync(RabbitCluster.Lock));
        Assert.Contains(
            "{ok, 2}", cluster.Evaluate(cluster.Nodes[0], "length(rabbit_amqqueue:list())."),
            StringComparison.Ordinal);
    }

    static void WithPassword(string password, Action act)
    {
        Environment.SetEnvironmentVariable(EngineAddress.Password, password);
        try
        {
            act();
        }
        finally
        {
            Environment.SetEnvironmentVariable(EngineAddress.Password, null);
        }
    }

    [EngineFact("nats", IsLong = true)]
    public async Task A_nats_that_is_not_ours_is_asked_in_a_stream_of_the_run()
    {
        using var other = Start("nats");
        using var connection = await NatsConnection.Open(
            ((NatsCluster)other.Cluster).DirectOf(0), account: null, CancellationToken.None);
        // What is ours has a stream S of the subjects s.> itself, which a run would make.
        var theirs = new JetStream(connection, JetStream.Stream, CancellationToken.None);
        await theirs.Publish("s.set", "7");

        foreach (var workload in LiveEngines.Named("nats").Workloads)
            IsLeftAsItWas(other, "nats", workload.Name);

        Assert.Equal(
            [JetStream.Stream],
            (await theirs.Ask("STREAM.NAMES")).GetProperty("streams").EnumerateArray()
                .Select(name => name.GetString()));
        Assert.Equal(1, (await theirs.Ask($"STREAM.INFO.{JetStream.Stream}"))
            .GetProperty("state").GetProperty("messages").GetInt32());
    }

    [EngineFact("zookeeper", IsLong = true)]
    public async Task A_zookeeper_that_is_not_ours_is_asked_below_a_node_of_the_run()
    {
        using var other = Start("zookeeper", "ensemble");
        await using var session = ((ZooKeeperCluster)other.Cluster).Direct(0);
        await session.Connect(CancellationToken.None);
        var before = await Tree(session, "");

        foreach (var workload in LiveEngines.Named("zookeeper").Workloads)
            IsLeftAsItWas(other, "zookeeper", workload.Name);

        await session.Connect(CancellationToken.None);
        Assert.Equal(before, await Tree(session, ""));
    }

    [EngineFact("memcached", IsLong = true)]
    public async Task A_memcached_that_is_not_ours_is_asked_for_keys_of_the_run()
    {
        using var other = Start("memcached");
        using var server = await ((MemcachedCluster)other.Cluster).Connect(home: 0, CancellationToken.None);
        await server.Store("set", "cached-0", "17");
        await server.Store("set", "ready", "18");

        foreach (var workload in LiveEngines.Named("memcached").Workloads)
            IsLeftAsItWas(other, "memcached", workload.Name);

        Assert.Equal(["cached-0", "ready"], (await server.Keys()).Order(StringComparer.Ordinal));
        Assert.Equal("17", (await server.Get("cached-0"))!.Value.Text);
    }

    // All nodes, with what they hold and how often that was set.
    static async Task<List<string>> Tree(ZooKeeperSession session, string path)
    {
        var found = new List<string>();
        foreach (var child in (await session.GetChildren(path.Length == 0 ? "/" : path, default)).Order(
            StringComparer.Ordinal))
        {
            found.Add($"{path}/{child} {await session.GetData($"{path}/{child}", default)}");
            found.AddRange(await Tree(session, $"{path}/{child}"));
        }

        return found;
    }

    [EngineFact("redis", IsLong = true)]
    public void A_cleaner_takes_away_the_room_of_each_engine_and_does_no_harm_where_it_is_gone()
    {
        foreach (var name in s_elsewhere.Where(name => name != "galera"))
        {
            using var other = Start(name);
            var engine = LiveEngines.Named(name);
            using var met = StartedEngine.Start(
                engine, engine.UsualSetup("single") with
                {
                    Network = NetworkKind.Proxies,
                    Source = new() { Addresses = EngineAddress.ParseAll(AddressOf(other)) },
                },
                keep: null, CancellationToken.None);
            var note = RoomNote.Of(met.Cluster.Room);

            Assert.Equal(0, RoomCleaner.Run(met.Cluster.Room));

            Assert.NotNull(note);
            Assert.Null(RoomNote.Of(met.Cluster.Room));
            note.Write();
            Assert.Equal(0, RoomCleaner.Run(met.Cluster.Room));
        }
    }

    [EngineFact("postgres", IsLong = true)]
    public Task A_postgres_that_is_not_ours_is_left_as_it_was() => HasNoRoomLeft(
        "postgres", "select count(*) from information_schema.schemata where schema_name like 'sy%'");

    [EngineFact("mariadb", IsLong = true)]
    public Task A_mariadb_that_is_not_ours_is_left_as_it_was() => HasNoRoomLeft(
        "mariadb", "select count(*) from information_schema.schemata where schema_name like 'sy%'");

    [Theory]
    [InlineData(
        "127.0.0.1:1,127.0.0.1:2",
        "expected as many addresses as a set-up has (single: 1, replicas: 3, cluster: 6)")]
    [InlineData("127.0.0.1", "expected host:port or user@host:port")]
    [InlineData("127.0.0.1:70000", "expected host:port or user@host:port")]
    public void What_is_no_address_or_too_few_is_refused(string at, string why) => Assert.Contains(
        why, Assert.Throws<UserMistakeException>(() => Build(at)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("crash")]
    [InlineData("pause")]
    [InlineData("drain")]
    public void What_stops_an_engine_is_refused(string word)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Nemesis.Plan(
            FaultPalette.Of(FaultKinds.All.First(kind => kind.Word == word)), Build("127.0.0.1:1"), new(1)));

        Assert.Contains("is not ours to stop", mistake.Message, StringComparison.Ordinal);
    }

    static async Task HasNoRoomLeft(string engine, string rooms, string setup = "single")
    {
        using var other = Start(engine, setup);
        IsLeftAsItWas(other, engine, "set");
        var cluster = (SqlCluster)other.Cluster;
        await using var session = await cluster.Open(cluster.Nodes[0], [], CancellationToken.None);
        // What the other one has itself begins with its own name, steelyard.
        Assert.Equal(0L, (await session.Ask(rooms, CancellationToken.None))[0][0]);
    }

    static void IsLeftAsItWas(StartedEngine other, string engine, string workload) =>
        IsLeftAsItWas(engine, workload, AddressOf(other));

    static void IsLeftAsItWas(string engine, string workload, string at)
    {
        var (run, verdicts) = Run(engine, workload, at);

        Assert.All(verdicts, verdict => Assert.Equal(Validity.Valid, verdict.Validity));
        Assert.True(run.Counters.Load.Answered > 5, $"{workload}: {run.Counters.Load.Answered}");
        Assert.Empty(run.Findings);
    }

    static (WorldRun Run, IReadOnlyList<Verdict> Verdicts) Run(string engine, string workload, string at) =>
        LiveEngines.Run(engine, FaultPlan.None, s_short, ("at", at), ("workload", workload));

    static StartedEngine Start(string name, string setup = "single")
    {
        var engine = LiveEngines.Named(name);
        return StartedEngine.Start(
            engine, engine.UsualSetup(setup) with { Network = NetworkKind.Proxies }, keep: null,
            CancellationToken.None);
    }

    static string AddressOf(StartedEngine started) => string.Join(
        ',', started.Cluster.Nodes.Select(node => started.Cluster.Network.Listen(node.Index, "client", 0)));

    static Scenario Build(string at)
    {
        var design = LiveCatalogue.All.First(design => design.Name == "live redis");
        return design.Build(new(
            design, new(), new Dictionary<string, string>(StringComparer.Ordinal) { ["at"] = at }));
    }
}
