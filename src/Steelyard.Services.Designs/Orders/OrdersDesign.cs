using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Orders;

/// <summary>Orders that go through three services, and are undone where one of them refuses.</summary>
public sealed class OrdersDesign()
    : VariantDesign<OrdersVariant>(
        OrdersVariant.All, "how an order is carried through the services, or back",
        "the shop has hosts of its own")
{
    static readonly TimeSpan CrashEvery = TimeSpan.FromSeconds(2);
    static readonly TimeSpan CrashFor = TimeSpan.FromMilliseconds(900);

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
    private protected override Scenario Build(OrdersVariant variant, CommonOptions common)
    {
        var scenario = new ServicesWorld().AddOrders(variant).DriveOrders(common)
            .ToScenario(Name, $"orders, stock and payment, each with a database: {variant.Summary}");
        return scenario with
        {
            StoryFaults = Stories.CrashesInTurn(
                [OrdersWorld.OrderHosts[0], OrdersWorld.Payment, OrdersWorld.OrderHosts[1]], CrashEvery,
                CrashFor, scenario.Load.Duration),
        };
    }
}
