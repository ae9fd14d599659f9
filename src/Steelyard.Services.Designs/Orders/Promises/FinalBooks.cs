using Steelyard.Histories;

namespace Steelyard.Services.Designs.Orders.Promises;

/// <summary>What the three services showed after the heal.</summary>
/// <param name="Read">The operation that read the orders.</param>
/// <param name="Orders">All orders, in the order in which they were placed.</param>
/// <param name="Reservations">What the stock holds.</param>
/// <param name="Charges">What is charged.</param>
/// <param name="Asked">The operations on each order, by the client's name for it.</param>
internal sealed record FinalBooks(
    Operation Read, IReadOnlyList<FinalOrder> Orders, FinalHolds Reservations, FinalHolds Charges,
    ILookup<Value, int> Asked)
{
    /// <summary>The books; null where a service did not answer.</summary>
    public static FinalBooks? Of(History history) =>
        StateOf(history, OrdersWorkload.Orders) is { } orders
        && StateOf(history, OrdersWorkload.Reservations) is { } reservations
        && StateOf(history, OrdersWorkload.Charges) is { } charges
            ? new(orders, OrdersIn(orders), FinalHolds.Of(reservations), FinalHolds.Of(charges),
                history.Operations.Where(o => o.Input.Kind == ValueKind.Map)
                    .ToLookup(o => o.Input["id"], o => o.Index))
            : null;

    /// <summary>What was asked of an order, and what was read in the end.</summary>
    public int[] Witness(Value id, params IEnumerable<Operation> read) =>
        [.. Asked[id], .. read.Select(operation => operation.Index)];

    static Operation? StateOf(History history, string book) => history.Operations
        .Where(o => o.Function == Functions.ReplicaState && o.Outcome == Outcome.Ok && o.Key == book)
        .Select(o => (Operation?)o).LastOrDefault();

    static FinalOrder[] OrdersIn(Operation read) =>
    [
        .. read.Output.AsList.ToArray().Select(order => new FinalOrder(
            order["order"], order["id"], order["quantity"].AsInteger, order["state"].AsText)),
    ];
}

/// <summary>An order as it ended.</summary>
/// <param name="Name">Its name in all services.</param>
/// <param name="Id">The client's name for it.</param>
/// <param name="Quantity">How many units.</param>
/// <param name="State">Confirmed or cancelled; anything else is not settled.</param>
internal sealed record FinalOrder(Value Name, Value Id, long Quantity, string State)
{
    /// <summary>Whether it was confirmed, and stands.</summary>
    public bool IsConfirmed => State == "confirmed";

    /// <summary>Whether it was cancelled, or refused.</summary>
    public bool IsCancelled => State == "cancelled";
}

/// <summary>What a service holds for orders.</summary>
/// <param name="Read">The operation that read it.</param>
/// <param name="Quantities">How much for which order, in all.</param>
internal sealed record FinalHolds(Operation Read, SortedDictionary<Value, long> Quantities)
{
    /// <summary>What an operation read.</summary>
    public static FinalHolds Of(Operation read)
    {
        var quantities = new SortedDictionary<Value, long>();
        foreach (var held in read.Output.AsList)
            quantities[held["order"]] =
                quantities.GetValueOrDefault(held["order"]) + held["quantity"].AsInteger;
        return new(read, quantities);
    }
}
