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
    public override string Story =>
        "Replicas a second behind are fine for what others have bought, and not for what one has just"
        + " bought oneself: on replicas alone 681 of 28,553 looks do not show a purchase that the customer"
        + " was told of. That is each purchase times how often its customer looks within the lag, which no"
        + " average lag tells. To read all at the primary is right and too much for it: it is 97.6 % busy,"
        + " p99 is 285 ms, and two replicas that cost as much stand idle. To read at the primary for 5 s"
        + " after a purchase of one's own misses nothing, with p99 at 38 ms. Two things break it without a"
        + " sound: a second instance that does not know of the purchase (--balance round-robin: 428 missed,"
        + " two thirds of all, for two of three instances do not know), and replicas that are further behind"
        + " than those 5 s (--lag 10s: 2,663). Some seconds of lag are a promise only where something"
        + " measures them.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--read-from replicas", "customers do not see what they have just bought"),
        new("--balance round-robin", "an instance that does not know of the purchase"),
        new("--read-from primary", "right, and too much for the primary"),
    ];

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
