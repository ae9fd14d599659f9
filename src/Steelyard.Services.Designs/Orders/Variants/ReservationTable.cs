using System.Data.Common;
using Steelyard.Services.Designs.Orders.Api;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Variants;

/// <summary>What a service tells the others of its own accord, where nobody directs them.</summary>
/// <param name="WhenHeld">Once something is held for an order.</param>
/// <param name="WhenNot">Once it is refused, or given back.</param>
internal sealed record Reactions(Func<Order, Notification> WhenHeld, Func<string, Notification> WhenNot);

/// <summary>
/// What is held for orders out of a limited supply: units of a stock, or money of an account. Each hold
/// stands under the id of its order, and is held, given back or refused for good.
/// </summary>
/// <param name="tables">The database.</param>
/// <param name="outbox">Tells others of it.</param>
/// <param name="variant">How careful it is.</param>
/// <param name="reactions">What others are told; null where somebody directs them.</param>
internal sealed class ReservationTable(
    Tables tables, OrderOutbox outbox, OrdersVariant variant, Reactions? reactions)
{
    const string Schema =
        """
        CREATE TABLE IF NOT EXISTS supplies (name TEXT PRIMARY KEY, remaining INTEGER);
        CREATE TABLE IF NOT EXISTS holds (
            number INTEGER PRIMARY KEY, order_id TEXT, supply TEXT, quantity INTEGER, state TEXT);
        CREATE INDEX IF NOT EXISTS orders ON holds (order_id);

        """;

    /// <summary>Makes its tables, with as much of each supply.</summary>
    public static string SchemaOf(IReadOnlyList<string> supplies, int quantity) =>
        $"{Schema}INSERT INTO supplies VALUES"
        + $" {string.Join(", ", supplies.Select(supply => $"('{supply}', {quantity})"))}"
        + $" ON CONFLICT DO NOTHING;{OrderOutbox.Schema}";

    /// <summary>Holds some for an order, or answers as before.</summary>
    /// <returns>False where there is not enough, or where it was given back already.</returns>
    public async Task<bool> Take(Order order, string supply, int quantity, CancellationToken cancellation)
    {
        await using var connection = await tables.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        var known = (string?)await connection.Scalar(
            "SELECT state FROM holds WHERE order_id = @order ORDER BY number DESC", cancellation,
            ("order", order.Id)).ConfigureAwait(false);
        if (known is not null && (variant.StepsAreNamed || known != "held"))
            return known == "held";
        var isHeld = await connection.Execute(
            "UPDATE supplies SET remaining = remaining - @quantity"
            + " WHERE name = @supply AND remaining >= @quantity",
            cancellation, ("supply", supply), ("quantity", quantity)).ConfigureAwait(false) == 1;
        await connection.Execute(
            "INSERT INTO holds (order_id, supply, quantity, state)"
            + " VALUES (@order, @supply, @quantity, @state)",
            cancellation, ("order", order.Id), ("supply", supply), ("quantity", quantity),
            ("state", isHeld ? "held" : "refused")).ConfigureAwait(false);
        await outbox.Commit(
            transaction,
            reactions is null ? []
                : [isHeld ? reactions.WhenHeld(order) : reactions.WhenNot(order.Id)],
            cancellation).ConfigureAwait(false);
        return isHeld;
    }

    /// <summary>Gives back what is held for an order. What comes for
    /// it later, sent before and overtaken, is refused.</summary>
    public async Task GiveBack(string order, CancellationToken cancellation)
    {
        await using var connection = await tables.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        var held = variant.UndoesOnce ? "state = 'held'" : "state <> 'refused'";
        await connection.Execute(
            $"""
             UPDATE supplies SET remaining = remaining + (
                 SELECT COALESCE(SUM(quantity), 0) FROM holds
                 WHERE order_id = @order AND supply = supplies.name AND {held});
             """,
            cancellation, ("order", order)).ConfigureAwait(false);
        var changed = await connection.Execute(
            "UPDATE holds SET state = 'given-back' WHERE order_id = @order AND state = 'held'", cancellation,
            ("order", order)).ConfigureAwait(false);
        if (variant.LeavesTombstones)
            changed += await connection.Execute(
                "INSERT INTO holds (order_id, supply, quantity, state) SELECT @order, '', 0, 'given-back'"
                + " WHERE NOT EXISTS (SELECT 1 FROM holds WHERE order_id = @order)",
                cancellation, ("order", order)).ConfigureAwait(false);
        await outbox.Commit(
            transaction, reactions is null || changed == 0 ? [] : [reactions.WhenNot(order)], cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>What is held now, in the order in which it was taken.</summary>
    public async Task<HoldsState> Read(CancellationToken cancellation)
    {
        await using var connection = await tables.Open(cancellation).ConfigureAwait(false);
        return new(await connection.Rows(
            "SELECT order_id, quantity FROM holds WHERE state = 'held' ORDER BY number",
            row => new Reservation(row.GetString(0), row.GetInt64(1)), cancellation).ConfigureAwait(false));
    }
}

/// <summary>What a service holds.</summary>
internal sealed record HoldsState(IReadOnlyList<Reservation> Holds);

/// <summary>One hold.</summary>
/// <param name="Order">For which order.</param>
/// <param name="Quantity">How much.</param>
internal sealed record Reservation(string Order, long Quantity);
