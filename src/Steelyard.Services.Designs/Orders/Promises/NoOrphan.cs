using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Promises;

/// <summary>
/// In the end a confirmed order holds its units and its money, once each, and nothing is held for any other:
/// no reservation and no charge without an order that stands.
/// </summary>
/// <param name="price">What a unit costs.</param>
internal sealed class NoOrphan(long price)
    : ServicePromise("no-orphan", "Nothing is reserved or charged but for an order that stands")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        if (FinalBooks.Of(history) is not { } books)
            return Undecided("not all three services were read after the heal");
        var standing = new SortedDictionary<Value, FinalOrder>();
        foreach (var order in books.Orders.Where(order => order.IsConfirmed))
            standing[order.Name] = order;
        var reservations = Judge(books, books.Reservations, standing, "reservation", 1);
        var charges = Judge(books, books.Charges, standing, "charge", price);
        var anomalies = reservations.Concat(charges);
        if (BrokenBy(anomalies) is { } broken)
            return broken;
        return books.Orders.Count == 0
            ? Undecided("no order was placed")
            : Holds(string.Create(
                CultureInfo.InvariantCulture,
                $"{standing.Count:N0} confirmed orders hold their units and are paid, and nothing else is"
                + $" held"));
    }

    static IEnumerable<Anomaly> Judge(
        FinalBooks books, FinalHolds holds, SortedDictionary<Value, FinalOrder> standing, string what,
        long each)
    {
        foreach (var (name, quantity) in holds.Quantities)
            if (!standing.TryGetValue(name, out var order))
                yield return Orphan(books, holds, what, name, quantity);
            else if (quantity != order.Quantity * each)
                yield return new(
                    $"wrong-{what}",
                    $"order {name} holds a {what} of {quantity:N0}, and not of {order.Quantity * each:N0}",
                    books.Witness(order.Id, books.Read, holds.Read));
        foreach (var (name, order) in standing.Where(entry => !holds.Quantities.ContainsKey(entry.Key)))
            yield return new(
                $"missing-{what}", $"order {name} was confirmed, yet there is no {what} for it",
                books.Witness(order.Id, books.Read, holds.Read));
    }

    static Anomaly Orphan(FinalBooks books, FinalHolds holds, string what, Value name, long quantity)
    {
        var order = books.Orders.FirstOrDefault(order => order.Name == name);
        var state = order is null ? "does not exist"
            : order.IsCancelled ? "was cancelled"
            : $"is still {order.State}";
        return new(
            $"orphan-{what}", $"order {name} {state}, yet a {what} of {quantity:N0} is left for it",
            books.Witness(order?.Id ?? name, books.Read, holds.Read));
    }
}
