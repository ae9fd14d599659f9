using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>
/// Least first, without a search (Lee &amp; Mathur 2025): values are taken up from the least to
/// the greatest, since a value disturbs only takes of greater ones. Its take needs a cell at which nothing
/// less must be there; a take of nothing is the take of something greater than all.
/// </summary>
/// <remarks>
/// Taken at the first such cell and added at the last moment, a value is there only while it must be, or
/// while something less must be: no later choice of a greater value can be such a cell. So no choice is ever
/// regretted, and where none is left there is no order: what must be there is there in every order.
/// </remarks>
internal sealed class PriorityOrder(CollectionOperations operations, History history)
{
    readonly CoveredCells _covered = new(operations.Cells);
    readonly PeeksByValue _peeks = new(operations);
    readonly int[] _ascending = Ascending(operations);
    readonly CellLine _line = new(operations);

    // What comes last in its cell, those with the greatest values first; backwards.
    readonly List<(int Operation, int Cell)> _last = [];

    /// <summary>An order of the operations, or why there is none.</summary>
    public static Ruling Of(CollectionOperations operations, History history)
    {
        var order = new PriorityOrder(operations, history);
        return order.Choose() is { } clash ? clash : new(order.Linearization(), null);
    }

    Ruling? Choose()
    {
        for (var rank = 0; rank < _ascending.Length; rank++)
        {
            if (Place(_ascending[rank]) is var refused and >= 0)
                return PassedOver(refused, _ascending[rank], rank);
            if (operations.Stays(_ascending[rank]))
                _covered.Cover(operations.AddTo[_ascending[rank]], operations.TakeFrom[_ascending[rank]]);
        }

        foreach (var (operation, from, to) in operations.Empties)
        {
            var cell = _covered.FirstUncovered(from);
            if (cell >= to)
                return EmptyFound.Never(operations, history, operation, from, to);
            _line.Put(operation, cell);
        }

        return null;
    }

    // Within a cell, takes go from the least to the greatest, what is added and taken there stands together,
    // takes of nothing come next, and what stays is added last. Gives the operation that has no place, or a
    // negative number.
    int Place(int value)
    {
        var take = operations.Take[value];
        var at = _covered.FirstUncovered(operations.TakeFrom[value]);
        if (take >= 0 && at >= operations.TakeTo[value])
            return take;
        if (at < operations.AddTo[value])
        {
            _line.Put(operations.Add[value], at);
            foreach (var peek in _peeks.Of(value))
                _line.Put(peek.Operation, at);
        }
        else if (PlaceBefore(value) is var refused and >= 0)
        {
            return refused;
        }

        if (take >= 0)
            _line.Put(take, at);
        return CollectionOperations.None;
    }

    // A peek that can come before the value must be there brings the add forward, to the last cell with
    // nothing less: what lies between is covered.
    int PlaceBefore(int value)
    {
        var addTo = operations.AddTo[value];
        var (addAt, first) = (addTo - 1, _last.Count);
        foreach (var peek in _peeks.Of(value))
        {
            var cell = _covered.FirstUncovered(peek.From);
            if (cell >= peek.To)
                return peek.Operation;
            if (cell >= addTo)
                _line.Put(peek.Operation, cell);
            else
                _last.Add((peek.Operation, addAt = _covered.LastUncovered(addTo - 1)));
        }

        _last.Reverse(first, _last.Count - first);
        _last.Add((operations.Add[value], addAt));
        return CollectionOperations.None;
    }

    Ruling PassedOver(int operation, int value, int rank)
    {
        var (from, to) = operation == operations.Take[value]
            ? (operations.TakeFrom[value], operations.TakeTo[value])
            : _peeks.CellsOf(value, operation);
        var chain = CoverChain.Of(operations, _ascending.Take(rank), from, to);
        var text = Witness.Told(history[operation]);
        return Ruling.No(
            $"{text}, but all that time there was something less: {EmptyFound.Names(operations, chain)}",
            CollectionOperations.None, [value, .. chain]);
    }

    static int[] Ascending(CollectionOperations operations)
    {
        var ascending = Enumerable.Range(0, operations.Values.Count).ToArray();
        if (operations.Values.All(v => v.IsInteger))
            Array.Sort(operations.Values.Select(v => v.AsInteger).ToArray(), ascending);
        else
            Array.Sort(operations.Values.ToArray(), ascending);
        return ascending;
    }

    int[] Linearization()
    {
        for (var i = _last.Count - 1; i >= 0; i--)
            _line.Put(_last[i].Operation, _last[i].Cell);
        return _line.Operations();
    }
}
