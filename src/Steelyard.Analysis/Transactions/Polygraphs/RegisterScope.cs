using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>The touches of registers by transaction, and which transactions matter.</summary>
/// <remarks>
/// A transaction of unknown outcome matters where somebody read what it wrote: then it happened. Unread,
/// it is left out. That is sound both ways: an order without it explains the history as if it never
/// happened, and from an order with it it may be dropped, for nobody saw it.
/// </remarks>
internal sealed class RegisterScope
{
    readonly List<RegisterTouch> _touches;
    readonly int[] _first;

    public RegisterScope(TransactionColumns columns)
    {
        Columns = columns;
        _touches = RegisterTouches.Of(columns);
        _first = new int[columns.Count + 1];
        foreach (var touch in _touches)
            _first[touch.Transaction + 1]++;
        for (var i = 0; i < columns.Count; i++)
            _first[i + 1] += _first[i];
        Members = MattersOf(columns);
    }

    public TransactionColumns Columns { get; }

    /// <summary>The transactions that matter, in order.</summary>
    public int[] Members { get; }

    /// <summary>What one transaction touched.</summary>
    public IEnumerable<RegisterTouch> TouchesOf(int transaction)
    {
        for (var i = _first[transaction]; i < _first[transaction + 1]; i++)
            yield return _touches[i];
    }

    int[] MattersOf(TransactionColumns columns)
    {
        var matters = new bool[columns.Count];
        for (var transaction = 0; transaction < columns.Count; transaction++)
            matters[transaction] = columns.Outcomes[transaction] == Outcome.Ok;
        foreach (var touch in _touches)
            if (touch.HasRead && touch.Read >= 0 && columns.Writers[touch.Read] is >= 0 and var writer
                && columns.MayHaveHappened(writer))
                matters[writer] = true;
        return [.. Enumerable.Range(0, columns.Count).Where(transaction => matters[transaction])];
    }
}
