using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Services.Designs.Orders.Promises;

/// <summary>
/// In the end a confirmed order holds its units and its money, once each, and nothing is held for any other:
/// no reservation and no charge without an order that stands.
/// </summary>
/// <param name="price">What a unit costs.</param>
internal sealed class NoOrphan(long price) : IChecker
{
    const int MostAnomalies = 10;

    /// <inheritdoc/>
    public string Name => "no-orphan";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        if (FinalBooks.Of(history) is not { } books)
            return Verdict.Undecided(Name, "not all three services were read after the heal");
        var standing = new SortedDictionary<Value, FinalOrder>();
        foreach (var order in books.Orders.Where(order => order.IsConfirmed))
            standing[order.Name] = order;
        var reservations = Judge(books, books.Reservations, standing, "reservation", "units", 1);
        var charges = Judge(books, books.Charges, standing, "charge", "cents", price);
        var anomalies = reservations.Concat(charges).Take(MostAnomalies).ToList();
        return anomalies.Count > 0
            ? Verdict.Broken(Name, anomalies)
            : Verdict.Holds(Name, string.Create(
                CultureInfo.InvariantCulture,
                $"{standing.Count:N0} confirmed orders hold their units and are paid, and nothing else is"
                + $" held"));
    }

    static IEnumerable<Anomaly> Judge(
        FinalBooks books, FinalHolds holds, SortedDictionary<Value, FinalOrder> standing, string what,
        string unit, long each)
    {
        int[] witness = [books.Read.Index, holds.Read.Index];
        foreach (var (name, quantity) in holds.Quantities)
            if (!standing.TryGetValue(name, out var order))
                yield return new(
                    $"orphan-{what}",
                    $"a {what} of {quantity:N0} {unit} is left for order {name}, which {How(books, name)}",
                    witness);
            else if (quantity != order.Quantity * each)
                yield return new(
                    $"wrong-{what}",
                    $"order {name} holds a {what} of {quantity:N0} {unit}, and not of"
                    + $" {order.Quantity * each:N0}",
                    witness);
        foreach (var name in standing.Keys.Where(name => !holds.Quantities.ContainsKey(name)))
            yield return new(
                $"missing-{what}", $"order {name} was confirmed, yet there is no {what} for it", witness);
    }

    static string How(FinalBooks books, Value name) =>
        books.Orders.FirstOrDefault(order => order.Name == name) is { } order
            ? order.IsCancelled ? "was cancelled" : $"is still {order.State}"
            : "does not exist";
}
