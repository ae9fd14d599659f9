using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>Whose times order the versions of registers.</summary>
internal enum TimedBy
{
    /// <summary>Nobody's.</summary>
    Nobody,

    /// <summary>Those of writers: likely, where nothing has to follow real time.</summary>
    Writers,

    /// <summary>Those of readers as well: must be, where all has to.</summary>
    All,
}

/// <summary>When the transactions of a chain began and returned, as far as the order of chains needs it (as
/// zones do for single values: Gibbons and Korach 1997, section 4).</summary>
/// <param name="FirstReturn">Position of the first return; <see cref="int.MaxValue"/> where nothing
/// returned.</param>
/// <param name="LastStart">Position of the last start; -1 where nothing is known to have begun.</param>
/// <param name="First">The node that returned first.</param>
/// <param name="Last">The node that began last.</param>
internal readonly record struct ChainTime(int FirstReturn, int LastStart, int First, int Last)
{
    /// <summary>Nothing yet.</summary>
    public static ChainTime None { get; } = new(int.MaxValue, -1, -1, -1);

    /// <summary>Where a chain that takes an instant may first stand; where one that must stand for a while
    /// begins to.</summary>
    public int From => Math.Min(FirstReturn, LastStart);

    /// <summary>The other end.</summary>
    public int Until => Math.Max(FirstReturn, LastStart);

    /// <summary>True when real time puts it before another: one of it had returned when one of the other
    /// began.</summary>
    public bool IsBefore(ChainTime other) => FirstReturn < other.LastStart;

    /// <summary>With one more transaction in it.</summary>
    public ChainTime With(int node, TransactionColumns columns, int transaction)
    {
        if (columns.IsUnseen(transaction))
            return this;
        var operation = columns.History[columns.Operations[transaction]];
        var returned = operation.Outcome == Outcome.Ok ? operation.CompletedAt : int.MaxValue;
        var time = this;
        if (returned < FirstReturn)
            time = time with { FirstReturn = returned, First = node };
        if (operation.InvokedAt > LastStart)
            time = time with { LastStart = operation.InvokedAt, Last = node };
        return time;
    }
}
