using System.Data.Common;

namespace Steelyard.Services.Designs.Cart.Rules;

/// <summary>How changes that replicas took apart are merged.</summary>
internal interface ICartRule
{
    /// <summary>Adds what other replicas must know of a change besides itself.</summary>
    Task<CartChange> Complete(DbConnection connection, CartChange change, CancellationToken cancellation);

    /// <summary>Lets a change take effect on the cart: a new
    /// one of this replica, or one of another.</summary>
    Task Apply(DbConnection connection, CartChange change, CancellationToken cancellation);
}
