using System.Data.Common;
using Steelyard.Services.Designs.Cart.Api;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Cart.Variants;

/// <summary>
/// An observed-remove set (Shapiro et al. 2011, specification 15): every add is an entry of its own, named by
/// the shopper who adds it, and a removal names the entry that it saw. So changes of different entries never
/// meet, those of one may come in any order and again, and all replicas end alike.
/// </summary>
/// <param name="remembersRemovals">False where an entry that is removed may come again.</param>
internal sealed class ObservedRemove(bool remembersRemovals) : ICartRule
{
    /// <inheritdoc/>
    public Task<CartChange> Complete(
        DbConnection connection, CartChange change, CancellationToken cancellation) =>
        Task.FromResult(change);

    /// <inheritdoc/>
    public Task Apply(DbConnection connection, CartChange change, CancellationToken cancellation)
    {
        var sql = !change.IsRemoval ? "INSERT INTO entries VALUES (@cart, @entry, 0) ON CONFLICT DO NOTHING"
            : remembersRemovals
                ? "INSERT INTO entries VALUES (@cart, @entry, 1) ON CONFLICT DO UPDATE SET removed = 1"
                : "DELETE FROM entries WHERE cart = @cart AND entry = @entry";
        return connection.Execute(sql, cancellation, ("cart", change.Cart), ("entry", change.Entry));
    }
}
