using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Services.Designs.Orders.Promises;

/// <summary>However often a client sends an order, there is one order under its id at most, as it was asked
/// for; and none that nobody asked for.</summary>
internal sealed class OneOrderPerId : IChecker
{
    const int MostAnomalies = 10;

    /// <inheritdoc/>
    public string Name => "one-order-per-id";

    /// <inheritdoc/>
    public string Sentence => "However often an order is sent, there is one of it";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        if (FinalBooks.Of(history) is not { } books)
            return Verdict.Undecided(Name, "not all three services were read after the heal");
        var wishes = new SortedDictionary<Value, Operation>();
        foreach (var buy in history.Operations.Where(o => o.Function == OrdersWorkload.Buy))
            wishes.TryAdd(buy.Input["id"], buy);
        var orders = books.Orders.GroupBy(order => order.Id).OrderBy(group => group.Key).ToList();
        var anomalies = orders.SelectMany(group => Judge(books, wishes, group)).Take(MostAnomalies).ToList();
        if (anomalies.Count > 0)
            return Verdict.Broken(Name, anomalies);
        return books.Orders.Count == 0
            ? Verdict.Undecided(Name, "no order was placed")
            : Verdict.Holds(Name, string.Create(
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
