using System.Data.Common;
using Steelyard.Services.Designs.Orders.Api;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Orders.Variants;

/// <summary>
/// All orders, and how far the saga of each has come: placed, then confirmed; or cancelling, and then
/// cancelled. Nothing leaves the state cancelled, and cancelling only for it.
/// </summary>
internal sealed class OrderBook(Tables tables, OrderOutbox outbox, OrdersVariant variant)
{
    /// <summary>Makes its tables.</summary>
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS orders (
            number INTEGER PRIMARY KEY, id TEXT UNIQUE, reference TEXT, units INTEGER, account TEXT,
            state TEXT, reserved INTEGER DEFAULT 0, charged INTEGER DEFAULT 0);
        CREATE INDEX IF NOT EXISTS by_reference ON orders (reference);
        CREATE INDEX IF NOT EXISTS unsettled ON orders (number) WHERE state IN ('placed', 'cancelling');
        """ + OrderOutbox.Schema;

    /// <summary>Notes an order, unless it is known.</summary>
    /// <param name="reference">The client's name for it.</param>
    /// <param name="units">How many.</param>
    /// <param name="account">Who pays.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>The order, and whether it is a new one.</returns>
    public async Task<(Order Order, bool IsNew)> Place(
        string reference, int units, string account, CancellationToken cancellation)
    {
        await using var connection = await tables.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (variant.ClientsNameOrders
            && await connection.Scalar(
                "SELECT 1 FROM orders WHERE reference = @reference", cancellation, ("reference", reference))
                .ConfigureAwait(false) is not null)
            return (new(reference, units, account), false);
        var id = variant.ClientsNameOrders
            ? reference
            : await NextId(connection, cancellation).ConfigureAwait(false);
        await connection.Execute(
            "INSERT INTO orders (id, reference, units, account, state)"
            + " VALUES (@id, @reference, @units, @account, 'placed')",
            cancellation, ("id", id), ("reference", reference), ("units", units), ("account", account))
            .ConfigureAwait(false);
        var order = new Order(id, units, account);
        await outbox.Commit(
            transaction, Told(new("PUT", OrdersScenario.Stock, order.Reservation)), cancellation)
            .ConfigureAwait(false);
        return (order, true);
    }

    /// <summary>Begins to cancel what a client named. What was never placed is cancelled for good: the order
    /// may still be on its way.</summary>
    /// <returns>The orders that are being cancelled.</returns>
    public async Task<IReadOnlyList<Order>> Cancel(string reference, CancellationToken cancellation)
    {
        await using var connection = await tables.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await connection.Execute(
            "INSERT INTO orders (id, reference, units, account, state)"
            + " SELECT @reference, @reference, 0, '', 'cancelled'"
            + " WHERE NOT EXISTS (SELECT 1 FROM orders WHERE reference = @reference)",
            cancellation, ("reference", reference)).ConfigureAwait(false);
        var begun = await connection.Rows(
            "UPDATE orders SET state = 'cancelling' WHERE reference = @reference"
            + " AND state IN ('placed', 'confirmed') RETURNING id",
            row => row.GetString(0), cancellation, ("reference", reference)).ConfigureAwait(false);
        var open = await connection.Rows(
            "SELECT id, units, account FROM orders WHERE reference = @reference AND state = 'cancelling'"
            + " ORDER BY number", ReadOrder, cancellation, ("reference", reference)).ConfigureAwait(false);
        await outbox.Commit(
            transaction,
            [.. begun.SelectMany(id => Told(new("DELETE", OrdersScenario.Payment, $"charges/{id}")))],
            cancellation).ConfigureAwait(false);
        return open;
    }

    /// <summary>Its units are reserved.</summary>
    public Task NoteReserved(string id, CancellationToken cancellation) =>
        Change("SET reserved = 1 WHERE id = @id", id, cancellation);

    /// <summary>All is done for it, unless somebody began to cancel it.</summary>
    public Task Confirm(string id, CancellationToken cancellation) => Change(
        "SET state = 'confirmed', reserved = 1, charged = 1 WHERE id = @id AND state = 'placed'", id,
        cancellation);

    /// <summary>It will not be confirmed any more, if it was not yet.</summary>
    public Task BeginToCancel(string id, CancellationToken cancellation) =>
        Change("SET state = 'cancelling' WHERE id = @id AND state = 'placed'", id, cancellation);

    /// <summary>All is undone for it.</summary>
    public Task Cancelled(string id, CancellationToken cancellation) => Change(
        "SET state = 'cancelled' WHERE id = @id AND state IN ('placed', 'cancelling')", id, cancellation);

    /// <summary>How far an order has come.</summary>
    public async Task<Progress> Progress(string id, CancellationToken cancellation)
    {
        await using var connection = await tables.Open(cancellation).ConfigureAwait(false);
        var rows = await connection.Rows(
            "SELECT state, reserved, charged FROM orders WHERE id = @id",
            row => new Progress(row.GetString(0), row.GetInt64(1) == 1, row.GetInt64(2) == 1), cancellation,
            ("id", id)).ConfigureAwait(false);
        return rows[0];
    }

    /// <summary>Orders that are neither confirmed nor cancelled, the oldest first.</summary>
    public async Task<IReadOnlyList<Order>> Unsettled(CancellationToken cancellation)
    {
        await using var connection = await tables.Open(cancellation).ConfigureAwait(false);
        return await connection.Rows(
            "SELECT id, units, account FROM orders WHERE state IN ('placed', 'cancelling') ORDER BY number",
            ReadOrder, cancellation).ConfigureAwait(false);
    }

    /// <summary>All orders that were placed.</summary>
    public async Task<BookState> Read(CancellationToken cancellation)
    {
        await using var connection = await tables.Open(cancellation).ConfigureAwait(false);
        return new(await connection.Rows(
            "SELECT id, reference, units, state FROM orders WHERE units > 0 ORDER BY number",
            row => new BookedOrder(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3)),
            cancellation).ConfigureAwait(false));
    }

    static async Task<string> NextId(DbConnection connection, CancellationToken cancellation) =>
        (string)(await connection.Scalar("SELECT 's' || (COUNT(*) + 1) FROM orders", cancellation)
            .ConfigureAwait(false))!;

    static Order ReadOrder(DbDataReader row) =>
        new(row.GetString(0), (int)row.GetInt64(1), row.GetString(2));

    IReadOnlyList<Notification> Told(Notification telling) => variant.Choreographs ? [telling] : [];

    async Task Change(string change, string id, CancellationToken cancellation)
    {
        await using var connection = await tables.Open(cancellation).ConfigureAwait(false);
        await connection.Execute($"UPDATE orders {change}", cancellation, ("id", id)).ConfigureAwait(false);
    }
}

/// <summary>What the order service shows.</summary>
internal sealed record BookState(IReadOnlyList<BookedOrder> Orders);

/// <summary>An order as it stands.</summary>
/// <param name="Id">Its name in all services.</param>
/// <param name="Reference">The client's name for it.</param>
/// <param name="Units">How many units.</param>
/// <param name="State">How far it has come.</param>
internal sealed record BookedOrder(string Id, string Reference, long Units, string State);

/// <summary>How far the saga of an order has come.</summary>
/// <param name="State">Placed, confirmed, cancelling or cancelled.</param>
/// <param name="Reserved">Whether its units are known to have been reserved.</param>
/// <param name="Charged">Whether it is known to have been paid.</param>
internal sealed record Progress(string State, bool Reserved, bool Charged);
