using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Steelyard.Histories;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Redis servers: one, a primary with replicas that are promoted by hand or by sentinels, or
/// shards.</summary>
internal sealed class RedisCluster : RespCluster
{
    const string Sentinel = "sentinel";
    const string Bus = "bus";
    const string Group = "m";

    readonly EngineSetup _setup;
    volatile int _promoted;

    public RedisCluster(EngineSetup setup, ClusterPlace place)
        : base(setup, place) => _setup = setup;

    /// <inheritdoc/>
    public override bool IsSharded => _setup.Name == "cluster";

    bool HasSentinels => _setup.Name == "sentinel";

    // As the sentinel beside the client knows it, or as it was promoted by hand.
    /// <inheritdoc/>
    public override async Task<int> PrimaryFor(int home, CancellationToken cancellation)
    {
        if (!HasSentinels)
            return _promoted;
        return await KnownPrimary(
            Network.Client(home, home, Sentinel, RedisPorts.Sentinel), cancellation);
    }

    async Task<int> KnownPrimary(IPEndPoint sentinel, CancellationToken cancellation)
    {
        var answer = await RespConnection.Ask(
            sentinel, cancellation, "SENTINEL", "get-master-addr-by-name", Group);
        return answer is object?[] and [string host, string port]
            && IPEndPoint.TryParse($"{host}:{port}", out var address) && NodeAt(address) is { } primary
            ? primary : throw new IOException("the sentinel knows no primary");
    }

    // Sentinels promote one by themselves, once the primary is gone: the one of the best priority. Without
    // them it is done by hand, and the other servers do not learn of it.
    /// <inheritdoc/>
    public override async Task Promote(EngineNode standby, CancellationToken cancellation)
    {
        if (HasSentinels)
        {
            await Until(
                $"the sentinels to promote {standby.Name}",
                stop => IsPrimary(standby, stop),
                standby, cancellation);
            return;
        }

        await Ask(standby, cancellation, "REPLICAOF", "NO", "ONE");
        _promoted = standby.Index;
    }

    /// <inheritdoc/>
    public override Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation) =>
        new RedisMembers(
            this, AddressOf, () => BeginAnew(node),
            (what, holds) => Until(what, holds, node, CancellationToken.None))
            .Change(kind, node, cancellation);

    void BeginAnew(EngineNode node)
    {
        node.Kill();
        Wipe(node);
        Launch(node);
    }

    /// <summary>Takes all that a server has on its disk, while it is down.</summary>
    public void Wipe(EngineNode node)
    {
        Folders.Empty(FolderOf(node));
        Prepare(node);
    }

    /// <summary>Waits until a replica has all that its primary has sent so far.</summary>
    public Task UntilFollowing(EngineNode node, CancellationToken cancellation) => Until(
        $"{node.Name} to follow its primary",
        async stop => await Ask(node, stop, "INFO", "replication") is string told
            && told.Contains("master_link_status:up", StringComparison.Ordinal),
        node, cancellation);

    /// <inheritdoc/>
    public override async Task<EngineNode?> Leader()
    {
        foreach (var node in Nodes)
        {
            using var time = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                if (await IsPrimary(node, time.Token))
                    return node;
            }
            catch (Exception down) when (down is IOException or OperationCanceledException or SocketException)
            {
                // It cannot say so, so it leads nobody.
            }
        }

        return null;
    }

    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        base.Prepare(node);
        if (!HasSentinels)
            return;
        var here = Network.Listen(node.Index, Sentinel, RedisPorts.Sentinel);
        var (known, first) = (PeerOf(node, Sentinel), PeerOf(Nodes[0]));
        File.WriteAllText(
            Path.Combine(FolderOf(node), "sentinel.conf"),
            $"""
            bind {here.Address}
            port {here.Port}
            dir {FolderOf(node)}
            protected-mode no
            sentinel announce-ip {known.Address}
            sentinel announce-port {known.Port}
            sentinel monitor {Group} {first.Address} {first.Port} 2
            sentinel down-after-milliseconds {Group} 1000
            sentinel failover-timeout {Group} 5000
            """);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var program = FileOf(RedisEngine.Server);
        var (here, known) = (ListenOf(node), PeerOf(node));
        List<string> words =
        [
            "--bind", $"{here.Address}", "--port", Number(here.Port), "--dir", FolderOf(node), "--save", "",
            "--protected-mode", "no",
            "--replica-announce-ip", $"{known.Address}", "--replica-announce-port", Number(known.Port),
            // A replica's first copy is not put off in the hope of others.
            "--repl-diskless-sync-delay", "0", "--daemonize", "no",
            .. Choices.Fsync == "none"
                ? ["--appendonly", "no"]
                : new[] { "--appendonly", "yes", "--appendfsync", Choices.Fsync },
        ];
        if (node.Index == RedisEngine.Heir)
            words.AddRange(["--replica-priority", "50"]);
        if (IsSharded)
            words.AddRange(RedisShards.WordsFor(
                Network.Listen(node.Index, Bus, RedisPorts.Bus), known, PeerOf(node, Bus)));
        // Where sentinels are, they say who follows whom when it comes back.
        else if (node.Index != _promoted && PeerOf(Nodes[_promoted]) is var primary)
            words.AddRange(["--replicaof", $"{primary.Address} {primary.Port}"]);
        return HasSentinels
            ? [new(program, words), new(program, Path.Combine(FolderOf(node), "sentinel.conf"), "--sentinel")]
            : [new(program, words)];
    }

    // A replica follows; under sentinels so does whoever comes back while another one is the primary.
    /// <inheritdoc/>
    protected override async Task<bool> IsBack(EngineNode node, CancellationToken cancellation) =>
        await Ask(node, cancellation, "INFO", "replication") is string told
        && (told.Contains("master_link_status:up", StringComparison.Ordinal)
            || (told.Contains("role:master", StringComparison.Ordinal)
                && (!HasSentinels || await KnownPrimary(
                    Network.Direct(node.Index, Sentinel, RedisPorts.Sentinel), cancellation) == node.Index)));

    // What is not as the set-up says would answer every operation with a refusal.
    /// <inheritdoc/>
    protected override async Task Settle(string room, CancellationToken cancellation)
    {
        var hasShards = await Ask(Nodes[0], cancellation, "INFO", "cluster") is string told
            && told.Contains("cluster_enabled:1", StringComparison.Ordinal);
        if (hasShards != IsSharded)
            throw new UserMistakeException(
                $"--at: expected {(IsSharded ? "shards" : "a Redis without shards")} at"
                + $" {Place.Source.Addresses[0]}, as --config {_setup.Name} has, found"
                + $" {(IsSharded ? "none" : "one of a cluster")}");
        if (IsSharded)
            await MustNameAll(cancellation);
        else if (!await IsPrimary(Nodes[0], cancellation))
            throw new UserMistakeException(
                $"--at: expected the primary first, found that {Place.Source.Addresses[0]} is a replica");
    }

    // Shards send clients to one another, by addresses that must lead through what can be cut here.
    async Task MustNameAll(CancellationToken cancellation)
    {
        foreach (var address in RedisShards.AddressesIn(
            (string)(await Ask(Nodes[0], cancellation, "CLUSTER", "NODES"))!))
            if (!IPEndPoint.TryParse(address, out var there) || NodeAt(there) is null)
                throw new UserMistakeException(
                    "--at: expected all nodes of the cluster by the addresses that they tell one another,"
                    + $" found that {address} is missing");
    }

    /// <inheritdoc/>
    protected override async Task Form(CancellationToken cancellation)
    {
        if (IsSharded)
            await FormShards(cancellation);
        foreach (var node in IsSharded ? Nodes.Skip(RedisShards.Count) : Nodes.Skip(1))
            await UntilFollowing(node, cancellation);
        if (HasSentinels)
            foreach (var node in Nodes)
                await Until(
                    $"the sentinel of {node.Name} to know the others", stop => KnowsOthers(node, stop), node,
                    cancellation);
    }

    async Task FormShards(CancellationToken cancellation)
    {
        var shards = new RedisShards(this, AddressOf);
        await shards.Introduce(cancellation);
        foreach (var node in Nodes)
            await Until(
                $"{node.Name} to know the others", stop => shards.Knows(node, stop), node, cancellation);
        await shards.Follow(cancellation);
        foreach (var node in Nodes)
            await Until(
                $"{node.Name} to see the shards whole", stop => shards.IsWhole(node, stop), node,
                cancellation);
    }

    async Task<bool> KnowsOthers(EngineNode node, CancellationToken cancellation) =>
        await RespConnection.Ask(
            Network.Direct(node.Index, Sentinel, RedisPorts.Sentinel), cancellation,
            "SENTINEL", "master", Group) is object?[] told
        && Told(told, "num-slaves") == Number(Nodes.Count - 1)
        && Told(told, "num-other-sentinels") == Number(Nodes.Count - 1);

    (IPEndPoint Client, IPEndPoint Bus) AddressOf(EngineNode node) => (PeerOf(node), PeerOf(node, Bus));

    IPEndPoint PeerOf(EngineNode node, string service) => Network.Peer(
        node.Index, service, service == Bus ? RedisPorts.Bus : RedisPorts.Sentinel);

    static string? Told(object?[] pairs, string name)
    {
        var place = Array.IndexOf(pairs, name);
        return place < 0 ? null : pairs[place + 1] as string;
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
