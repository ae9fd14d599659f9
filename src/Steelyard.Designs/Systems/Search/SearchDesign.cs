using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Search;

/// <summary>Asks all shards of an index at once and waits for the slowest of them.</summary>
internal sealed class SearchDesign : ArchitectureSystem
{
    /// <inheritdoc/>
    public override string Name => "search";

    /// <inheritdoc/>
    public override string Summary =>
        "asks 100 shards and waits for the slowest: what is rare at one is the rule for all, and hedged";

    /// <inheritdoc/>
    public override string Story =>
        "Each of 100 servers answers nearly always within 10 ms, but for the 100 ms in every ten"
        + " seconds in which it stands still to collect garbage: one answer in a hundred is late. A search"
        + " asks all of them and waits for the slowest, and with 100 servers 63 % of all searches meet at"
        + " least one that stands still: the median is 30.7 ms and the 99th percentile 107 ms, though"
        + " nothing is overloaded (workers are busy 11 % of the time). Averages of a server show nothing"
        + " of it: 2.6 ms. Asking another server that has the shard when no answer has come after 10 ms"
        + " costs 1.9 % more calls; then the median is 13.3 ms and the 99th percentile 27.4 ms. Hedging"
        + " after 2 ms already takes half as many calls again.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--hedge 0s", "what is rare at one server is the rule for all"),
        new("--hedge 2ms", "asked again too early: half as many calls again"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        Count("shards", 100, "Shards of the index, which a search asks all at once", least: 2),
        Time("hedge", "10ms", "After how long another server that has the shard is asked too; 0s is never"),
        Time("pause", "100ms", "For how long a server stands still every ten seconds, to collect garbage;"
            + " 0s is never"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var (shards, hedge, pause) =
            (options.Count("shards"), options.Duration("hedge"), options.Duration("pause"));
        return new(Name,
        [
            new ClientsPart("people") { Rate = 100, Calls = [new("front")] },
            new ServicePart("front")
            {
                Time = TakesTime.Parse("1ms"),
                Calls = [new("leaf") { Fan = shards, Hedge = hedge > TimeSpan.Zero ? hedge : null }],
            },
            new ServicePart("leaf")
            {
                Instances = shards, Workers = 2, Time = TakesTime.Parse("exp 2ms"), Price = 1,
                PauseEvery = pause > TimeSpan.Zero ? TimeSpan.FromSeconds(10) - pause : null,
                PauseFor = pause,
            },
        ])
        {
            Summary = $"{shards} shards, {(hedge > TimeSpan.Zero ? "hedged" : "not hedged")}",
            Slo = TimeSpan.FromMilliseconds(100),
            Duration = TimeSpan.FromSeconds(20),
            Settle = TimeSpan.FromSeconds(1),
            Limits =
            [
                MeasuredLimit.Parse("latency-p99 < 60ms"),
                .. hedge == TimeSpan.Zero ? Array.Empty<MeasuredLimit>()
                    : [MeasuredLimit.Parse("front-leaf-attempts < 1.1")],
            ],
        };
    }
}
