using Steelyard.Histories;

namespace Steelyard.Analysis;

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
    readonly int[] _takenAt = new int[operations.Values.Count];
    readonly int[] _emptyAt = new int[operations.Empties.Count];
    readonly int[] _ascending = Ascending(operations);

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
            var value = _ascending[rank];
            _takenAt[value] = _covered.FirstUncovered(operations.TakeFrom[value]);
            if (operations.Take[value] >= 0 && _takenAt[value] >= operations.TakeTo[value])
                return PassedOver(value, rank);
            if (operations.Stays(value))
                _covered.Cover(operations.AddTo[value], operations.TakeFrom[value]);
        }

        for (var i = 0; i < _emptyAt.Length; i++)
        {
            var (operation, from, to) = operations.Empties[i];
            _emptyAt[i] = _covered.FirstUncovered(from);
            if (_emptyAt[i] >= to)
                return EmptyFound.Never(operations, history, operation, from, to);
        }

        return null;
    }

    Ruling PassedOver(int value, int rank)
    {
        var (from, to) = (operations.TakeFrom[value], operations.TakeTo[value]);
        var chain = CoverChain.Of(operations, _ascending.Take(rank), from, to);
        var take = Witness.Shortened(history[operations.Take[value]].ToString());
        return Ruling.No(
            $"{take}, but all that time there was something less: {EmptyFound.Names(operations, chain)}",
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

    // Within a cell, takes go from the least to the greatest, what is added and taken there stands together,
    // takes of nothing come next, and what stays is added last.
    int[] Linearization()
    {
        var line = new CellLine(operations);
        foreach (var value in _ascending)
        {
            if (operations.Take[value] < 0)
                continue;
            if (operations.AddTo[value] > _takenAt[value])
                line.Put(operations.Add[value], _takenAt[value]);
            line.Put(operations.Take[value], _takenAt[value]);
        }

        for (var i = 0; i < _emptyAt.Length; i++)
            line.Put(operations.Empties[i].Operation, _emptyAt[i]);
        foreach (var value in _ascending)
            if (operations.Take[value] < 0 || operations.AddTo[value] <= _takenAt[value])
                line.Put(operations.Add[value], operations.AddTo[value] - 1);
        return line.Operations();
    }
}
