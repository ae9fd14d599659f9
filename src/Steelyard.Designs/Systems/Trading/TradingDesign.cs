using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Trading;

/// <summary>Takes orders on one server and on several: what more servers add depends on what they
/// share.</summary>
internal sealed class TradingDesign : ArchitectureSystem
{
    const string Own = "own";
    const string Shared = "shared";
    const string Copies = "copies";
    const int EachPerSecond = 1_000;

    /// <inheritdoc/>
    public override string Name => "trading";

    /// <inheritdoc/>
    public override string Summary =>
        "takes orders on 1, 2, 4 … servers: which of them add up depends on what the servers share";

    /// <inheritdoc/>
    public override string Story =>
        "A server takes 1,000 orders a second: four workers, 4 ms each. Do four take 4,000? With a store"
        + " of its own each: 1, 2, 4, 8 and 16 servers take 1,000, 1,999, 3,998, 7,997 and 15,994, and the"
        + " universal scalability law finds neither contention nor coherence (both below 0.0002). Where all"
        + " share one store, which writes two rows of 200 µs for each order, one after the other, it ends at"
        + " 2,500 whatever is added: 1,999 with two servers, 2,501 with four, 2,504 with sixteen, while an"
        + " order takes 12.7 ms in place of 8. With a copy of that store beside each server, which has every"
        + " order before it is taken, each commit waits for the slowest copy: 1,481 with two servers, 1,322"
        + " with four, 1,091 with sixteen. More servers make it slower; the law puts the peak at 3.7 servers."
        + " It fits roughly there (α is 0.28 ± 0.54 for the shared store): a store with a line before it has"
        + " a harder edge than the law's curve.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--store shared", "one store is full, whatever is added"),
        new("--store copies", "more servers make it slower"),
        new("--servers 16", "nothing shared: it adds up"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        Count("servers", 4, "Servers, each with a market of its own and 4 workers"),
        DesignOption.Choice("store", "A store of each server's own, one that they share, or one that they"
            + " share with a copy beside each server, which has every order before it is taken",
            Own, Shared, Copies),
        Count("traders", 8, "Traders of each server, who place an order as soon as the last one is taken"),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var (servers, store) = (options.Count("servers"), options.Choice("store"));
        var traders = servers * options.Count("traders");
        var copies = store == Copies ? servers : 0;
        var byMarket = new Edge("server") { Balance = Balancing.Range };
        return new(Name,
        [
            // A trader keeps to a market, so each server and each store of its own has as many of them.
            new ClientsPart("traders")
            {
                Users = traders, Sessions = traders, Keys = servers, Reads = 0, Calls = [byMarket],
            },
            new ServicePart("server")
            {
                Instances = servers, Workers = 4, Time = TakesTime.Parse("4ms"), Frees = true, Price = 1,
                Calls = [new("store")],
            },
            new DatabasePart("store")
            {
                Shards = store == Own ? servers : 1, ShardBy = DatabasePart.Range,
                Replicas = copies, SyncReplicas = copies,
                Workers = 1, WriteTime = TakesTime.Parse("erlang 2 400us"), Price = 1,
            },
        ])
        {
            Summary = $"{servers} servers, {Words(store)}",
            Link = TakesTime.Parse("exp 100us"),
            Slo = TimeSpan.FromMilliseconds(10),
            Duration = TimeSpan.FromSeconds(10),
            Settle = TimeSpan.FromSeconds(1),
            Limits =
            [
                MeasuredLimit.Parse(
                    FormattableString.Invariant($"goodput > {0.97 * EachPerSecond * servers}")),
                MeasuredLimit.Parse("latency-p99 < 10ms"),
            ],
        };
    }

    static string Words(string store) => store switch
    {
        Own => "each with a store of its own",
        Shared => "which share a store",
        _ => "which share a store with a copy beside each",
    };
}
