namespace Steelyard.Analysis;

/// <summary>
/// Stretches of time during which something must be on a stack, the values that must be there in them, and
/// which of those can lie below all others. A stretch is a range of cells between events at which such values
/// come or go.
/// </summary>
/// <remarks>
/// As values are taken away, stretches only shrink: what began its push before the first push of its stretch
/// ended has done so ever after, and joins the candidates once. Each value and each cell is looked up a
/// constant number of times, at O(log n).
/// </remarks>
internal sealed class StackStretches
{
    readonly CollectionOperations _operations;

    // Values that must be there for some time, in the order in which their pushes end.
    readonly int[] _byPush;

    // Where each small cell begins, and how many pushes ended before.
    readonly int[] _starts;
    readonly int[] _pushesBefore;

    readonly int[] _smallCell;
    readonly bool[] _taken;
    readonly Tournament _pushBegins;
    readonly Tournament _popEndsLast;
    readonly CoverCounts _covers;
    readonly List<int> _uncovered = [];

    public StackStretches(CollectionOperations operations)
    {
        _operations = operations;
        var values = Enumerable.Range(0, operations.Values.Count).Where(operations.Stays).ToArray();
        var order = Counting.Order(values.Select(v => operations.AddTo[v]).ToArray(), operations.Cells);
        _byPush = [.. order.Select(i => values[i])];
        _taken = new bool[_byPush.Length];
        (_starts, _smallCell, _pushesBefore) = SmallCells();
        _pushBegins = new(_byPush.Select(v => operations.AddFrom[v]).ToArray());
        var nobody = new int[_byPush.Length];
        Array.Fill(nobody, Tournament.Out);
        _popEndsLast = new(nobody);
        _covers = new(Counts());
        AtBottom = Parts(0, _starts.Length);
    }

    /// <summary>The stretches while nothing has been taken away.</summary>
    public List<(int From, int To)> AtBottom { get; }

    /// <summary>The cell of the collection's time in which a stretch begins, or the end of one.</summary>
    public int CellAt(int smallCell) => _starts[smallCell];

    /// <summary>The values left in a stretch.</summary>
    public IEnumerable<int> Left(int from, int to)
    {
        for (var i = _pushesBefore[from]; i < _pushesBefore[to]; i++)
            if (!_taken[i])
                yield return _byPush[i];
    }

    /// <summary>Takes away a value that can lie below all others of a stretch; -1 when none can.</summary>
    public int TakeBottom(int from, int to)
    {
        var (first, last) = (_pushesBefore[from], _pushesBefore[to]);
        for (var i = _pushBegins.Least(first, last); i >= 0; i = _pushBegins.Least(first, last))
        {
            if (_pushBegins[i] >= _starts[from])
                break;
            _pushBegins[i] = Tournament.Out;
            _popEndsLast[i] = -_operations.TakeTo[_byPush[i]];
        }

        var bottom = _popEndsLast.Least(first, last);
        if (bottom < 0 || -_popEndsLast[bottom] <= _starts[to])
            return -1;
        _popEndsLast[bottom] = Tournament.Out;
        _taken[bottom] = true;
        var value = _byPush[bottom];
        _covers.Remove(_smallCell[_operations.AddTo[value]], _smallCell[_operations.TakeFrom[value]]);
        return value;
    }

    /// <summary>What is left of a stretch from which a value was just taken away, in order of time.</summary>
    public List<(int From, int To)> Parts(int from, int to)
    {
        var parts = new List<(int, int)>();
        var start = from;
        for (var cell = _covers.TakeUncovered(); cell >= 0; cell = _covers.TakeUncovered())
        {
            if (cell > start)
                parts.Add((start, cell));
            start = cell + 1;
        }

        if (to > start)
            parts.Add((start, to));
        return parts;
    }

    (int[] Starts, int[] SmallCell, int[] PushesBefore) SmallCells()
    {
        var isStart = new byte[_operations.Cells];
        foreach (var value in _byPush)
        {
            isStart[_operations.AddTo[value]] = 1;
            isStart[_operations.TakeFrom[value]] |= 2;
        }

        var (starts, pushesBefore) = (new List<int>(), new List<int>());
        var smallCell = new int[_operations.Cells];
        var pushes = 0;
        for (var cell = 0; cell < isStart.Length; cell++)
        {
            if (isStart[cell] == 0)
                continue;
            smallCell[cell] = starts.Count;
            starts.Add(cell);
            pushesBefore.Add(pushes);
            pushes += isStart[cell] & 1;
        }

        return ([.. starts], smallCell, [.. pushesBefore]);
    }

    int[] Counts()
    {
        var counts = new int[_starts.Length];
        foreach (var value in _byPush)
        {
            counts[_smallCell[_operations.AddTo[value]]]++;
            counts[_smallCell[_operations.TakeFrom[value]]]--;
        }

        for (var i = 1; i < counts.Length; i++)
            counts[i] += counts[i - 1];
        return counts;
    }
}
