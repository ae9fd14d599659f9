using System.Data.Common;
using Steelyard.Services.Designs.Cart.Api;

namespace Steelyard.Services.Designs.Cart.Variants;

/// <summary>How changes that replicas took apart are merged.</summary>
internal interface ICartRule
{
    /// <summary>Adds what other replicas must know of a change besides itself.</summary>
    Task<CartChange> Complete(DbConnection connection, CartChange change, CancellationToken cancellation);

    /// <summary>Lets a change take effect on the cart: a new
    /// one of this replica, or one of another.</summary>
    Task Apply(DbConnection connection, CartChange change, CancellationToken cancellation);
}
