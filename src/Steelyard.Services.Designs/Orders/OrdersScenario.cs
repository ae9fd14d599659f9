using Steelyard.Analysis.Workloads.Stocks;
using Steelyard.Histories;
using Steelyard.Services.Designs.Orders.Api;
using Steelyard.Services.Designs.Orders.Promises;
using Steelyard.Services.Designs.Orders.Variants;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Orders;

/// <summary>Orders that go through three services, and are undone where one of them refuses.</summary>
internal sealed class OrdersScenario()
    : ServiceDesign<OrdersVariant>(
        OrdersVariant.All, "how an order is carried through the services, or back")
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

    static readonly TimeSpan CrashEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan CrashFor = TimeSpan.FromMilliseconds(900);

    /// <summary>The accounts that pay.</summary>
    public static IReadOnlyList<string> Accounts { get; } = ["a1", "a2", "a3"];

    /// <summary>The hosts that take orders.</summary>
    public static IReadOnlyList<string> OrderHosts { get; } = ["order-1", "order-2"];

    /// <inheritdoc/>
    public override string Name => "orders";

    /// <inheritdoc/>
    public override string Summary =>
        "Orders through three services with a database each: paid and reserved both, or in the end neither.";

    /// <inheritdoc/>
    public override string Story =>
        "Buyers order a few of eighty units, under ids of their own, and cancel some orders again. An order"
        + " reserves units at one service, charges an account at another, and is confirmed at a third; none"
        + " of them shares a database, so nothing is done in one transaction, and each may refuse. Hosts"
        + " crash in turn. Who crashes between two steps leaves a reservation or a charge that nobody"
        + " asks for, unless how far the order has come stands in a database, and somebody finishes it: an"
        + " order that is stuck goes back, and every step that may have been done is undone, also one that"
        + " comes only later.";

    /// <inheritdoc/>
    protected override string Cluster => "orders, stock and payment, each with a database";

    /// <inheritdoc/>
    protected override IReadOnlyList<IChecker> Promises { get; } =
    [
        new Oversell(new Dictionary<Value, long> { [Item] = Units }), new NoOrphan(Price),
        new OneOrderPerId(), new OrdersSettle(),
    ];

    /// <summary>The hosts of a service.</summary>
    public static IReadOnlyList<string> HostsOf(string service) =>
        service == OrderService ? OrderHosts : [service];

    /// <inheritdoc/>
    protected override void AddHosts(ServicesWorld world, OrdersVariant variant)
    {
        foreach (var host in OrderHosts)
            world.AddHost(host, args => OrderApi.Create(args, variant));
        world.AddHost(Stock, args => KeepingApi.CreateStock(args, variant))
            .AddHost(Payment, args => KeepingApi.CreatePayment(args, variant))
            .AddDatabase(OrderDatabase).AddDatabase(StockDatabase).AddDatabase(PaymentDatabase);
        world.Tolerance = new() { NodesDown = 1, Amnesia = true };
    }

    /// <inheritdoc/>
    protected override ServicesLoad LoadOf(OrdersVariant variant, int? clients) =>
        new(() => new OrdersWorkload(), (client, hosts) => new OrdersClient(client, hosts))
        {
            RatePerSecond = 30,
        };

    /// <inheritdoc/>
    protected override FaultPlan StoryFaults(OrdersVariant variant, TimeSpan duration) =>
        Stories.CrashesInTurn([OrderHosts[0], Payment, OrderHosts[1]], CrashEvery, CrashFor, duration);
}
