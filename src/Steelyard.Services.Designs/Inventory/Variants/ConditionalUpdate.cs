using Steelyard.Services.Designs.Inventory.Api;

namespace Steelyard.Services.Designs.Inventory.Variants;

/// <summary>Units are taken by one update, which takes them only where they are.</summary>
internal sealed class ConditionalUpdate(Stock stock) : ISeller
{
    /// <inheritdoc/>
    public async Task<bool> Sell(Wish wish, CancellationToken cancellation)
    {
        await using var connection = await stock.Open(cancellation).ConfigureAwait(false);
        await using var transaction =
            await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        if (await Stock.Known(connection, wish, cancellation).ConfigureAwait(false) is { } known)
            return known;
        var isSold = await Stock.Take(connection, wish.Quantity, cancellation).ConfigureAwait(false);
        await Stock.Note(connection, wish, isSold, cancellation).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return isSold;
    }
}
