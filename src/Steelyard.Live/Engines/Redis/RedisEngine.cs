using Steelyard.Live.Matrix;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Redis: a single server, a primary with replicas that follow it asynchronously, or
/// shards.</summary>
internal sealed class RedisEngine : Engine
{
    /// <summary>The place of the replica that sentinels promote before others, 0-based.</summary>
    public const int Heir = 1;

    /// <summary>The server.</summary>
    public static EngineProgram Server { get; } = new("redis-server", "redis-server");

    /// <inheritdoc/>
    public override string Name => "redis";

    /// <inheritdoc/>
    public override string Summary =>
        "Redis: a primary answers before its replicas know; cut it off and promote one, and see what is lost";

    /// <inheritdoc/>
    public override string Story =>
        "Redis replicates asynchronously. A primary that is cut off from its replicas goes on answering its"
        + " clients until it learns that another one was promoted, and what it has acknowledged by then is"
        + " discarded.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } = [Server];

    /// <inheritdoc/>
    public override (string Image, string? User)? Image => ("docker.io/library/redis:7.0", null);

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } =
        [EngineRelease.Told("Redis", Server, "--version", "7.0")];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } =
    [
        new("sentinel", 3, "a primary, two replicas, and a sentinel beside each")
        {
            Standbys = [$"n{Heir + 1}"],
        },
        new("single", 1, "one server"),
        new("replicas", 3, "a primary and two replicas, promoted by hand")
        {
            Spare = 0, Standbys = ["n2", "n3"], Returns = true,
        },
        new("cluster", 6, "three shards, each a primary and a replica (Redis Cluster)") { Spare = 1 },
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> SetupsElsewhere => ["single", "replicas", "cluster"];

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads => RedisWorkloads.All;

    /// <inheritdoc/>
    public override IReadOnlyList<DesignOption> Options => RedisChoices.Options;

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => RedisRows.All;

    // Replicas and shards acknowledge what only one of them has: whoever is promoted may not have it.
    /// <inheritdoc/>
    public override bool SyncsWhatItAcknowledges(EngineSetup setup) =>
        setup.Name == "single" && RedisChoices.Of(setup).Fsync == "always";

    /// <inheritdoc/>
    public override string WhyNoClock => OfJemalloc;

    /// <inheritdoc/>
    public override bool TellsPeers => true;

    /// <inheritdoc/>
    protected override string? WhyNoChange(EngineSetup setup, MembershipChangeKind change) =>
        setup.Name == "cluster" ? null
            : "a replica follows whom it is told to: --config cluster has servers that come and go";

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new RedisCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new RedisClient((RedisCluster)cluster, seat);
}
