using Etcdserverpb;
using Steelyard.Live;
using Steelyard.Live.Engines;
using Steelyard.Live.Engines.Etcd;
using Steelyard.Live.Engines.Redis;
using Steelyard.Live.Networks;

namespace Steelyard.App.Tests.Live;

/// <summary>What a run has made in an engine that is not ours goes also where the run is killed: by its
/// watchdog, or by the next run where that one was killed too.</summary>
public sealed class KilledElsewhereTests : IDisposable
{
    const string Script =
        """
        mkdir tmp; export TMPDIR=$PWD/tmp XDG_DATA_HOME=$PWD/data
        asked="live ENGINE --at ADDRESS --workload set"
        "$@" $asked --duration 30s --out out > said 2>&1 & run=$!
        until grep -q . out/history.jsonl 2> /dev/null || ! kill -0 $run 2> /dev/null; do sleep 0.1; done
        ls data/steelyard/rooms > room
        [ KILLED = both ] && kill -KILL $(cat /proc/$run/task/*/children)
        kill -KILL $run
        wait $run
        for i in $(seq 100); do
            [ KILLED = one ] && ls data/steelyard/rooms | grep -q . || break; sleep 0.1
        done
        ls data/steelyard/rooms > left
        """;

    const string Next =
        """
        export TMPDIR=$PWD/tmp XDG_DATA_HOME=$PWD/data
        "$@" live ENGINE --at ADDRESS --workload set --duration 1s --out next > next-said 2>&1; echo $? > code
        ls data/steelyard/rooms > left
        """;

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [OnEngineFact("redis")]
    public async Task The_watchdog_takes_away_what_a_run_that_is_killed_has_left_in_a_redis()
    {
        using var other = Start("redis");
        var cluster = (RedisCluster)other.Cluster;
        await cluster.Ask(cluster.Nodes[0], CancellationToken.None, "SET", "s", "not ours");

        Play(Script, other, "redis", "one");

        Assert.StartsWith("sy", Read("room"), StringComparison.Ordinal);
        Assert.Empty(Read("left"));
        Assert.Equal(["s"], await Keys(cluster));
    }

    [OnEngineFact("redis", IsLong = true)]
    public async Task The_next_run_takes_away_what_is_left_in_a_redis_where_the_watchdog_was_killed_too()
    {
        using var other = Start("redis");
        var cluster = (RedisCluster)other.Cluster;
        await cluster.Ask(cluster.Nodes[0], CancellationToken.None, "SET", "s", "not ours");

        Play(Script, other, "redis", "both");

        var room = Read("room");
        Assert.Equal(room, Read("left"));
        Assert.Contains($"{room}:s", await Keys(cluster));

        Play(Next, other, "redis", "");

        Assert.Equal("0", Read("code"));
        Assert.Contains(
            $"What {room}, a run that was killed, had left there was taken away.", Read("next-said"),
            StringComparison.Ordinal);
        Assert.Empty(Read("left"));
        Assert.Equal(["s"], await Keys(cluster));
    }

    [OnEngineFact("etcd", IsLong = true)]
    public async Task The_watchdog_takes_away_what_a_run_that_is_killed_has_left_in_an_etcd()
    {
        using var other = Start("etcd");
        using var connection = ((EtcdCluster)other.Cluster).Direct(0);
        await connection.Store.PutAsync("s/1", "not ours");

        Play(Script, other, "etcd", "one");

        Assert.StartsWith("sy", Read("room"), StringComparison.Ordinal);
        Assert.Empty(Read("left"));
        var (key, end) = EtcdRequests.Everything;
        Assert.Equal("s/1", Assert.Single((await connection.Store.GetAsync(
            new RangeRequest { Key = key, RangeEnd = end })).Kvs).Key.ToStringUtf8());
    }

    void Play(string script, StartedEngine other, string engine, string killed) => _steelyard.RunInShell(
        script.Replace("ENGINE", engine).Replace("KILLED", killed).Replace(
            "ADDRESS", $"{other.Cluster.Network.Listen(0, "client", 0)}"),
        passesProgram: true);

    string Read(string file) => File.ReadAllText(Path.Combine(_steelyard.Folder, file)).Trim();

    static async Task<IEnumerable<object?>> Keys(RedisCluster cluster) =>
        (object?[])(await cluster.Ask(cluster.Nodes[0], CancellationToken.None, "KEYS", "*"))!;

    static StartedEngine Start(string name)
    {
        var engine = LiveCatalogue.All.OfType<LiveDesign>()
            .First(design => design.Engine.Name == name).Engine;
        return StartedEngine.Start(
            engine, engine.UsualSetup("single") with { Network = NetworkKind.Proxies }, keep: null,
            CancellationToken.None);
    }
}
