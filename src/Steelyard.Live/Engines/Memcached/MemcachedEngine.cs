using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Live.Matrix;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Memcached;

/// <summary>Memcached: a cache in the memory of one server.</summary>
internal sealed class MemcachedEngine : Engine
{
    /// <summary>The server.</summary>
    public static EngineProgram Server { get; } = new("memcached", "memcached");

    /// <inheritdoc/>
    public override string Name => "memcached";

    /// <inheritdoc/>
    public override string Summary =>
        "Memcached: a cache may forget, and must never answer with what was replaced or deleted";

    /// <inheritdoc/>
    public override string Story =>
        "Memcached keeps everything in memory and promises to keep nothing: after a restart it is empty, and"
        + " when it is full it forgets what was used longest ago. Who takes it for a database loses data; who"
        + " takes it for a cache is never told an old value.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } = [Server];

    /// <inheritdoc/>
    public override (string Image, string? User)? Image => ("docker.io/library/memcached:1.6", null);

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } =
        [EngineRelease.Told("memcached", Server, "--version", "1.6")];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } = [new("single", 1, "one server")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> SetupsElsewhere => ["single"];

    /// <inheritdoc/>
    public override bool AsksWithName => false;

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads { get; } =
    [
        new(
            "cache", "reads, writes and deletes; that a key is forgotten is allowed, an old value is not",
            _ => new CacheWorkload(), _ => [new Linearizable(KnownModels.CasRegister())]),
        LiveWorkloads.Register(),
        new(
            "counter", "adds to a counter (incr) and reads of it",
            _ => new CounterWorkload(MemcachedClient.Counter), _ => [new CounterBounds()]),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => MemcachedRows.All;

    /// <inheritdoc/>
    public override bool KeepsOnDisk => false;

    /// <inheritdoc/>
    public override string WhyNoClock => "it goes by its monotonic clock, which stays as it is";

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new MemcachedCluster(place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new MemcachedClient((MemcachedCluster)cluster, seat);
}
