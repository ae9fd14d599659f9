using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Inventory.Api;

/// <summary>What a buyer wants.</summary>
/// <param name="Id">The buyer's name for it: one wish, however often it is sent.</param>
/// <param name="Quantity">How many units; above 0.</param>
internal sealed record Wish(string Id, int Quantity);

/// <summary>The counter of units, and every sale under its id.</summary>
internal sealed class Stock(IServiceProvider services, Shop shop)
{
    readonly Tables _tables = new(
        services.GetRequiredKeyedService<DbDataSource>(shop.Database),
        $"""
         CREATE TABLE IF NOT EXISTS stock (id INTEGER PRIMARY KEY, units INTEGER);
         CREATE TABLE IF NOT EXISTS sales (
             number INTEGER PRIMARY KEY, id TEXT UNIQUE, quantity INTEGER, state TEXT);
         CREATE TABLE IF NOT EXISTS transfers (id TEXT PRIMARY KEY, state TEXT);
         CREATE TABLE IF NOT EXISTS gifts (id TEXT PRIMARY KEY, units INTEGER);
         CREATE INDEX IF NOT EXISTS open_transfers ON transfers (id) WHERE state = 'asked';
         INSERT INTO stock VALUES (1, {shop.Units}) ON CONFLICT DO NOTHING;
         """);

    /// <summary>Opens a connection to it.</summary>
    public Task<DbConnection> Open(CancellationToken cancellation) => _tables.Open(cancellation);

    /// <summary>How many units are left.</summary>
    public static async Task<long> Units(DbConnection connection, CancellationToken cancellation) =>
        Convert.ToInt64(
            await connection.Scalar("SELECT units FROM stock", cancellation).ConfigureAwait(false),
            CultureInfo.InvariantCulture);

    /// <summary>What was said of a wish before; null is nothing.</summary>
    public static async Task<bool?> Known(
        DbConnection connection, Wish wish, CancellationToken cancellation) =>
        await connection.Scalar("SELECT state FROM sales WHERE id = @id", cancellation, ("id", wish.Id))
            .ConfigureAwait(false) is string state ? state is "sold" or "cancelled" : null;

    /// <summary>Notes what is said of a wish, in the transaction that takes its units.</summary>
    public static Task Note(
        DbConnection connection, Wish wish, bool isSold, CancellationToken cancellation) =>
        connection.Execute(
            "INSERT INTO sales (id, quantity, state) VALUES (@id, @quantity, @state)", cancellation,
            ("id", wish.Id), ("quantity", wish.Quantity), ("state", isSold ? "sold" : "refused"));

    /// <summary>Takes units where there are enough.</summary>
    public static async Task<bool> Take(
        DbConnection connection, long quantity, CancellationToken cancellation) =>
        await connection.Execute(
            "UPDATE stock SET units = units - @quantity WHERE units >= @quantity", cancellation,
            ("quantity", quantity)).ConfigureAwait(false) == 1;

    /// <summary>Gives the units of a sale back, once. One that has not come yet is never made: the same
    /// request, sent twice, may arrive before and after it, and must not be answered in two ways.</summary>
    /// <returns>False where it was refused.</returns>
    public async Task<bool> Cancel(string id, CancellationToken cancellation)
    {
        await using var connection = await Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await connection.Execute(
            """
            UPDATE stock SET units = units + (SELECT quantity FROM sales WHERE id = @id)
                WHERE EXISTS (SELECT 1 FROM sales WHERE id = @id AND state = 'sold');
            UPDATE sales SET state = 'cancelled' WHERE id = @id AND state = 'sold';
            INSERT INTO sales (id, quantity, state) VALUES (@id, 0, 'never made') ON CONFLICT DO NOTHING;
            """, cancellation, ("id", id)).ConfigureAwait(false);
        var state = await connection.Scalar(
            "SELECT state FROM sales WHERE id = @id", cancellation, ("id", id)).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return state is "cancelled" or "never made";
    }

    /// <summary>All of it, at one time.</summary>
    public async Task<StockState> Read(CancellationToken cancellation)
    {
        await using var connection = await Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        var sales = await connection.Rows(
            "SELECT id, state FROM sales WHERE state IN ('sold', 'cancelled') ORDER BY number",
            row => (Id: row.GetString(0), State: row.GetString(1)), cancellation).ConfigureAwait(false);
        var pending = await connection.Scalar(
            "SELECT COUNT(*) FROM transfers WHERE state = 'asked'", cancellation).ConfigureAwait(false);
        return new(
            await Units(connection, cancellation).ConfigureAwait(false),
            [.. sales.Select(sale => sale.Id)],
            [.. sales.Where(sale => sale.State == "sold").Select(sale => sale.Id)],
            Convert.ToInt64(pending, CultureInfo.InvariantCulture));
    }
}
