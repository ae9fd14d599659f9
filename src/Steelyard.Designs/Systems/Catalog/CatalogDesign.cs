using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Catalog;

/// <summary>Shows pages that are read far more often than they change.</summary>
internal sealed class CatalogDesign : ArchitectureSystem
{
    const string Usual = "usual";
    const string Database = "database";
    const string Cache = "cache";
    const string Replicas = "replicas";
    const string Cdn = "cdn";
    const string Denormalised = "denormalised";
    const string View = "view";

    // A page is put together of so many rows of other tables.
    const int QueriesEach = 5;

    /// <inheritdoc/>
    public override string Name => "catalog";

    /// <inheritdoc/>
    public override string Summary =>
        "pages read 100 or 1,000 times for each change: cache, replicas, CDN, denormalised pages or a view";

    /// <inheritdoc/>
    public override string Story =>
        "1,200 requests a second, a hundred reads for each change; a page is put together by five"
        + " queries of 4 ms, so the database alone (12 workers) shows 600 pages a second and everybody"
        + " waits in a line without end. A cache beside it that holds half of the pages answers 85.6 % and"
        + " leaves the store 27.5 % busy: but the slowest 1 % still takes the way of a miss, 39 ms and"
        + " more. Three replicas do as well at twice the cost (20 an hour in place of 9), each read up to"
        + " 0.9 s old. A page kept as one row is one query in place of five; a change of it is written in"
        + " twenty places, which costs nothing at 100 to 1 and is the end at 5 to 1. A view made anew"
        + " every 2 s is 2 s old at most. A CDN that holds pages for 30 s answers 82.6 % near the reader"
        + " and shows prices 30 s old: wrong for a shop, right for the blog (preset blog, 1,000 to 1, 94.4"
        + " %). The same 1,000 to 1 is another matter for the wiki (preset wiki): of its 100,000 pages the"
        + " same cache answers 9.7 %, and only replicas help. The ratio alone does not say what to build.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--serve database", "the line before the database grows without end"),
        new("--serve cdn", "fast, and older than a shop may show"),
        new("--preset wiki --serve cache", "the same ratio of reads, and the cache is no help"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice("serve", "What pages are read from; usual is what fits the preset",
            Usual, Database, Cache, Replicas, Cdn, Denormalised, View),
        DesignOption.Choice("preset", "Whose pages they are: how many, how evenly read, how old they may be",
            [.. PageSet.All.Select(set => set.Name)]),
        Count("reads-per-write", 0, "Reads for each change; 0 is the preset's", least: 0),
        Count("cache-size", 1_000, "Pages that the cache or the CDN holds"),
        Count("replicas", 3, "Replicas that are read"),
        Time("ttl", "30s", "How long the CDN holds a page"),
        Time("refresh", "2s", "How old the view is when it is made anew"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var set = PageSet.Named(options.Choice("preset"));
        var serve = options.Choice("serve") is var chosen && chosen == Usual ? set.Usually : chosen;
        var readsPerWrite = options.Count("reads-per-write") is > 0 and var given ? given : set.ReadsPerWrite;
        return new(Name,
        [
            new ClientsPart("people")
            {
                Rate = 1_200, Keys = set.Pages, Skew = set.Skew,
                Reads = readsPerWrite / (readsPerWrite + 1.0), Calls = [new(serve == Cdn ? "cdn" : "site")],
            },
            .. Holding(serve, options),
            new ServicePart("site")
            {
                Instances = 4, Time = TakesTime.Parse("1ms"), Workers = 200, Price = 1,
                Calls = [.. Calls(serve)],
            },
            Store(serve, options),
        ])
        {
            Summary = FormattableString.Invariant($"{readsPerWrite:N0} reads a change, {Words(serve)}"),
            Slo = TimeSpan.FromMilliseconds(200),
            Duration = TimeSpan.FromSeconds(60),
            Settle = TimeSpan.FromSeconds(5),
            Limits =
            [
                MeasuredLimit.Parse("latency-p99 < 200ms"), MeasuredLimit.Parse("availability > 99%"),
                MeasuredLimit.Parse(FormattableString.Invariant(
                    $"staleness-max < {set.MostStale.TotalSeconds:0}s")),
            ],
        };
    }

    static IEnumerable<Part> Holding(string serve, DesignOptions options)
    {
        var cache = new CachePart(serve)
        {
            Size = options.Count("cache-size"), Time = TakesTime.Parse("200us"),
        };
        if (serve == Cache)
            yield return cache with { Price = 1 };
        if (serve == Cdn)
            yield return cache with
            {
                Mode = CachePart.ReadThrough, Ttl = options.Duration("ttl"), Instances = 4, Price = 1,
                Coalesce = true, Calls = [new("site")],
            };
    }

    static IEnumerable<Edge> Calls(string serve)
    {
        if (serve == Cache)
            yield return new("cache") { Balance = Balancing.Hash };
        // What is kept as one row is read as one.
        var queries = serve is Denormalised or View ? 1 : QueriesEach;
        for (var query = 0; query < queries; query++)
            yield return new("store")
            {
                When = Edge.Reads, ReadFrom = serve is Replicas or View ? "replicas" : "primary",
            };
        yield return new("store") { When = Edge.Writes };
    }

    static DatabasePart Store(string serve, DesignOptions options)
    {
        var store = new DatabasePart("store")
        {
            Workers = 12, Time = TakesTime.Parse("exp 4ms"), WriteTime = TakesTime.Parse("exp 4ms"),
            Sync = TakesTime.Parse("1ms"), Price = 4,
        };
        return serve switch
        {
            Replicas => store with
            {
                Replicas = options.Count("replicas"), Lag = TakesTime.Parse("exp 100ms"),
            },
            View => store with { Replicas = 1, Lag = TakesTime.Always(options.Duration("refresh")) },
            // A change is written into each page that shows it.
            Denormalised => store with { WriteTime = TakesTime.Parse("erlang 20 80ms") },
            _ => store,
        };
    }

    static string Words(string serve) => serve switch
    {
        Cache => "from a cache",
        Cdn => "from a CDN",
        Replicas => "from replicas",
        View => "from a view that is made anew now and then",
        Denormalised => "from pages kept as one row",
        _ => "from the database",
    };

    /// <summary>Whose pages they are.</summary>
    sealed record PageSet(
        string Name, int ReadsPerWrite, int Pages, double Skew, TimeSpan MostStale, string Usually)
    {
        public static IReadOnlyList<PageSet> All { get; } =
        [
            new("shop", 100, 2_000, 1, TimeSpan.FromSeconds(5), Cache),
            new("blog", 1_000, 500, 1, TimeSpan.FromSeconds(60), Cdn),
            new("wiki", 1_000, 100_000, 0.7, TimeSpan.FromSeconds(60), Replicas),
        ];

        public static PageSet Named(string name) => All.First(set => set.Name == name);
    }
}
