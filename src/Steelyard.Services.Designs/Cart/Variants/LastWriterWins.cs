using System.Data.Common;
using Steelyard.Services.Designs.Cart.Api;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Cart.Variants;

/// <summary>A cart is one value: whoever changes it writes
/// all of it, and the latest by the clocks is kept.</summary>
internal sealed class LastWriterWins : ICartRule
{
    /// <inheritdoc/>
    public async Task<CartChange> Complete(
        DbConnection connection, CartChange change, CancellationToken cancellation)
    {
        var entries = await connection.Rows(
            "SELECT entry FROM entries WHERE cart = @cart AND entry <> @entry ORDER BY entry",
            row => row.GetString(0), cancellation, ("cart", change.Cart), ("entry", change.Entry))
            .ConfigureAwait(false);
        if (!change.IsRemoval)
            entries.Add(change.Entry);
        return change with { Contents = string.Join(' ', entries) };
    }

    /// <inheritdoc/>
    public async Task Apply(DbConnection connection, CartChange change, CancellationToken cancellation)
    {
        // Of two at one time the one of the higher replica, so that all agree.
        var isLater = await connection.Execute(
            "INSERT INTO writers VALUES (@cart, @time, @origin) ON CONFLICT DO UPDATE"
            + " SET time = @time, origin = @origin WHERE (@time, @origin) >= (time, origin)",
            cancellation, ("cart", change.Cart), ("time", change.Time), ("origin", change.Origin))
            .ConfigureAwait(false) == 1;
        if (!isLater)
            return;
        await connection.Execute(
            "DELETE FROM entries WHERE cart = @cart", cancellation, ("cart", change.Cart))
            .ConfigureAwait(false);
        foreach (var entry in change.Contents!.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            await connection.Execute(
                "INSERT INTO entries VALUES (@cart, @entry, 0)", cancellation, ("cart", change.Cart),
                ("entry", entry)).ConfigureAwait(false);
    }
}
