using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>The touches of registers by transaction.</summary>
internal sealed class RegisterScope : OrderScope
{
    readonly List<RegisterTouch> _touches;
    readonly int[] _first;

    public RegisterScope(TransactionColumns columns)
        : base(columns)
    {
        _touches = RegisterTouches.Of(columns);
        _first = new int[columns.Count + 1];
        foreach (var touch in _touches)
            _first[touch.Transaction + 1]++;
        for (var i = 0; i < columns.Count; i++)
            _first[i + 1] += _first[i];
    }

    /// <inheritdoc/>
    public override Polygraph Build(int[] members, OrderKind kind, int mostPairs) =>
        PolygraphBuilder.Of(this, members, kind, mostPairs);

    /// <inheritdoc/>
    public override Polygraph BuildInTime(OrderKind kind, TimedBy timed, int mostPairs) =>
        PolygraphBuilder.Of(this, Members, kind, mostPairs, timed);

    /// <summary>What one transaction touched.</summary>
    public IEnumerable<RegisterTouch> TouchesOf(int transaction)
    {
        for (var i = _first[transaction]; i < _first[transaction + 1]; i++)
            yield return _touches[i];
    }
}
