using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>
/// Transactions over lists: the order of what was read is known, and of the appends to a list that nobody
/// read it is only known that they came after all that were.
/// </summary>
internal sealed class ListScope(TransactionColumns columns, ListOrders orders) : OrderScope(columns)
{
    /// <inheritdoc/>
    public override Polygraph Build(int[] members, OrderKind kind, int mostPairs) =>
        new ListPolygraphBuilder(Columns, orders, members).Build(mostPairs);
}
