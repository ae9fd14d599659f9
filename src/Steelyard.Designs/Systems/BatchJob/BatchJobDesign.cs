using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Systems.BatchJob;

/// <summary>Works through a million records within an hour, and crashes in the middle of it.</summary>
internal sealed class BatchJobDesign : ArchitectureSystem
{
    /// <inheritdoc/>
    public override string Name => "batch-job";

    /// <inheritdoc/>
    public override string Summary =>
        "a million records within an hour and a crash: what a checkpoint saves, and what is done twice";

    /// <inheritdoc/>
    public override string Story =>
        "A million records within an hour are 277.8 a second. Four workers do 313, with a checkpoint after"
        + " every 10,000 records, for which all wait; undisturbed they end after 54:05 minutes. The latency"
        + " of a record is not its work (12 ms) but its place in the job: half wait 27 minutes. After 30"
        + " minutes the job crashes for a minute, and goes on from its last checkpoint: 4,800 records are"
        + " done again, and it ends after 55:20. What is done again takes effect again unless each write is"
        + " known by its number: with --writes plain 4,800 effects are doubled. Without checkpoints 548,000"
        + " records are done again and at the end of the hour 56 % are there. A checkpoint has its price,"
        + " too: after every 1,000 records, work waits for so many that 82 % are done; after every 100,000,"
        + " 62,800 are done again and it ends after 57:39.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--writes plain", "what is done again takes effect again"),
        new("--checkpoint 0", "a crash costs all that was done before it"),
        new("--checkpoint 1000", "so many checkpoints that the hour does not suffice"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        Count("records", 1_000_000, "Records of the job") with { Maximum = 10_000_000 },
        Count("checkpoint", 10_000, "Records from one checkpoint to the next; 0 is none", least: 0) with
        {
            Maximum = 10_000_000,
        },
        DesignOption.Choice("writes", "What a record that is written again does: nothing (it is known by its"
            + " number), or its effect again", "idempotent", "plain"),
        Time("crash-at", "30m", "When the job crashes, for a sixtieth of the run; 0s is never"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var checkpoint = options.Count("checkpoint");
        var duration = options.Common.Duration ?? TimeSpan.FromHours(1);
        var crashAt = options.Given("crash-at") ? options.Duration("crash-at") : duration / 2;
        return new(Name,
        [
            new JobPart("job")
            {
                Records = options.Count("records"), AtOnce = 4,
                Checkpoint = checkpoint > 0 ? checkpoint : null,
                CheckpointTime = TakesTime.Parse("500ms"), Calls = [new("worker")],
            },
            new ServicePart("worker")
            {
                Workers = 4, Time = TakesTime.Parse("62ms"), PerItem = TimeSpan.FromMilliseconds(12),
                Price = 1, Calls = [new("ledger")],
            },
            new DatabasePart("ledger")
            {
                WriteTime = TakesTime.Parse("5ms"), PerItem = TimeSpan.FromMicroseconds(200),
                Sync = TakesTime.Parse("2ms"), Dedup = options.Choice("writes") == "idempotent", Price = 1,
            },
        ])
        {
            Summary = FormattableString.Invariant($"{options.Count("records"):N0} records, ")
                + (checkpoint == 0 ? "no checkpoint"
                    : FormattableString.Invariant($"a checkpoint after every {checkpoint:N0}")),
            Slo = TimeSpan.FromHours(1),
            Duration = duration,
            Settle = TimeSpan.FromSeconds(10),
            Faults = crashAt == TimeSpan.Zero ? FaultPlan.None : new(
            [
                new CrashFault { At = crashAt, For = duration / 60, Nodes = ["job"] },
            ]),
            Limits = [MeasuredLimit.Parse("availability = 100%")],
        };
    }
}
