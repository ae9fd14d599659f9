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
    internal const string CatchUp = "catch-up";
    internal const string NoHandOver = "none";

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
        .. OfRebalancing,
    ]);

    static IEnumerable<Setting<DatabasePart>> OfRebalancing =>
    [
        SettingsOf<DatabasePart>.TimeOrNone("rebalance-at", "when slots of busy shards move to idle ones",
            p => p.RebalanceAt, (p, v) => p with { RebalanceAt = v }),
        SettingsOf<DatabasePart>.Number(
            "rebalance-over", "busiest shard over the mean above which they do; 0 is never",
            p => p.RebalanceOver, (p, v) => p with { RebalanceOver = v }),
        SettingsOf<DatabasePart>.Count("slots", "slots of a shard, each of which moves as one",
            p => p.Slots, (p, v) => p with { Slots = v }),
        SettingsOf<DatabasePart>.Count("spare-shards", "shards that have nothing until slots move there",
            p => p.SpareShards, (p, v) => p with { SpareShards = v }, least: 0),
        SettingsOf<DatabasePart>.Limit("data", "MB that all shards have together; none is a row for each key",
            p => p.DataMegabytes, (p, v) => p with { DataMegabytes = v }),
        SettingsOf<DatabasePart>.Count("move-rate", "how fast slots are copied, in MB/s at most",
            p => p.MoveRate, (p, v) => p with { MoveRate = v }),
        SettingsOf<DatabasePart>.Word(
            "hand-over", "what becomes of writes to a slot while it is copied", [CatchUp, NoHandOver],
            p => p.HandOver, (p, v) => p with { HandOver = v }),
    ];

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

    /// <summary>When slots of the busiest shards move to those that do least; null is at no stated
    /// time.</summary>
    public TimeSpan? RebalanceAt { get; init; }

    /// <summary>They move when the busiest shard is asked for more than so many times what a mean one is; 0
    /// is never.</summary>
    public double RebalanceOver { get; init; }

    /// <summary>How many slots a shard begins with: a slot is what moves as one, some hashes or a range of
    /// keys.</summary>
    public int Slots { get; init; } = 64;

    /// <summary>Shards that have no slot until some move there.</summary>
    public int SpareShards { get; init; }

    /// <summary>MB that all shards have together, evenly; null is a row for each key.</summary>
    public int? DataMegabytes { get; init; }

    /// <summary>How fast slots are copied at most, in MB/s; disks at both ends may be slower.</summary>
    public int MoveRate { get; init; } = 50;

    /// <summary>What becomes of writes to a slot while it is copied: <c>catch-up</c> sends them after it, and
    /// lets the last of them wait until the other shard has it all; <c>none</c> leaves them behind, which is
    /// wrong.</summary>
    public string HandOver { get; init; } = CatchUp;

    /// <summary>Whether slots may move.</summary>
    internal bool Rebalances => RebalanceAt is not null || RebalanceOver > 0;

    /// <summary>Shards, those that have nothing at the start too.</summary>
    internal int AllShards => Shards + SpareShards;

    /// <summary>Bytes of a slot.</summary>
    /// <param name="keys">How many keys there are.</param>
    internal double SlotBytes(int keys) =>
        (DataMegabytes is { } megabytes ? megabytes * 1e6 : (double)keys * RowBytes) / (Shards * Slots);

    internal override int MostInstances => AllShards * (1 + Replicas);

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
        if (SpareShards > 0 && !Rebalances)
            throw new UserMistakeException(
                $"spare-shards: expected rebalance-at or rebalance-over, found neither");
        if (Rebalances && AllShards == 1)
            throw new UserMistakeException("rebalance: expected shards to move slots between, found 1");
        if (RebalanceOver is > 0 and <= 1)
            throw new UserMistakeException(
                $"rebalance-over: expected a number above 1, found {RebalanceOver}");
        if (Calls.Count > 0)
            throw new UserMistakeException($"expected no calls of a database, found {Calls[0].To}");
        if (Instances != 1)
            throw new UserMistakeException(
                $"expected shards and replicas in place of instances, found instances: {Instances}");
    }

    /// <summary>The slot of a key.</summary>
    internal int SlotOf(int key, int keys) => ShardBy == Range
        ? (int)((long)key * Shards * Slots / keys)
        : (int)(StableHash.Mix((ulong)key) % ((ulong)Shards * (ulong)Slots));

    /// <summary>The shard that a slot is in at the start: that of its keys by
    /// <see cref="ShardOf"/>.</summary>
    internal int HomeOf(int slot) => ShardBy == Range ? slot / Slots : slot % Shards;

    /// <summary>The shard of a key, at the start.</summary>
    internal int ShardOf(int key, int keys) => ShardBy == Range
        ? (int)((long)key * Shards / keys)
        : (int)(StableHash.Mix((ulong)key) % (ulong)Shards);
}
