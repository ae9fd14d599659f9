using Steelyard.Analysis.Effects;
using Steelyard.Analysis.Workloads.Stocks;
using Steelyard.Histories;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Inventory;

/// <summary>The hosts of the inventory: two that sell, and one database, or one for each.</summary>
internal static class InventoryWorld
{
    /// <summary>How many units there are at first.</summary>
    public const int Units = 100;

    /// <summary>What is sold.</summary>
    public const string Item = "widget";

    const string Database = "stock-db";

    /// <summary>The hosts that sell.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["shop-1", "shop-2"];

    /// <summary>Adds the hosts.</summary>
    public static ServicesWorld AddInventory(this ServicesWorld world, InventoryVariant variant)
    {
        for (var place = 0; place < Hosts.Count; place++)
        {
            var database = variant.SplitsStock ? $"{Hosts[place]}-db" : Database;
            var shop = new Shop(
                Hosts[place], Hosts[(place + 1) % Hosts.Count], database,
                variant.SplitsStock ? Units / Hosts.Count : Units);
            world.AddHost(shop.Name, args => InventoryApplication.Create(args, shop, variant));
            if (variant.SplitsStock || place == 0)
                world.AddDatabase(database);
        }

        world.Tolerance = new() { NodesDown = 1, Amnesia = true };
        return world;
    }

    /// <summary>Adds buyers, and the promises: nothing oversold, each sale once, and a stock that adds
    /// up.</summary>
    public static ServicesWorld DriveInventory(
        this ServicesWorld world, InventoryVariant variant, CommonOptions options) =>
        world.Drive(
                new(
                    () => new InventoryWorkload(),
                    (client, hosts) => new InventoryClient(client, hosts, variant.SplitsStock))
                {
                    Clients = options.Clients ?? 10,
                    RatePerSecond = options.RatePerSecond ?? 50,
                    Duration = options.Duration ?? TimeSpan.FromSeconds(20),
                })
            .Expect(
                new Oversell(new Dictionary<Value, long> { [Item] = Units }),
                new ExactlyOnce(InventoryWorkload.Sell),
                new StockAddsUp(Units));
}
