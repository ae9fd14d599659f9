using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>
/// Puts the starts and ends of operations into one order. Nothing comes before anything else that the times
/// do
/// not say: where one operation starts at the very time at which another ends they are concurrent, unless
/// both
/// are of one process.
/// </summary>
/// <param name="rows">The operations, in any order.</param>
/// <param name="processes">The processes by their numbers.</param>
/// <param name="lines">Takes the line of each event.</param>
internal sealed class IntervalOrder(List<IntervalRow> rows, Value[] processes, EventLines lines)
{
    readonly HistoryBuilder _builder = new();
    readonly int[] _operations = new int[rows.Count];
    readonly ProcessLanes _lanes = new(processes);
    readonly List<int> _waiting = [];
    long _base;

    /// <summary>What the reader of a verdict should know, or null.</summary>
    public string? Warning => _lanes.Warning;

    /// <summary>The history; to be asked for once.</summary>
    public History Build()
    {
        var starts = Sorted(row => row.Start, _ => true);
        var ends = Sorted(row => row.End, row => row.HasEnd);
        _base = starts.Length == 0 ? 0 : rows[starts[0]].Start;
        var (start, end) = (0, 0);
        while (start < starts.Length || end < ends.Length)
        {
            var time = Math.Min(
                start < starts.Length ? rows[starts[start]].Start : long.MaxValue,
                end < ends.Length ? rows[ends[end]].End : long.MaxValue);
            var (firstStart, firstEnd) = (start, end);
            while (start < starts.Length && rows[starts[start]].Start == time)
                start++;
            while (end < ends.Length && rows[ends[end]].End == time)
                end++;
            AddMoment(starts.AsSpan(firstStart..start), ends.AsSpan(firstEnd..end));
        }

        _lanes.NameAll(_builder);
        return _builder.Build();
    }

    // All starts, then all ends. One process that ends an operation and starts the next keeps that order: its
    // end goes after all other starts, its start before all other ends. For a second such process this would
    // claim an order between the two, so its operation is judged as a process of its own.
    void AddMoment(ReadOnlySpan<int> starts, ReadOnlySpan<int> ends)
    {
        _waiting.Clear();
        foreach (var row in starts)
            if (_lanes.TryTakeFree(rows[row].Process, rows[row].Line) is { } process)
                Invoke(row, process);
            else
                _waiting.Add(row);
        var (chained, before) = Chain(ends);
        foreach (var row in _waiting)
            if (row != chained)
                Invoke(row, _lanes.TakeNew(rows[row].Process, rows[row].Line));
        if (before >= 0)
        {
            Complete(before);
            Invoke(chained, _lanes.TryTakeFree(rows[chained].Process, rows[chained].Line)!.Value);
        }

        foreach (var row in ends)
            if (row != before)
                Complete(row);
    }

    (int Row, int Before) Chain(ReadOnlySpan<int> ends)
    {
        if (_waiting.Count == 0 || ends.IsEmpty)
            return (-1, -1);
        var waiting = _waiting.ToHashSet();
        var endings = new Dictionary<int, int>();
        foreach (var row in ends)
            if (rows[row].Outcome != Outcome.Info && !waiting.Contains(row))
                endings.TryAdd(rows[row].Process, row);
        foreach (var row in _waiting)
            if (endings.TryGetValue(rows[row].Process, out var before))
                return (row, before);
        return (-1, -1);
    }

    void Invoke(int row, int process)
    {
        var one = rows[row];
        _operations[row] = _builder.Invoke(
            process, one.Function, one.Key, one.Input, one.Start - _base, node: one.Node);
        _builder.Number(row);
        lines.Add(_builder.EventCount, one.Line);
    }

    void Complete(int row)
    {
        var one = rows[row];
        var process = _builder.ProcessOf(_operations[row]);
        _builder.Complete(_operations[row], one.Outcome, one.Output, one.End - _base, one.Error);
        lines.Add(_builder.EventCount, one.Line);
        _lanes.GiveBack(one.Process, process, isRetired: one.Outcome == Outcome.Info);
    }

    int[] Sorted(Func<IntervalRow, long> time, Func<IntervalRow, bool> isIn)
    {
        var order = new List<int>(rows.Count);
        var times = new List<long>(rows.Count);
        var isSorted = true;
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (!isIn(row))
                continue;
            isSorted &= times.Count == 0 || times[^1] <= time(row);
            order.Add(i);
            times.Add(time(row));
        }

        var sorted = order.ToArray();
        if (!isSorted)
            SortStably([.. times], sorted);
        return sorted;
    }

    // Equal times keep the order of lines: the library's sort is fast and not stable.
    static void SortStably(long[] times, int[] order)
    {
        Array.Sort(times, order);
        for (var i = 0; i < times.Length;)
        {
            var end = i + 1;
            while (end < times.Length && times[end] == times[i])
                end++;
            if (end - i > 1)
                Array.Sort(order, i, end - i);
            i = end;
        }
    }
}
