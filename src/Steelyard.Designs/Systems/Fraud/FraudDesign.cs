using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Fraud;

/// <summary>Scores transactions, one by one or in batches.</summary>
internal sealed class FraudDesign : ArchitectureSystem
{
    // 20 ms for one alone, of which most is spent once a batch: 20 workers score 1,000 a second one by one,
    // and
    // 5,000 in batches of a hundred.
    static readonly TimeSpan s_once = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan s_eachFurther = TimeSpan.FromMicroseconds(3_800);

    /// <inheritdoc/>
    public override string Name => "fraud";

    /// <inheritdoc/>
    public override string Summary =>
        "scores transactions for fraud, one by one or in batches: find where batching begins to pay";

    /// <inheritdoc/>
    public override string Story =>
        "Scoring costs 20 ms for one transaction and 3.8 ms for each further one of a batch, on 20 workers."
            + " One by"
        + " one that is 1,000 a second at most: above it the line grows without end, however fast a single"
        + " score"
        + " is. In batches of ten the same workers do 3,700, and latency falls, for nobody waits in line"
        + " any more;"
        + " in batches of five hundred everybody waits for the batch to fill and then for its work."
        + " Little's law"
        + " says what a claim of 500 ms at 5,000 a second means: 2,500 transactions are in flight, 25"
        + " batches of a"
        + " hundred; filling a batch takes only 20 ms of it.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--batch 1", "one by one the workers cannot keep up"),
        new("--batch 500", "in large batches everybody waits for the batch to fill"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        Count("batch", 10, "Transactions of a batch; 1 scores them one by one"),
        Time("linger", "1s", "How long the first of a batch waits for others"),
        Count("workers", 20, "Batches that are scored at once"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var batch = options.Count("batch");
        return new(Name,
        [
            new ClientsPart("shops")
            {
                Rate = 1_500,
                Calls = [new(batch == 1 ? "scorer" : "batcher")],
            },
            .. batch == 1 ? Array.Empty<Part>() :
            [
                new BatcherPart("batcher")
                {
                    Size = batch, Linger = options.Duration("linger"), Calls = [new("scorer")],
                },
            ],
            new ServicePart("scorer")
            {
                Workers = options.Count("workers"), Time = TakesTime.Always(s_once), PerItem = s_eachFurther,
                Price = 1,
            },
        ])
        {
            Summary = batch == 1 ? "each transaction is scored alone"
                : $"transactions are scored {batch} at a time",
            Slo = TimeSpan.FromMilliseconds(200),
            Duration = TimeSpan.FromSeconds(60),
            Limits = [MeasuredLimit.Parse("latency-p99 < 200ms"), MeasuredLimit.Parse("availability > 99%")],
        };
    }
}
