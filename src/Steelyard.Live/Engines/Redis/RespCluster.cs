using System.Globalization;
using System.Net;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Servers that speak Redis' protocol.</summary>
internal abstract class RespCluster : EngineCluster
{
    /// <summary>The service of a server that clients ask.</summary>
    protected const string Server = "client";

    /// <summary>Prepares so many servers.</summary>
    protected RespCluster(EngineSetup setup, ClusterPlace place)
        : base(place, [.. Enumerable.Range(1, setup.Nodes).Select(number => $"n{number}")])
    {
        Choices = RedisChoices.Of(setup);
        Choices.MustFit(setup);
    }

    /// <summary>What was chosen besides the set-up.</summary>
    public RedisChoices Choices { get; }

    /// <summary>Who asks; null where the servers are ours.</summary>
    public EngineAccount? Account => Place.Source.Account;

    /// <summary>Whether keys are spread over several primaries.</summary>
    public virtual bool IsSharded => false;

    /// <summary>Where a client beside a node reaches a server.</summary>
    public IPEndPoint ServerOf(int home, int node) => Network.Client(home, node, Server, RedisPorts.Server);

    /// <summary>The server that tells others of itself by such an address; null is none of ours.</summary>
    public int? NodeAt(IPEndPoint address) =>
        Nodes.FirstOrDefault(node => PeerOf(node).Equals(address))?.Index;

    /// <summary>The primary, as a client beside a node knows it.</summary>
    /// <param name="home">The node the client stands beside.</param>
    /// <param name="cancellation">Gives up.</param>
    public virtual Task<int> PrimaryFor(int home, CancellationToken cancellation) => Task.FromResult(0);

    /// <summary>A command, with its keys named so that nobody else has them where the servers are not
    /// ours.</summary>
    public IReadOnlyList<string> InRoom(IReadOnlyList<string> words)
    {
        if (!Place.Source.IsElsewhere)
            return words;
        var (first, count) = words[0] switch
        {
            "EVAL" => (3, int.Parse(words[2], CultureInfo.InvariantCulture)),
            "LMOVE" => (1, 2),
            _ => (1, 1),
        };
        return [.. words.Select((word, place) =>
            place >= first && place < first + count ? $"{Room}:{word}" : word)];
    }

    /// <summary>Asks a server past all faults, to look after it.</summary>
    public async Task<object?> Ask(
        EngineNode node, CancellationToken cancellation, params IReadOnlyList<string> words)
    {
        using var connection = await Connect(node, cancellation);
        return await connection.Ask(words, cancellation);
    }

    /// <summary>Connects to a server past all faults.</summary>
    public Task<RespConnection> Connect(EngineNode node, CancellationToken cancellation) =>
        RespConnection.Open(
            Network.Direct(node.Index, Server, RedisPorts.Server), cancellation, Account);

    /// <summary>Where a server listens for clients.</summary>
    protected IPEndPoint ListenOf(EngineNode node) => Network.Listen(node.Index, Server, RedisPorts.Server);

    /// <summary>Where other servers reach it, and as what they tell of it.</summary>
    protected IPEndPoint PeerOf(EngineNode node) => Network.Peer(node.Index, Server, RedisPorts.Server);

    /// <inheritdoc/>
    protected override async Task Clear(string room, CancellationToken cancellation)
    {
        foreach (var node in IsSharded ? Nodes : Nodes.Take(1))
            if (!IsSharded || await IsPrimary(node, cancellation))
                await Clear(node, room, cancellation);
    }

    /// <summary>Whether a server says that it is a primary.</summary>
    protected async Task<bool> IsPrimary(EngineNode node, CancellationToken cancellation) =>
        await Ask(node, cancellation, "ROLE") is object?[] and ["master", ..];

    // One key at a time: of several at once a shard wants that all are in one slot.
    async Task Clear(EngineNode node, string room, CancellationToken cancellation)
    {
        using var connection = await Connect(node, cancellation);
        var next = "0";
        do
        {
            var answer = (object?[])(await connection.Ask(
                ["SCAN", next, "MATCH", $"{room}:*", "COUNT", "1000"], cancellation))!;
            next = (string)answer[0]!;
            foreach (var key in ((object?[])answer[1]!).Cast<string>())
                await connection.Ask(["DEL", key], cancellation);
        }
        while (next != "0");
    }

    /// <inheritdoc/>
    protected override async Task<string> TellVersion(CancellationToken cancellation) =>
        ((string)(await Ask(Nodes[0], cancellation, "INFO", "server"))!)
            .Split('\n').FirstOrDefault(line => line.StartsWith(VersionWord, StringComparison.Ordinal))
        ?? throw new IOException($"it tells no {VersionWord}");

    /// <summary>What stands before the version where a server tells of itself.</summary>
    protected virtual string VersionWord => "redis_version:";

    /// <inheritdoc/>
    protected override void Prepare(EngineNode node) => Place.Yard.MakeFolder(node.Name);

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation) =>
        await Ask(node, cancellation, "PING") is "PONG";
}
