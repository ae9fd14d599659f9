using Steelyard.Analysis.Effects;
using Steelyard.Analysis.Workloads.Stocks;
using Steelyard.Histories;
using Steelyard.Services.Designs.Inventory.Api;
using Steelyard.Services.Designs.Inventory.Promises;
using Steelyard.Services.Designs.Inventory.Variants;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Inventory;

/// <summary>A hundred units, two shops, and more buyers than units.</summary>
internal sealed class InventoryScenario()
    : ServiceDesign<InventoryVariant>(InventoryVariant.All, "how units are taken from the stock")
{
    /// <summary>How many units there are at first.</summary>
    public const int Units = 100;

    /// <summary>What is sold.</summary>
    public const string Item = "widget";

    static readonly TimeSpan CrashEvery = TimeSpan.FromSeconds(3);
    static readonly TimeSpan CrashFor = TimeSpan.FromMilliseconds(800);

    /// <summary>The hosts that sell.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["shop-1", "shop-2"];

    /// <inheritdoc/>
    public override string Name => "inventory";

    /// <inheritdoc/>
    public override string Summary =>
        "A hundred units sold by two hosts in ASP.NET Core: none is sold twice, whatever crashes or races.";

    /// <inheritdoc/>
    public override string Story =>
        "Two hosts sell the same hundred units to more buyers than there are units; sales are cancelled, and"
        + " their units sold again. Hosts crash every three seconds, in turn, and clients ask again under the"
        + " id of their sale. Who reads the counter first and writes it afterwards takes the same unit for"
        + " two buyers. One conditional update cannot; and under escrow each host sells out of a share of"
        + " its own, without asking anybody, and shares move between hosts under a name, so that they move"
        + " once.";

    /// <inheritdoc/>
    protected override string Cluster => "two hosts and a hundred units";

    /// <inheritdoc/>
    protected override IReadOnlyList<IChecker> Promises { get; } =
    [
        new Oversell(new Dictionary<Value, long> { [Item] = Units }),
        new ExactlyOnce(InventoryWorkload.Sell), new StockAddsUp(Units),
    ];

    /// <inheritdoc/>
    protected override void AddHosts(ServicesWorld world, InventoryVariant variant)
    {
        // One database, or one for each host.
        for (var place = 0; place < Hosts.Count; place++)
        {
            var database = variant.SplitsStock ? $"{Hosts[place]}-db" : "stock-db";
            var shop = new Shop(
                Hosts[place], Hosts[(place + 1) % Hosts.Count], database,
                variant.SplitsStock ? Units / Hosts.Count : Units);
            world.AddHost(shop.Name, args => InventoryApi.Create(args, shop, variant));
            if (variant.SplitsStock || place == 0)
                world.AddDatabase(database);
        }

        world.Tolerance = new() { NodesDown = 1, Amnesia = true };
    }

    /// <inheritdoc/>
    protected override ServicesLoad LoadOf(InventoryVariant variant, int? clients) => new(
        () => new InventoryWorkload(),
        (client, hosts) => new InventoryClient(client, hosts, variant.SplitsStock));

    /// <inheritdoc/>
    protected override FaultPlan StoryFaults(InventoryVariant variant, TimeSpan duration) =>
        Stories.CrashesInTurn(Hosts, CrashEvery, CrashFor, duration);
}
