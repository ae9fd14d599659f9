namespace Steelyard.Analysis.Linearizability.Collections;

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
    readonly PeeksByValue _peeks;

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

    public StackStretches(CollectionOperations operations, PeeksByValue peeks)
    {
        (_operations, _peeks) = (operations, peeks);
        var values = Enumerable.Range(0, operations.Values.Count).Where(operations.Stays).ToArray();
        var order = CountingSort.Order(values.Select(v => operations.AddTo[v]).ToArray(), operations.Cells);
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

        var bottom = Bottom(from, to);
        if (bottom < 0)
            return -1;
        _popEndsLast[bottom] = Tournament.Out;
        _taken[bottom] = true;
        var value = _byPush[bottom];
        _covers.Remove(_smallCell[_operations.AddTo[value]], _smallCell[_operations.TakeFrom[value]]);
        return value;
    }

    // Candidates are open pushes at the start of the stretch, so there are no more than clients; those that
    // were peeked at where something must lie above them are passed over.
    int Bottom(int from, int to)
    {
        var passed = new List<(int Place, int Number)>();
        var (first, last) = (_pushesBefore[from], _pushesBefore[to]);
        var bottom = _popEndsLast.Least(first, last);
        while (bottom >= 0 && -_popEndsLast[bottom] > _starts[to]
            && BlockedPeek(_byPush[bottom], from, to) is not null)
        {
            passed.Add((bottom, _popEndsLast[bottom]));
            _popEndsLast[bottom] = Tournament.Out;
            bottom = _popEndsLast.Least(first, last);
        }

        if (bottom >= 0 && -_popEndsLast[bottom] <= _starts[to])
            bottom = -1;
        foreach (var (place, number) in passed)
            _popEndsLast[place] = number;
        return bottom;
    }

    /// <summary>A peek that keeps a value from lying below all others: something must lie above it all that
    /// time. Null when there is none, or the value cannot lie there in any case.</summary>
    public Peek? BlockedPeek(int value, int from, int to)
    {
        if (_operations.AddFrom[value] >= _starts[from] || _operations.TakeTo[value] <= _starts[to])
            return null;
        foreach (var peek in _peeks.Of(value))
        {
            var (first, end) = SmallCells(peek);
            if (!IsEarly(peek, from) && !IsLate(peek, to)
                && (first >= end || _covers.Least(first, end) > 1))
                return peek;
        }

        return null;
    }

    /// <summary>True for a peek that can come right after its push, before all else in the
    /// stretch.</summary>
    public bool IsEarly(Peek peek, int from) => peek.From < _starts[from];

    /// <summary>True for a peek that can come right before its pop, after all else in the stretch.</summary>
    public bool IsLate(Peek peek, int to) => peek.To > _starts[to];

    /// <summary>The small cells in which a peek can see its value while the value must be there.</summary>
    public (int First, int End) SmallCells(Peek peek)
    {
        var from = Math.Max(peek.From, _operations.AddTo[peek.Value]);
        var to = Math.Min(peek.To, _operations.TakeFrom[peek.Value]);
        return from < to ? (_smallCell[from], _smallCell[to - 1] + 1) : (0, 0);
    }

    /// <summary>Cells of the stretch entered last in which nothing but its lowest value must be.</summary>
    public List<int> Uncovered => _uncovered;

    /// <summary>What is left of a stretch from which a value was just taken away, in order of time.</summary>
    public List<(int From, int To)> Parts(int from, int to)
    {
        var parts = new List<(int, int)>();
        _uncovered.Clear();
        var start = from;
        for (var cell = _covers.TakeUncovered(); cell >= 0; cell = _covers.TakeUncovered())
        {
            if (cell > start)
                parts.Add((start, cell));
            start = cell + 1;
            _uncovered.Add(cell);
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
            if (isStart[cell] != 0)
            {
                starts.Add(cell);
                pushesBefore.Add(pushes);
                pushes += isStart[cell] & 1;
            }

            smallCell[cell] = starts.Count - 1;
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
