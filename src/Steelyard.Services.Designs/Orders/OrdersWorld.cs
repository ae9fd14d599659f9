using Steelyard.Analysis.Workloads.Stocks;
using Steelyard.Histories;
using Steelyard.Services.Designs.Orders.Ordering;
using Steelyard.Services.Designs.Orders.Promises;
using Steelyard.Services.Designs.Orders.Reservations;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Orders;

/// <summary>The hosts of the shop: two that take orders, a stock, a payment service, and a database for each
/// of the three services.</summary>
internal static class OrdersWorld
{
    /// <summary>The service that takes orders.</summary>
    public const string OrderService = "order";

    /// <summary>The service that keeps the stock, and its host.</summary>
    public const string Stock = "stock";

    /// <summary>The service that charges, and its host.</summary>
    public const string Payment = "payment";

    /// <summary>Where orders stand.</summary>
    public const string OrderDatabase = "order-db";

    /// <summary>Where reservations stand.</summary>
    public const string StockDatabase = "stock-db";

    /// <summary>Where charges stand.</summary>
    public const string PaymentDatabase = "payment-db";

    /// <summary>What is sold.</summary>
    public const string Item = "widget";

    /// <summary>How many units there are at first.</summary>
    public const int Units = 80;

    /// <summary>What a unit costs.</summary>
    public const int Price = 10;

    /// <summary>How much each account can pay.</summary>
    public const int Credit = 300;

    /// <summary>The accounts that pay.</summary>
    public static IReadOnlyList<string> Accounts { get; } = ["a1", "a2", "a3"];

    /// <summary>The hosts that take orders.</summary>
    public static IReadOnlyList<string> OrderHosts { get; } = ["order-1", "order-2"];

    /// <summary>The hosts of a service.</summary>
    public static IReadOnlyList<string> HostsOf(string service) =>
        service == OrderService ? OrderHosts : [service];

    /// <summary>Adds the hosts.</summary>
    public static ServicesWorld AddOrders(this ServicesWorld world, OrdersVariant variant)
    {
        foreach (var host in OrderHosts)
            world.AddHost(host, args => OrderApplication.Create(args, variant));
        world.AddHost(Stock, args => KeepingApplications.CreateStock(args, variant))
            .AddHost(Payment, args => KeepingApplications.CreatePayment(args, variant))
            .AddDatabase(OrderDatabase).AddDatabase(StockDatabase).AddDatabase(PaymentDatabase);
        world.Tolerance = new() { NodesDown = 1, Amnesia = true };
        return world;
    }

    /// <summary>Adds buyers, and the promises: nothing oversold, nothing held without an order, one order for
    /// each id, and every order settled.</summary>
    public static ServicesWorld DriveOrders(this ServicesWorld world, CommonOptions options) =>
        world.Drive(
                new(() => new OrdersWorkload(), (client, hosts) => new OrdersClient(client, hosts))
                {
                    Clients = options.Clients ?? 10,
                    RatePerSecond = options.RatePerSecond ?? 30,
                    Duration = options.Duration ?? TimeSpan.FromSeconds(20),
                })
            .Expect(
                new Oversell(new Dictionary<Value, long> { [Item] = Units }), new NoOrphan(Price),
                new OneOrderPerId(), new OrdersSettle());
}
