using System.Globalization;
using System.Net;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Redis servers, the first of which is the primary at first, with or without sentinels.</summary>
internal sealed class RedisCluster : EngineCluster
{
    const string Server = "client";
    const string Sentinel = "sentinel";
    const string Group = "m";
    const int ServerPort = 6379;
    const int SentinelPort = 26379;

    readonly EngineSetup _setup;

    public RedisCluster(EngineSetup setup, ClusterPlace place)
        : base(place, [.. Enumerable.Range(1, setup.Nodes).Select(number => $"n{number}")]) => _setup = setup;

    /// <summary>Whether sentinels choose the primary.</summary>
    public bool HasSentinels => _setup.Name == "sentinel";

    /// <summary>Where a client beside a node reaches a server.</summary>
    public IPEndPoint ServerOf(int home, int node) => Network.Client(home, node, Server, ServerPort);

    /// <summary>The primary, as the sentinel beside a client knows it.</summary>
    /// <param name="home">The node the client stands beside.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<int> PrimaryFor(int home, CancellationToken cancellation)
    {
        if (!HasSentinels)
            return 0;
        var answer = await RespConnection.Ask(
            Network.Client(home, home, Sentinel, SentinelPort), cancellation,
            "SENTINEL", "get-master-addr-by-name", Group);
        return NodeAt(answer);
    }

    /// <inheritdoc/>
    public override async Task<EngineNode?> Leader()
    {
        foreach (var node in Nodes)
        {
            using var time = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                if (await RoleOf(node, time.Token) == "master")
                    return node;
            }
            catch (Exception down) when (down is IOException or OperationCanceledException
                or System.Net.Sockets.SocketException)
            {
                // It cannot say so, so it leads nobody.
            }
        }

        return null;
    }

    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        var folder = Place.Yard.MakeFolder(node.Name);
        if (!HasSentinels)
            return;
        var (here, first) = (ListenOf(node, Sentinel), ListenOf(Nodes[0], Server));
        File.WriteAllText(
            Path.Combine(folder, "sentinel.conf"),
            $"""
            bind {here.Address}
            port {here.Port}
            dir {folder}
            protected-mode no
            sentinel monitor {Group} {first.Address} {first.Port} 2
            sentinel down-after-milliseconds {Group} 1000
            sentinel failover-timeout {Group} 5000
            """);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var folder = Path.Combine(Place.Yard.Folder, node.Name);
        var program = new EngineProgram("redis-server", "redis-server").MustBeThere();
        var (here, first) = (ListenOf(node, Server), ListenOf(Nodes[0], Server));
        List<string> words =
        [
            "--bind", $"{here.Address}", "--port", Number(here.Port), "--dir", folder, "--save", "",
            "--appendonly", "yes", "--appendfsync", "always", "--protected-mode", "no",
            // A replica's first copy is not put off in the hope of others.
            "--repl-diskless-sync-delay", "0", "--daemonize", "no",
        ];
        // Where sentinels are, they say who follows whom when it comes back.
        if (node.Index > 0)
            words.AddRange(["--replicaof", $"{first.Address} {first.Port}"]);
        return HasSentinels
            ? [new(program, words), new(program, Path.Combine(folder, "sentinel.conf"), "--sentinel")]
            : [new(program, words)];
    }

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation) =>
        await RespConnection.Ask(DirectOf(node, Server), cancellation, "PING") is "PONG";

    /// <inheritdoc/>
    protected override async Task Form(CancellationToken cancellation)
    {
        foreach (var node in Nodes.Skip(1))
            await Until(
                $"{node.Name} to follow the primary",
                async stop => await RespConnection.Ask(DirectOf(node, Server), stop, "INFO", "replication")
                    is string told && told.Contains("master_link_status:up", StringComparison.Ordinal),
                node, cancellation);
        if (!HasSentinels)
            return;
        foreach (var node in Nodes)
            await Until(
                $"the sentinel of {node.Name} to know the others",
                async stop => await RespConnection.Ask(
                    DirectOf(node, Sentinel), stop, "SENTINEL", "master", Group) is object?[] told
                    && Told(told, "num-slaves") == Number(Nodes.Count - 1)
                    && Told(told, "num-other-sentinels") == Number(Nodes.Count - 1),
                node, cancellation);
    }

    async Task<string?> RoleOf(EngineNode node, CancellationToken cancellation) =>
        await RespConnection.Ask(DirectOf(node, Server), cancellation, "ROLE") is object?[] role
            ? role[0] as string
            : null;

    int NodeAt(object? address) => address is object?[] { Length: 2 } pair
        ? Nodes.Select(node => node.Index).First(node =>
            ListenOf(Nodes[node], Server) is var there && $"{there.Address}" == pair[0] as string
            && Number(there.Port) == pair[1] as string)
        : throw new IOException("the sentinel knows no primary");

    IPEndPoint ListenOf(EngineNode node, string service) =>
        Network.Listen(node.Index, service, service == Server ? ServerPort : SentinelPort);

    IPEndPoint DirectOf(EngineNode node, string service) =>
        Network.Direct(node.Index, service, service == Server ? ServerPort : SentinelPort);

    static string? Told(object?[] pairs, string name)
    {
        var place = Array.IndexOf(pairs, name);
        return place < 0 ? null : pairs[place + 1] as string;
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
