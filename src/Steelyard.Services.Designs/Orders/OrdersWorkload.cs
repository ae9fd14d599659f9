using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Orders;

/// <summary>Orders of a few units each, under ids of the clients' choice, and cancellations of recent ones.
/// At the end all three services are read.</summary>
internal sealed class OrdersWorkload : IWorkload
{
    /// <summary>The function: places an order.</summary>
    public const string Buy = "buy";

    /// <summary>The function: cancels one.</summary>
    public const string Cancel = "cancel";

    /// <summary>What is read at the end: orders and how they stand.</summary>
    public const string Orders = "orders";

    /// <summary>What is read at the end: what the stock holds.</summary>
    public const string Reservations = "reservations";

    /// <summary>What is read at the end: what is charged.</summary>
    public const string Charges = "charges";

    const int MostUnits = 3;
    const double OrderShare = 0.6;
    const int OrdersToCancel = 30;

    int _orders;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (_orders > 0 && !turn.Random.Chance(OrderShare))
            return new(Cancel, OrdersWorld.Item, Value.Map(
                ("id", $"c{_orders - turn.Random.Next(Math.Min(_orders, OrdersToCancel))}")));
        var account = OrdersWorld.Accounts[turn.Random.Next(OrdersWorld.Accounts.Count)];
        return new(Buy, OrdersWorld.Item, Value.Map(
            ("id", $"c{++_orders}"), ("item", OrdersWorld.Item),
            ("quantity", 1 + turn.Random.Next(MostUnits)), ("account", account)));
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) => turn.Client != 0 ? [] :
    [
        // The orders first: they are waited for until they are settled.
        new(Functions.ReplicaState, Orders, Value.Nil),
        new(Functions.ReplicaState, Reservations, Value.Nil),
        new(Functions.ReplicaState, Charges, Value.Nil),
    ];
}
