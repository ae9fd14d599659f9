namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>The transactions of a history of which an order is sought, and how what is known of it is put
/// together.</summary>
internal abstract class OrderScope(TransactionColumns columns)
{
    public TransactionColumns Columns => columns;

    /// <summary>The transactions that matter, in order.</summary>
    public int[] Members { get; } =
        [.. Enumerable.Range(0, columns.Count).Where(columns.Counts)];

    /// <summary>The polygraph of some transactions; reads of what others wrote say nothing there.</summary>
    /// <param name="members">The transactions to look at, in order.</param>
    /// <param name="kind">What the order sought must be.</param>
    /// <param name="mostPairs">More pairs than this are counted, and not held.</param>
    public abstract Polygraph Build(int[] members, OrderKind kind, int mostPairs);

    /// <summary>The polygraph of all transactions in which real time orders what it can of the versions of
    /// each register; null where there is none.</summary>
    /// <param name="kind">What the order sought must be.</param>
    /// <param name="timed">Whose times count.</param>
    /// <param name="mostPairs">More pairs than this are counted, and not held.</param>
    public virtual Polygraph? BuildInTime(OrderKind kind, TimedBy timed, int mostPairs) => null;
}
