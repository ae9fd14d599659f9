using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Iot;

/// <summary>Sensors write, and hardly anybody reads.</summary>
internal sealed class IotDesign : ArchitectureSystem
{
    const string Direct = "direct";
    const string Queue = "queue";
    const string Batch = "batch";

    /// <inheritdoc/>
    public override string Name => "iot";

    /// <inheritdoc/>
    public override string Summary =>
        "sensors write a hundred times for each read: a queue, batches, and an LSM tree against a B-tree";

    /// <inheritdoc/>
    public override string Story =>
        "A hundred writes to a read: 1,000 a second, and 4,000 from 10 to 15 s. A queue makes nothing"
        + " faster; it takes what comes and is as far behind as its store is slow. With batches of a hundred"
        + " on an LSM tree all is stored within 1.2 s (p99) and sensors wait 4 ms. One by one, each with a"
        + " sync of 5 ms to wait for, sixteen workers do 2,100 a second and the queue is 7.3 s behind;"
        + " without a queue it is the sensors who wait for that, and 28 % are answered within a second. A"
        + " B-tree writes a page of 16 KB for each row of 200 bytes, 82 bytes for one: 850 rows a second are"
        + " all that a disk of 14 MB/s does, and 10,791 are still in the queue at the end. An LSM tree writes"
        + " 32 for one, but most of them later: in the burst 40 MB wait for compaction, and then 83 writes"
        + " stall until some of it is done. What it saves is a factor of 2.6 and the time until the debt is"
        + " due. A queue in memory loses what it has acknowledged when it crashes (--queue-keeps memory"
        + " --kick crash --kick-part queue --kick-size 1 --kick-at 14s --kick-for 2s: 86 writes); on a disk,"
        + " and with a store that knows what it has, none is lost and none doubled.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--engine b-tree", "pages instead of a log: the disk is full, and the queue falls behind"),
        new("--ingest queue", "a queue without batches makes nothing faster"),
        new("--ingest direct", "sensors wait for the store"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice("ingest", "What is between sensors and store", Batch, Queue, Direct),
        DesignOption.Choice(
            "engine", "How the store keeps rows", DatabasePart.Lsm, DatabasePart.BTree),
        Count("batch", 100, "Readings of a batch"),
        Count("disk", 14, "What the store's disk does, in MB/s"),
        Count("debt", 40, "MB that may wait for compaction before writes stall"),
        DesignOption.Choice("burst", "Whether all send four times as much from 10 s to 15 s", "yes", "no"),
        DesignOption.Choice("queue-keeps", "Where the queue keeps what it has taken", "disk", "memory"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var ingest = options.Choice("ingest");
        return new(Name,
        [
            new ClientsPart("sensors")
            {
                Rate = 1_000, Keys = 10_000, Reads = 0.01, Calls = [new("gateway")],
                Shape = options.Choice("burst") == "no" ? RateShape.Constant : new()
                {
                    Word = "spike", By = 4, At = TimeSpan.FromSeconds(10), For = TimeSpan.FromSeconds(5),
                },
            },
            new ServicePart("gateway")
            {
                Calls =
                [
                    new("store") { When = Edge.Reads },
                    new(ingest == Direct ? "store" : "queue") { When = Edge.Writes },
                ],
            },
            .. ingest == Direct ? Array.Empty<Part>() :
            [
                new QueuePart("queue")
                {
                    Time = TakesTime.Always(TimeSpan.FromMilliseconds(1)), Consumers = 1_000,
                    Attempts = 1_000, Durable = options.Choice("queue-keeps") == "disk",
                    Calls = [new(ingest == Batch ? "batcher" : "store")],
                },
            ],
            .. ingest != Batch ? Array.Empty<Part>() :
            [
                new BatcherPart("batcher")
                {
                    Size = options.Count("batch"), Linger = TimeSpan.FromMilliseconds(100),
                    Calls = [new("store")],
                },
            ],
            Store(options),
        ])
        {
            Summary = SummaryOf(ingest, options.Count("batch")),
            Duration = TimeSpan.FromSeconds(30),
            Settle = TimeSpan.FromSeconds(10),
            Slo = TimeSpan.FromSeconds(1),
            Limits =
            [
                MeasuredLimit.Parse("latency-p99 < 100ms"), MeasuredLimit.Parse("availability > 99%"),
                .. ingest == Direct ? Array.Empty<MeasuredLimit>()
                    : [MeasuredLimit.Parse("queue-delivery-p99 < 3s")],
            ],
        };
    }

    // Sixteen workers; each write waits for a sync, alone or with its batch.
    static DatabasePart Store(DesignOptions options) => new("store")
    {
        Workers = 16, WriteTime = TakesTime.Always(TimeSpan.FromMilliseconds(2)),
        PerItem = TimeSpan.FromMicroseconds(20), Sync = TakesTime.Always(TimeSpan.FromMilliseconds(5)),
        Locks = false, Dedup = true, Engine = options.Choice("engine"),
        DiskMegabytes = options.Count("disk"), DebtMegabytes = options.Count("debt"),
    };

    static string SummaryOf(string ingest, int batch) => ingest switch
    {
        Direct => "each reading is written by itself, and its sensor waits for that",
        Queue => "a queue takes readings at once, and they are written one by one",
        _ => $"a queue takes readings at once, and they are written {batch} at a time",
    };
}
