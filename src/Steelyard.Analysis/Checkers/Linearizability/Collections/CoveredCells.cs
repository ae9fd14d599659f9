namespace Steelyard.Analysis;

/// <summary>Cells of time at which a collection is known to hold something: a union of stretches that only
/// grows (Tarjan's union-find, each cell pointing towards the next one not covered).</summary>
internal sealed class CoveredCells
{
    readonly int[] _next;

    public CoveredCells(int cells)
    {
        _next = new int[cells + 1];
        for (var i = 0; i < _next.Length; i++)
            _next[i] = i;
    }

    /// <summary>The first cell from here on that is not covered.</summary>
    public int FirstUncovered(int cell)
    {
        while (_next[cell] != cell)
            cell = _next[cell] = _next[_next[cell]];
        return cell;
    }

    /// <summary>Covers the cells up to, and without, an end.</summary>
    public void Cover(int from, int to)
    {
        for (var cell = FirstUncovered(from); cell < to; cell = FirstUncovered(cell))
            _next[cell] = cell + 1;
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
