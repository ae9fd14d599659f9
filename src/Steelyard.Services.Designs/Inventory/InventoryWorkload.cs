using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Inventory;

/// <summary>Sales of a few units each, cancellations of sales before, and looks at what is left. At the end
/// everybody reads the whole stock.</summary>
internal sealed class InventoryWorkload : IWorkload
{
    /// <summary>The function: one sale.</summary>
    public const string Sell = "sell";

    /// <summary>The function: gives the units of a sale back.</summary>
    public const string Cancel = "cancel";

    const int MostUnits = 3;
    const double SaleShare = 0.6;
    const double CancelShare = 0.3;

    int _sales;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (_sales == 0 || turn.Random.Chance(SaleShare))
            return new(Sell, InventoryWorld.Item, Value.Map(
                ("id", ++_sales), ("item", InventoryWorld.Item),
                ("quantity", 1 + turn.Random.Next(MostUnits))));
        return turn.Random.Chance(CancelShare / (1 - SaleShare))
            ? new(Cancel, InventoryWorld.Item, Value.Map(("id", 1 + turn.Random.Next(_sales))))
            : new(Functions.Read, InventoryWorld.Item, Value.Nil);
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) =>
        turn.Client == 0 ? [new(Functions.ReplicaState, "stock", Value.Nil)] : [];
}
