using Steelyard.Histories;
using Steelyard.Services.Designs.Orders.Ordering;
using Steelyard.Services.Designs.Orders.Reservations;
using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Orders;

/// <summary>
/// A buyer: asks again under the id of its order until it is confirmed or cancelled. The reader at the end
/// waits for all orders to be settled, though not for ever.
/// </summary>
internal sealed class OrdersClient(IClientWorld world, IReadOnlyList<string> hosts)
    : RetryingHttpClient(world, hosts, OrdersWorld.OrderHosts)
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
                $"http://{OrdersWorld.Stock}/reservations", cancellation),
            _ => ReadHolds($"http://{OrdersWorld.Payment}/charges", cancellation),
        },
    };

    async Task<Completion?> Buy(string server, Value order, CancellationToken cancellation)
    {
        var address = $"http://{server}/orders/{order["id"].AsText}?units={order["quantity"]}"
            + $"&account={order["account"].AsText}";
        var answer = await Post<OrderAnswer>(address, cancellation);
        return answer?.State is "confirmed" or "cancelled"
            ? Completion.Ok(Value.Of(answer.State == "confirmed"))
            : null;
    }

    async Task<Completion?> Cancel(string server, Value order, CancellationToken cancellation)
    {
        var answer = await Delete<OrderAnswer>(
            $"http://{server}/orders/{order["id"].AsText}", cancellation);
        return answer?.State == "cancelled" ? Completion.Ok(Value.Of(true)) : null;
    }

    async Task<Completion?> ReadOrders(string server, CancellationToken cancellation)
    {
        var book = await Get<BookState>($"http://{server}/orders", cancellation);
        var isSettled = book?.Orders.All(order => order.State is "confirmed" or "cancelled") == true;
        if (book is null || (!isSettled && ++_looks < MostLooks))
            return null;
        return Completion.Ok(Value.List([.. book.Orders.Select(order => Value.Map(
            ("order", order.Id), ("id", order.Reference), ("quantity", order.Units),
            ("state", order.State)))]));
    }

    async Task<Completion?> ReadHolds(string address, CancellationToken cancellation)
    {
        var state = await Get<HoldsState>(address, cancellation);
        return state is null ? null : Completion.Ok(Value.List([.. state.Holds.Select(held =>
            Value.Map(("order", held.Order), ("quantity", held.Quantity)))]));
    }
}
