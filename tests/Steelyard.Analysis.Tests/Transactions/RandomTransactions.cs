using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>
/// Small random histories of transactions over two lists, from a store that is at times wrong: reads of the
/// state at
/// the start, of stale beginnings and of aborted appends, and now and then a read that never was.
/// </summary>
internal sealed class RandomTransactions(int seed)
{
    static readonly string[] Keys = ["x", "y"];

    readonly Random _random = new(seed);
    readonly HistoryBuilder _builder = new();
    readonly Dictionary<string, List<long>> _store = new() { ["x"] = [], ["y"] = [] };
    readonly List<Running> _open = [];
    readonly List<int> _free = [0, 1, 2];
    int _nextProcess = 3;
    long _nextValue = 1;

    /// <summary>How many transactions, besides the last read.</summary>
    public int MaximumTransactions { get; init; } = 4;

    /// <summary>True to let every transaction see the state at its end: what comes out is strictly
    /// serializable.</summary>
    public bool IsCorrect { get; init; }

    public History Next()
    {
        var left = 2 + _random.Next(MaximumTransactions - 1);
        while (left > 0 || _open.Count > 0)
            if (left > 0 && _free.Count > 0 && (_open.Count == 0 || _random.Next(2) == 0))
            {
                Invoke();
                left--;
            }
            else
            {
                Complete(_random.Next(_open.Count));
            }

        if (_random.Next(4) > 0)
            ReadAll();
        return _builder.Build();
    }

    void Invoke()
    {
        var process = _free[_random.Next(_free.Count)];
        _free.Remove(process);
        var steps = new List<(bool IsRead, string Key, long Value)>();
        for (var count = 1 + _random.Next(3); count > 0; count--)
            steps.Add(_random.Next(2) == 0
                ? (true, Keys[_random.Next(2)], 0)
                : (false, Keys[_random.Next(2)], _nextValue++));
        Value[] input = [.. steps.Select(step =>
            Value.List(step.IsRead ? "r" : "append", step.Key, step.IsRead ? Value.Nil : step.Value))];
        var operation = _builder.Invoke(process, Functions.Txn, Value.Nil, Value.List(input));
        _open.Add(new(operation, process, steps, Snapshot()));
    }

    void Complete(int place)
    {
        var running = _open[place];
        _open.RemoveAt(place);
        var chance = IsCorrect ? 0 : _random.Next(100);
        var outcome = chance < 84 ? Outcome.Ok : chance < 92 ? Outcome.Fail : Outcome.Info;
        var view = ViewOf(running);
        Value[] output = [.. running.Steps.Select(step => Act(step, view))];
        if (outcome == Outcome.Ok || _random.Next(3) == 0)
            foreach (var step in running.Steps.Where(step => !step.IsRead))
                _store[step.Key].Add(step.Value);
        _builder.Complete(running.Operation, outcome, outcome == Outcome.Ok ? Value.List(output) : Value.Nil);
        _free.Add(outcome == Outcome.Info ? _nextProcess++ : running.Process);
    }

    Dictionary<string, List<long>> ViewOf(Running running) => (IsCorrect ? 0 : _random.Next(5)) switch
    {
        0 or 1 => Snapshot(),
        2 or 3 => running.Start,
        _ => _store.ToDictionary(
            entry => entry.Key, entry => entry.Value[.._random.Next(entry.Value.Count + 1)]),
    };

    Value Act((bool IsRead, string Key, long Value) step, Dictionary<string, List<long>> view)
    {
        var list = view[step.Key];
        if (!step.IsRead)
        {
            list.Add(step.Value);
            return Value.List("append", step.Key, step.Value);
        }

        List<long> read = [.. list];
        if (!IsCorrect && _random.Next(25) == 0)
            Spoil(read);
        Value[] elements = [.. read.Select(element => (Value)element)];
        return Value.List("r", step.Key, Value.List(elements));
    }

    void Spoil(List<long> read)
    {
        if (_random.Next(2) == 0)
            read.Reverse();
        else if (read.Count > 0)
            read.RemoveAt(_random.Next(read.Count));
    }

    void ReadAll()
    {
        Value[] input = [.. Keys.Select(key => Value.List("r", key, Value.Nil))];
        var operation = _builder.Invoke(_nextProcess, Functions.Txn, Value.Nil, Value.List(input));
        Value[] output = [.. Keys.Select(key => Act((true, key, 0), _store))];
        _builder.Complete(operation, Outcome.Ok, Value.List(output));
    }

    Dictionary<string, List<long>> Snapshot() =>
        _store.ToDictionary(entry => entry.Key, entry => new List<long>(entry.Value));

    sealed record Running(
        int Operation, int Process, List<(bool IsRead, string Key, long Value)> Steps,
        Dictionary<string, List<long>> Start);
}
