using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Engines.Redis;
using Steelyard.Live.Networks;
using Steelyard.Live.Sql;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines;

public sealed class ElsewhereTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(1.5);

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

    [EngineFact("postgres", IsLong = true)]
    public Task A_postgres_that_is_not_ours_is_left_as_it_was() => IsLeftAsItWas(
        "postgres", "select count(*) from information_schema.schemata where schema_name like 'sy%'");

    [EngineFact("mariadb", IsLong = true)]
    public Task A_mariadb_that_is_not_ours_is_left_as_it_was() => IsLeftAsItWas(
        "mariadb", "select count(*) from information_schema.schemata where schema_name like 'sy%'");

    [Theory]
    [InlineData(
        "127.0.0.1:1,127.0.0.1:2", "expected as many addresses as a set-up has (single: 1, replicas: 3)")]
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

    static async Task IsLeftAsItWas(string engine, string rooms)
    {
        using var other = Start(engine);
        var (run, verdicts) = LiveEngines.Run(
            engine, FaultPlan.None, s_short, ("at", AddressOf(other)), ("workload", "set"));

        Assert.Equal(Validity.Valid, Assert.Single(verdicts).Validity);
        Assert.True(run.Counters.Load.Answered > 20);
        Assert.Empty(run.Findings);
        var cluster = (SqlCluster)other.Cluster;
        await using var session = await cluster.Open(cluster.Nodes[0], [], CancellationToken.None);
        // What the other one has itself begins with its own name, steelyard.
        Assert.Equal(0L, (await session.Ask(rooms, CancellationToken.None))[0][0]);
    }

    static StartedEngine Start(string name)
    {
        var engine = LiveEngines.Named(name);
        return StartedEngine.Start(
            engine, engine.UsualSetup("single") with { Network = NetworkKind.Proxies }, keep: null,
            CancellationToken.None);
    }

    static string AddressOf(StartedEngine started) => $"{started.Cluster.Network.Listen(0, "client", 0)}";

    static Scenario Build(string at)
    {
        var design = LiveCatalogue.All.First(design => design.Name == "live redis");
        return design.Build(new(
            design, new(), new Dictionary<string, string>(StringComparer.Ordinal) { ["at"] = at }));
    }
}
