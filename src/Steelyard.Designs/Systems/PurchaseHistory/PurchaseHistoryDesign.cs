using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.PurchaseHistory;

/// <summary>Customers look at what they have bought, on replicas that follow a primary.</summary>
internal sealed class PurchaseHistoryDesign : ArchitectureSystem
{
    const string Own = "own";

    /// <inheritdoc/>
    public override string Name => "purchase-history";

    /// <inheritdoc/>
    public override string Summary =>
        "customers look at what they have just bought, on replicas that are behind: read your writes, or not";

    /// <inheritdoc/>
    public override string Story => "";

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice(
            "read-from", "Where histories are read; own: at the primary for a while after a purchase",
            Own, "primary", "replicas"),
        Time("own-for", "5s", "How long after a purchase its customer reads at the primary"),
        Time("lag", "1s", "How far behind replicas are"),
        DesignOption.Choice(
            "balance", "Whether a customer stays at one of the three instances, which know who has bought",
            Balancing.Sticky, Balancing.RoundRobin),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var from = options.Choice("read-from");
        return new(Name,
        [
            new ClientsPart("customers")
            {
                Rate = 500, Sessions = 1_000, Keys = 1_000, Reads = 0.95,
                Calls = [new("api") { Balance = options.Choice("balance") }],
            },
            new ServicePart("api")
            {
                Instances = 3,
                Calls = [new("db") { ReadFrom = from, OwnFor = options.Duration("own-for") }],
            },
            new DatabasePart("db")
            {
                Workers = 4, Time = TakesTime.Exponential(TimeSpan.FromMilliseconds(8)),
                WriteTime = TakesTime.Exponential(TimeSpan.FromMilliseconds(4)),
                Replicas = 2, Lag = TakesTime.Always(options.Duration("lag")), Price = 1,
            },
        ])
        {
            Summary = from switch
            {
                Own => "who has just bought reads at the primary, all others at replicas",
                "primary" => "everybody reads at the primary",
                _ => "everybody reads at replicas",
            },
            Duration = TimeSpan.FromSeconds(60),
            Settle = TimeSpan.FromSeconds(5),
            Slo = TimeSpan.FromMilliseconds(200),
            Limits =
            [
                MeasuredLimit.Parse("own-writes-missed = 0"), MeasuredLimit.Parse("latency-p99 < 100ms"),
                MeasuredLimit.Parse("staleness-max < 5s"),
            ],
        };
    }
}
