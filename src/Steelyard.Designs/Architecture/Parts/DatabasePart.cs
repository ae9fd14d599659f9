using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>
/// A database: shards, each a primary with replicas that follow it. A write locks its row, costs the disk
/// what the engine makes of it, and is committed with others by one sync.
/// </summary>
internal sealed record DatabasePart(string Name) : StationPart(Name)
{
    internal const string Hash = "hash";
    internal const string Range = "range";
    internal const string NoEngine = "none";
    internal const string BTree = "b-tree";
    internal const string Lsm = "lsm";

    static readonly IReadOnlyList<Setting<Part>> s_settings = For([
        .. OfStations<DatabasePart>(),
        SettingsOf<DatabasePart>.Takes("write-time", "how long a worker works at a write; time is a read's",
            p => p.WriteTime, (p, v) => p with { WriteTime = v }),
        SettingsOf<DatabasePart>.Count("shards", "parts of the data, each on instances of its own",
            p => p.Shards, (p, v) => p with { Shards = v }),
        SettingsOf<DatabasePart>.Word("shard-by", "which shard a key is in", [Hash, Range],
            p => p.ShardBy, (p, v) => p with { ShardBy = v }),
        SettingsOf<DatabasePart>.Count("replicas", "copies of each shard besides the primary",
            p => p.Replicas, (p, v) => p with { Replicas = v }, least: 0),
        SettingsOf<DatabasePart>.Count("sync-replicas", "replicas that have a write before it is answered",
            p => p.SyncReplicas, (p, v) => p with { SyncReplicas = v }, least: 0),
        SettingsOf<DatabasePart>.Takes("lag", "how much later a write is sent to replicas",
            p => p.Lag, (p, v) => p with { Lag = v }),
        SettingsOf<DatabasePart>.TimeOrNone("failover", "silence after which a replica takes over",
            p => p.Failover, (p, v) => p with { Failover = v }),
        SettingsOf<DatabasePart>.Flag("locks", "a row is locked while it is written",
            p => p.Locks, (p, v) => p with { Locks = v }),
        SettingsOf<DatabasePart>.Takes("sync", "how long a sync of the log takes; writes wait for one",
            p => p.Sync, (p, v) => p with { Sync = v }),
        SettingsOf<DatabasePart>.Count("group", "writes that a sync commits at most",
            p => p.Group, (p, v) => p with { Group = v }),
        SettingsOf<DatabasePart>.Flag("dedup", "a write that comes again has no effect",
            p => p.Dedup, (p, v) => p with { Dedup = v }),
        SettingsOf<DatabasePart>.Word("engine", "what reads and writes cost the disk", [NoEngine, BTree, Lsm],
            p => p.Engine, (p, v) => p with { Engine = v }),
        SettingsOf<DatabasePart>.Count("disk", "what the disk does, in MB/s",
            p => p.DiskMegabytes, (p, v) => p with { DiskMegabytes = v }),
        SettingsOf<DatabasePart>.Count("row", "bytes of a row", p => p.RowBytes, (p, v) =>
            p with { RowBytes = v }),
        SettingsOf<DatabasePart>.Count("page", "bytes of a page",
            p => p.PageBytes, (p, v) => p with { PageBytes = v }),
        SettingsOf<DatabasePart>.Count("levels", "levels of an LSM tree", p => p.Levels, (p, v) =>
            p with { Levels = v }),
        SettingsOf<DatabasePart>.Count("growth", "how much larger a level is than the one above",
            p => p.Growth, (p, v) => p with { Growth = v }),
        SettingsOf<DatabasePart>.Count("debt", "MB that wait for compaction before writes stall",
            p => p.DebtMegabytes, (p, v) => p with { DebtMegabytes = v }),
        SettingsOf<DatabasePart>.Share("cached", "reads that need no disk",
            p => p.Cached, (p, v) => p with { Cached = v }),
    ]);

    /// <inheritdoc/>
    public override string Kind => "database";

    /// <summary>How long a worker works at a write.</summary>
    public TakesTime WriteTime { get; init; } = TakesTime.Nothing;

    /// <summary>Shards.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Which shard a key is in: by its <c>hash</c>, or by its <c>range</c>.</summary>
    public string ShardBy { get; init; } = Hash;

    /// <summary>Copies of each shard besides the primary.</summary>
    public int Replicas { get; init; }

    /// <summary>Replicas that have a write before it is answered; at most <see cref="Replicas"/>.</summary>
    public int SyncReplicas { get; init; }

    /// <summary>How much later a write is sent to replicas.</summary>
    public TakesTime Lag { get; init; } = TakesTime.Nothing;

    /// <summary>Silence after which a replica takes over; null is never.</summary>
    public TimeSpan? Failover { get; init; }

    /// <summary>A row is locked while it is written.</summary>
    public bool Locks { get; init; } = true;

    /// <summary>How long a sync of the log takes.</summary>
    public TakesTime Sync { get; init; } = TakesTime.Nothing;

    /// <summary>How many writes a sync commits at most.</summary>
    public int Group { get; init; } = 1_000_000;

    /// <summary>A write that comes again has no effect.</summary>
    public bool Dedup { get; init; }

    /// <summary>What reads and writes cost the disk: <c>none</c>, <c>b-tree</c> or <c>lsm</c>.</summary>
    public string Engine { get; init; } = NoEngine;

    /// <summary>What the disk does, in MB/s.</summary>
    public int DiskMegabytes { get; init; } = 200;

    /// <summary>Bytes of a row.</summary>
    public int RowBytes { get; init; } = 200;

    /// <summary>Bytes of a page.</summary>
    public int PageBytes { get; init; } = 16_384;

    /// <summary>Levels of an LSM tree.</summary>
    public int Levels { get; init; } = 4;

    /// <summary>How much larger a level is than the one above it.</summary>
    public int Growth { get; init; } = 10;

    /// <summary>MB that may wait for compaction before writes stall.</summary>
    public int DebtMegabytes { get; init; } = 256;

    /// <summary>The share of reads that need no disk.</summary>
    public double Cached { get; init; } = 0.9;

    internal override int MostInstances => Shards * (1 + Replicas);

    internal override int AtStart => MostInstances;

    internal override string Extent =>
        (Shards > 1 ? $"{Shards} shards{(Replicas > 0 ? " of " : "")}" : "")
        + (Replicas == 0 ? "" : $"1 + {Replicas} replica{(Replicas == 1 ? "" : "s")}")
        + (Shards > 1 || Replicas > 0 ? Workers is null ? "" : " × " : Workers is null ? "1 instance" : "")
        + (Workers is { } workers ? $"{workers} worker{(workers == 1 ? "" : "s")}" : "");

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override INode Create(InstanceContext context) => new DatabaseStation(context, this);

    internal override void Check()
    {
        if (SyncReplicas > Replicas)
            throw new UserMistakeException(
                $"sync-replicas: expected at most the {Replicas} replicas, found {SyncReplicas}");
        if (Calls.Count > 0)
            throw new UserMistakeException($"expected no calls of a database, found {Calls[0].To}");
        if (Instances != 1)
            throw new UserMistakeException(
                $"expected shards and replicas in place of instances, found instances: {Instances}");
    }

    /// <summary>The shard of a key.</summary>
    internal int ShardOf(int key, int keys) => ShardBy == Range
        ? (int)((long)key * Shards / keys)
        : (int)(StableHash.Mix((ulong)key) % (ulong)Shards);
}
