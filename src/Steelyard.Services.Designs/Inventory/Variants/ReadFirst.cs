using Steelyard.Services.Designs.Inventory.Api;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Inventory.Variants;

/// <summary>
/// The counter is read, and decides; what was decided is written afterwards, whatever the counter says by
/// then. Two who read the same take the same units.
/// </summary>
/// <param name="stock">The stock.</param>
/// <param name="taking">What is written.</param>
internal sealed class ReadFirst(Stock stock, string taking) : ISeller
{
    /// <inheritdoc/>
    public async Task<bool> Sell(Wish wish, CancellationToken cancellation)
    {
        await using var connection = await stock.Open(cancellation).ConfigureAwait(false);
        var seen = await Stock.Units(connection, cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (await Stock.Known(connection, wish, cancellation).ConfigureAwait(false) is { } known)
            return known;
        var isSold = seen >= wish.Quantity;
        if (isSold)
            await connection.Execute(
                $"UPDATE stock {taking}", cancellation, ("seen", seen), ("quantity", wish.Quantity))
                .ConfigureAwait(false);
        await Stock.Note(connection, wish, isSold, cancellation).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return isSold;
    }
}
