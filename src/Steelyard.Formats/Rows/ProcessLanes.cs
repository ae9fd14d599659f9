using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>
/// Who does an operation. A process does one thing at a time: where a file's process has several open at once
/// (a pool of threads, a connection that pipelines), those are processes of their own. Less is claimed of two
/// processes than of one.
/// </summary>
/// <param name="processes">The file's processes by their numbers there.</param>
internal sealed class ProcessLanes(Value[] processes)
{
    readonly Stack<int>?[] _free = new Stack<int>?[processes.Length];
    readonly int[] _open = new int[processes.Length];
    readonly int[] _lanes = new int[processes.Length];
    readonly List<(int Number, string Name)> _names = [];
    readonly int[] _own = OwnNumbers(processes);
    int _next = NextAfter(processes);
    int _overlaps;
    string? _first;

    /// <summary>What the reader of a verdict should know, or null.</summary>
    public string? Warning => _overlaps == 0 ? null
        : $"operations overlap in one process {_overlaps:N0} times (first: {_first}); each such one is"
            + " judged as of another process";

    /// <summary>A process that is free to do an operation; null where all of them are busy.</summary>
    /// <param name="process">Who does it in the file; -1 where the file does not say.</param>
    /// <param name="line">Where it stands.</param>
    public int? TryTakeFree(int process, int line)
    {
        if (process < 0)
            return _next++;
        if (_free[process] is not { } free)
        {
            _free[process] = new();
            return Taken(process, Named(process, _own[process]), line);
        }

        if (free.TryPop(out var number))
            return Taken(process, number, line);
        return _open[process] == 0 ? TakeNew(process, line) : null;
    }

    /// <summary>One more process.</summary>
    /// <param name="process">Who does it in the file.</param>
    /// <param name="line">Where it stands.</param>
    public int TakeNew(int process, int line) => Taken(process, Named(process, _next++), line);

    /// <summary>Ends what a process did.</summary>
    /// <param name="process">Who did it in the file; -1 where the file does not say.</param>
    /// <param name="number">Who did it in the history.</param>
    /// <param name="isRetired">True when that one does nothing more.</param>
    public void GiveBack(int process, int number, bool isRetired)
    {
        if (process < 0)
            return;
        _open[process]--;
        if (!isRetired)
            _free[process]!.Push(number);
    }

    /// <summary>Tells what the numbers are called in the file.</summary>
    public void NameAll(HistoryBuilder builder)
    {
        foreach (var (number, name) in _names)
            builder.Name(number, name);
    }

    // pool, then pool (2): each is a process of the history.
    int Named(int process, int number)
    {
        var lane = ++_lanes[process];
        if (lane > 1 || !IsNumber(processes[process]))
            _names.Add((number, lane == 1 ? $"{processes[process]}" : $"{processes[process]} ({lane})"));
        return number;
    }

    int Taken(int process, int number, int line)
    {
        if (_open[process]++ > 0 && _overlaps++ == 0)
            _first = $"line {line}, {processes[process]}";
        return number;
    }

    // Whoever has a number keeps it; names come after all numbers.
    static int[] OwnNumbers(Value[] processes)
    {
        var next = Highest(processes) + 1;
        return [.. processes.Select(process => IsNumber(process) ? (int)process.AsInteger : next++)];
    }

    static int NextAfter(Value[] processes) =>
        Highest(processes) + 1 + processes.Count(process => !IsNumber(process));

    static int Highest(Value[] processes) =>
        processes.Where(IsNumber).Select(process => (int)process.AsInteger).DefaultIfEmpty(-1).Max();

    // Above are the numbers of threads in some languages; those are names to us.
    static bool IsNumber(Value process) =>
        process is { IsInteger: true, AsInteger: >= 0 and <= 1_000_000_000 };
}
