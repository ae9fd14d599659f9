using Steelyard.Histories;
using Steelyard.Services.Designs.Orders.Api;
using Steelyard.Services.Designs.Orders.Variants;
using Steelyard.Services.Designs.Parts;
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
            return new(Cancel, OrdersScenario.Item, Value.Map(
                ("id", $"c{_orders - turn.Random.Next(Math.Min(_orders, OrdersToCancel))}")));
        var account = OrdersScenario.Accounts[turn.Random.Next(OrdersScenario.Accounts.Count)];
        return new(Buy, OrdersScenario.Item, Value.Map(
            ("id", $"c{++_orders}"), ("item", OrdersScenario.Item),
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

/// <summary>
/// A buyer: asks again under the id of its order until it is confirmed or cancelled. The reader at the end
/// waits for all orders to be settled, though not for ever.
/// </summary>
internal sealed class OrdersClient(IClientWorld world, IReadOnlyList<string> hosts)
    : RetryingHttpClient(world, hosts, OrdersScenario.OrderHosts)
{
    const int MostLooks = 10;

    int _looks;

    /// <inheritdoc/>
    protected override Task<Completion?> Ask(
        string server, Invocation invocation, CancellationToken cancellation) => invocation.Function switch
    {
        OrdersWorkload.Buy => Buy(server, invocation.Input, cancellation),
        OrdersWorkload.Cancel => Cancel(server, invocation.Input, cancellation),
        _ => invocation.Key.AsText switch
        {
            OrdersWorkload.Orders => ReadOrders(server, cancellation),
            OrdersWorkload.Reservations => ReadHolds(
                $"{OrdersScenario.Stock}/reservations", cancellation),
            _ => ReadHolds($"{OrdersScenario.Payment}/charges", cancellation),
        },
    };

    async Task<Completion?> Buy(string server, Value order, CancellationToken cancellation)
    {
        var address = $"{server}/orders/{order["id"].AsText}?units={order["quantity"]}"
            + $"&account={order["account"].AsText}";
        var answer = await Send<OrderAnswer>(HttpMethod.Post, address, cancellation);
        return answer?.State is "confirmed" or "cancelled"
            ? Completion.Ok(Value.Of(answer.State == "confirmed"))
            : null;
    }

    async Task<Completion?> Cancel(string server, Value order, CancellationToken cancellation)
    {
        var answer = await Send<OrderAnswer>(
            HttpMethod.Delete, $"{server}/orders/{order["id"].AsText}", cancellation);
        return answer?.State == "cancelled" ? Completion.Ok(Value.Of(true)) : null;
    }

    async Task<Completion?> ReadOrders(string server, CancellationToken cancellation)
    {
        var book = await Send<BookState>(HttpMethod.Get, $"{server}/orders", cancellation);
        var isSettled = book?.Orders.All(order => order.State is "confirmed" or "cancelled") == true;
        if (book is null || (!isSettled && ++_looks < MostLooks))
            return null;
        return Completion.Ok(Value.List([.. book.Orders.Select(order => Value.Map(
            ("order", order.Id), ("id", order.Reference), ("quantity", order.Units),
            ("state", order.State)))]));
    }

    Task<Completion?> ReadHolds(string address, CancellationToken cancellation) => Get<HoldsState>(
        address,
        state => Value.List([.. state.Holds.Select(held =>
            Value.Map(("order", held.Order), ("quantity", held.Quantity)))]),
        cancellation);
}
