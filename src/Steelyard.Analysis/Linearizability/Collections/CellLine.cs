namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>Operations with the cells in which they happen; those of a cell in the order in which they were
/// put there.</summary>
internal sealed class CellLine(CollectionOperations operations)
{
    readonly List<int> _operations = new((operations.Values.Count * 2) + operations.Empties.Count);
    readonly List<int> _cells = new((operations.Values.Count * 2) + operations.Empties.Count);

    /// <summary>Puts an operation at the end of a cell.</summary>
    public void Put(int operation, int cell)
    {
        _operations.Add(operation);
        _cells.Add(cell);
    }

    /// <summary>All of them, cell by cell.</summary>
    public int[] Operations()
    {
        var cells = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_cells);
        var order = CountingSort.Order(cells, operations.Cells);
        for (var i = 0; i < order.Length; i++)
            order[i] = _operations[order[i]];
        return order;
    }
}
