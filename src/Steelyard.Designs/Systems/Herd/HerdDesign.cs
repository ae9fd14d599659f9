using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Herd;

/// <summary>A cache loses what it holds, and everybody asks the database at once.</summary>
internal sealed class HerdDesign : ArchitectureSystem
{
    const string Unprotected = "none";
    const string Coalesce = "coalesce";
    const string Leases = "leases";
    const string Stale = "stale";

    /// <inheritdoc/>
    public override string Name => "herd";

    /// <inheritdoc/>
    public override string Summary =>
        "a cache loses what it holds and everybody asks the database at once, with and without coalescing";

    /// <inheritdoc/>
    public override string Story => "";

    /// <inheritdoc/>
    protected override Push UsualPush { get; } = new()
    {
        What = DegradeFault.Flush, At = TimeSpan.FromSeconds(10), For = TimeSpan.FromSeconds(5),
    };

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice(
            "protect", "What keeps the herd from the database", Coalesce, Leases, Stale, Unprotected),
        Time("ttl", "20s", "How long the cache holds a key"),
        Count("db-workers", 3, "Look-ups that the database works at, at once; each takes 20 ms"),
        Count("retries", 2, "How often a look-up is tried again that took a second", least: 0),
        Count("writes", 0, "Of a thousand requests, those that write a key, which the cache then drops", least: 0)
            with { Maximum = 1_000 },
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var protect = options.Choice("protect");
        return new(Name,
        [
            new ClientsPart("visitors")
            {
                Rate = 1_000, Keys = 200, Skew = 1, Reads = 1 - (options.Count("writes") / 1_000.0), Calls = [new("api")],
            },
            new ServicePart("api")
            {
                Calls =
                [
                    new("cache") { When = Edge.Reads },
                    new("db")
                    {
                        Timeout = TimeSpan.FromSeconds(1), Retries = options.Count("retries"),
                        Backoff = "exponential",
                    },
                ],
            },
            new CachePart("cache")
            {
                Warm = true, Ttl = options.Duration("ttl"),
                Coalesce = protect == Coalesce, Leases = protect == Leases,
                LeaseFor = TimeSpan.FromSeconds(2),
                StaleWhileRevalidate = protect == Stale ? TimeSpan.FromSeconds(20) : TimeSpan.Zero,
            },
            new DatabasePart("db")
            {
                Workers = options.Count("db-workers"), Time = TakesTime.Always(TimeSpan.FromMilliseconds(20)),
            },
        ])
        {
            Summary = protect switch
            {
                Coalesce => "of those who miss a key one looks it up, and the others wait for it",
                Leases => "of those who miss a key one has the right to look it up and fill it",
                Stale => "what is too old is given while one looks it up",
                _ => "whoever misses a key looks it up",
            },
            Duration = TimeSpan.FromSeconds(30),
            Settle = TimeSpan.FromSeconds(5),
            Slo = TimeSpan.FromSeconds(1),
            Limits = [MeasuredLimit.Parse("availability > 98%")],
        };
    }
}
