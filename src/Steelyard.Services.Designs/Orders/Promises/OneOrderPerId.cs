using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Promises;

/// <summary>However often a client sends an order, there is one order under its id at most, as it was asked
/// for; and none that nobody asked for.</summary>
internal sealed class OneOrderPerId()
    : ServicePromise("one-order-per-id", "However often an order is sent, there is one of it")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        if (FinalBooks.Of(history) is not { } books)
            return Undecided("not all three services were read after the heal");
        var wishes = new SortedDictionary<Value, Operation>();
        foreach (var buy in history.Operations.Where(o => o.Function == OrdersWorkload.Buy))
            wishes.TryAdd(buy.Input["id"], buy);
        var orders = books.Orders.GroupBy(order => order.Id).OrderBy(group => group.Key).ToList();
        var anomalies = orders.SelectMany(group => Judge(books, wishes, group));
        if (BrokenBy(anomalies) is { } broken)
            return broken;
        return books.Orders.Count == 0
            ? Undecided("no order was placed")
            : Holds(string.Create(
                CultureInfo.InvariantCulture, $"{orders.Count:N0} ids, and one order for each"));
    }

    static IEnumerable<Anomaly> Judge(
        FinalBooks books, SortedDictionary<Value, Operation> wishes, IGrouping<Value, FinalOrder> orders)
    {
        if (!wishes.TryGetValue(orders.Key, out var wish))
        {
            yield return new(
                "order-from-nowhere", $"nobody sent order {orders.Key}, yet it exists", [books.Read.Index]);
            yield break;
        }

        var witness = books.Witness(orders.Key, books.Read);
        if (orders.Count() > 1)
            yield return new(
                "duplicate-order",
                $"a client sent order {orders.Key}, and there are {orders.Count()} of it:"
                + $" {string.Join(", ", orders.Select(order => $"{order.Name} ({order.State})"))}",
                witness);
        foreach (var order in orders.Where(order => order.Quantity != wish.Input["quantity"].AsInteger))
            yield return new(
                "wrong-order",
                $"order {orders.Key} is of {order.Quantity:N0} units, and was sent for"
                + $" {wish.Input["quantity"]}", witness);
    }
}
