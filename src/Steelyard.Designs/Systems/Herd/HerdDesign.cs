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
    public override string Story =>
        "A cache beside four instances answers 99 of 100 look-ups, so its database works at 10 a second of"
        + " 1,000, and could do 150. At 10 s the cache loses all 200 keys. Where it lets one at a time look a"
        + " key up, for all instances, the database gets 286 look-ups in the whole run, one for each key and"
        + " each time that one runs out, and within two seconds all is as before; the slowest request takes"
        + " 324 ms. Where everybody looks up what he misses, there are 8,764: those who have waited for a"
        + " second give up, try again and fill nothing, the line never ends, and 20 s later 14 of 100"
        + " requests still fail. The herd is not a matter of slow machines: without its cache (--kick refuse"
        + " --kick-part cache) a database is asked 1/(1-h) times as often, a hundred times at h = 0.99."
        + " Against the herd leases (Nishtala et al. 2013) are the same, look-up for look-up. What they add"
        + " is about writes: a key looked up by one instance while another writes it is filled with what was"
        + " written over (--writes 100 --kick none: 0.3 % of reads are stale, by up to 194 ms). A lease"
        + " that a write has ended fills nothing: 1 ms is the most, and 7 % more look-ups its price. Giving"
        + " what is too old while one looks it up helps when keys run out, where p99 falls from 20.6 to 3.3"
        + " ms (--kick none), and not at all when they are lost.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--protect none", "the herd keeps the database down long after the flush"),
        new("--protect stale", "no help where keys are lost and not only old"),
        new("--writes 100 --kick none --protect coalesce", "what was written over meanwhile is cached"),
        new("--writes 100 --kick none --protect leases", "a lease keeps it out"),
    ];

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
        Count("writes", 0, "Of a thousand requests, those that write a key", least: 0)
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
                Rate = 1_000, Keys = 200, Skew = 1, Reads = 1 - (options.Count("writes") / 1_000.0),
                Calls = [new("api")],
            },
            new ServicePart("api")
            {
                Instances = 4,
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
            Limits =
            [
                MeasuredLimit.Parse("availability > 98%"),
                .. options.Count("writes") == 0 ? Array.Empty<MeasuredLimit>()
                    : [MeasuredLimit.Parse("staleness-max < 20ms")],
            ],
        };
    }
}
