namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>Cells of time at which a collection is known to hold something: a union of stretches that only
/// grows (Tarjan's union-find, each cell pointing towards the next one not covered).</summary>
internal sealed class CoveredCells
{
    readonly int[] _next;

    // One place further on, so that a cell before the first can be told.
    readonly int[] _previous;

    public CoveredCells(int cells)
    {
        _next = new int[cells + 1];
        _previous = new int[cells + 1];
        for (var i = 0; i < _next.Length; i++)
            _next[i] = _previous[i] = i;
    }

    /// <summary>The first cell from here on that is not covered.</summary>
    public int FirstUncovered(int cell)
    {
        while (_next[cell] != cell)
            cell = _next[cell] = _next[_next[cell]];
        return cell;
    }

    /// <summary>The last cell up to here, and with it, that is not covered; -1 when there is none.</summary>
    public int LastUncovered(int cell)
    {
        var at = cell + 1;
        while (_previous[at] != at)
            at = _previous[at] = _previous[_previous[at]];
        return at - 1;
    }

    /// <summary>Covers the cells up to, and without, an end.</summary>
    public void Cover(int from, int to)
    {
        for (var cell = FirstUncovered(from); cell < to; cell = FirstUncovered(cell))
            (_next[cell], _previous[cell + 1]) = (cell + 1, cell);
    }

    /// <summary>All that every value covers by itself.</summary>
    public static CoveredCells Of(CollectionOperations operations)
    {
        var covered = new CoveredCells(operations.Cells);
        for (var i = 0; i < operations.Values.Count; i++)
            if (operations.Stays(i))
                covered.Cover(operations.AddTo[i], operations.TakeFrom[i]);
        return covered;
    }
}
