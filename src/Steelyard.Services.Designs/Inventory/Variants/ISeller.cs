using Steelyard.Services.Designs.Inventory.Api;

namespace Steelyard.Services.Designs.Inventory.Variants;

/// <summary>Sells: each way to take units from a stock is one of these.</summary>
internal interface ISeller
{
    /// <summary>Sells, or answers as before.</summary>
    /// <returns>False where there are not enough units.</returns>
    Task<bool> Sell(Wish wish, CancellationToken cancellation);
}
