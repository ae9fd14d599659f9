using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Promises;

/// <summary>
/// Every order is confirmed or cancelled in the end, and as its client was told: one that was acknowledged
/// stands unless somebody cancelled it, and one that was refused or cancelled does not.
/// </summary>
internal sealed class OrdersSettle()
    : ServicePromise(
        "orders-settle", "Every order is confirmed or cancelled in the end, as its client was told")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        if (FinalBooks.Of(history) is not { } books)
            return Undecided("not all three services were read after the heal");
        var open = books.Orders.Where(order => !order.IsConfirmed && !order.IsCancelled)
            .Select(order => new Anomaly(
                "unsettled", $"order {order.Name} is still {order.State} after the heal",
                books.Witness(order.Id, books.Read)));
        var anomalies = open.Concat(Told(history, books));
        if (BrokenBy(anomalies) is { } broken)
            return broken;
        return books.Orders.Count == 0
            ? Undecided("no order was placed")
            : Holds(string.Create(
                CultureInfo.InvariantCulture,
                $"of {books.Orders.Count:N0} orders {books.Orders.Count(order => order.IsConfirmed):N0} are"
                + $" confirmed and the others cancelled, as their clients were told"));
    }

    // A client's id may stand for several orders, where the service is wrong: one that fits is enough here.
    static IEnumerable<Anomaly> Told(History history, FinalBooks books)
    {
        var confirmed = books.Orders.Where(order => order.IsConfirmed).Select(order => order.Id).ToHashSet();
        var cancelled = history.Operations
            .Where(o => o.Function == OrdersWorkload.Cancel && o.MayHaveHappened)
            .Select(o => o.Input["id"]).ToHashSet();
        foreach (var operation in history.Operations.Where(o => o.Outcome == Outcome.Ok))
        {
            var (id, isTrue) = (IdOf(operation), operation.Output == Value.Of(true));
            var anomaly = (operation.Function, isTrue, confirmed.Contains(id)) switch
            {
                (OrdersWorkload.Buy, true, false) when !cancelled.Contains(id) =>
                    ("lost-order", "was confirmed and never cancelled, yet it does not stand"),
                (OrdersWorkload.Buy, false, true) => ("refused-order", "was refused, yet it stands"),
                (OrdersWorkload.Cancel, true, true) => ("uncancelled", "was cancelled, yet it stands"),
                _ => default,
            };
            if (anomaly.Item1 is { } type)
                yield return new(type, $"order {id} {anomaly.Item2}", books.Witness(id, books.Read));
        }
    }

    static Value IdOf(Operation operation) =>
        operation.Input.Kind == ValueKind.Map ? operation.Input["id"] : Value.Nil;
}
