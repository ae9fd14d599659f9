using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Sessions;

/// <summary>
/// Small histories of processes that each keep a copy: writes reach the other copies late, in any order, or
/// one after the other; now and then a read returns something else. Values are written once. Some begin with
/// a chain of writes and reads across processes, as too few would form one by chance.
/// </summary>
internal sealed class RandomSessions(int seed)
{
    readonly Random _random = new(seed);
    readonly HistoryBuilder _builder = new();
    readonly List<(int Process, Value Key, long Value)> _writes = [];
    readonly Dictionary<(int Process, Value Key), Value> _copies = [];
    long _value;
    int _oddReads;

    /// <summary>Makes one.</summary>
    public History Next(int mostOperations = 11)
    {
        var processes = _random.Next(2, 4);
        var keys = _random.Next(1, 4);
        var retired = new HashSet<int>();
        var operations = _random.Next(4, mostOperations + 1);
        _oddReads = _random.Next(1, 5);
        if (_random.Next(2) == 0)
            operations -= Chain(keys, retired);
        for (var i = 0; i < operations; i++)
        {
            var process = _random.Next(processes);
            if (!retired.Contains(process))
                Operate(process, Key(keys), retired);
            for (var p = 0; p < processes; p++)
                if (_writes.Count > 0 && _random.Next(2) == 0)
                    Deliver(p, _writes[_random.Next(_writes.Count)]);
        }

        return _builder.Build();
    }

    // Somebody writes, perhaps somebody else reads that, and writes; a third reads that, and goes back.
    int Chain(int keys, HashSet<int> retired)
    {
        var (first, second) = (Key(keys), Key(keys));
        var follower = _random.Next(2);
        Written(0, first, Finish(0, "write", first, ++_value, Value.Nil, retired));
        if (follower == 1)
            Finish(1, "read", first, Value.Nil, _value, retired);
        if (!retired.Contains(follower))
            Written(follower, second, Finish(follower, "write", second, ++_value, Value.Nil, retired));
        Finish(9, "read", second, Value.Nil, _value, retired);
        if (!retired.Contains(9))
            Finish(9, "read", first, Value.Nil, Any(first), retired);
        return 5;
    }

    Value Key(int keys) => $"{"xyz"[_random.Next(keys)]}";

    void Operate(int process, Value key, HashSet<int> retired)
    {
        var copy = _copies.GetValueOrDefault((process, key));
        switch (_random.Next(10))
        {
            case < 6:
                var seen = _random.Next(_oddReads) == 0 ? Any(key) : copy;
                Finish(process, "read", key, Value.Nil, seen, retired);
                break;
            case < 9:
                Written(process, key, Finish(process, "write", key, ++_value, Value.Nil, retired));
                break;
            default:
                Written(process, key, Finish(
                    process, "cas", key, Value.List(copy, ++_value), Value.Nil, retired));
                break;
        }
    }

    Outcome Finish(
        int process, string function, Value key, Value input, Value output, HashSet<int> retired)
    {
        var operation = _builder.Invoke(process, function, key, input);
        var outcome = _random.Next(20) switch
        {
            0 => Outcome.Info,
            1 => Outcome.Open,
            2 => Outcome.Fail,
            _ => Outcome.Ok,
        };
        if (outcome != Outcome.Open)
            _builder.Complete(
                operation, outcome, outcome == Outcome.Ok ? output : Value.Nil,
                error: outcome == Outcome.Ok ? null : "lost");
        if (outcome is Outcome.Info or Outcome.Open)
            retired.Add(process);
        return outcome;
    }

    void Written(int process, Value key, Outcome outcome)
    {
        if (outcome == Outcome.Fail && _random.Next(20) != 0)
            return;
        _writes.Add((process, key, _value));
        Deliver(process, _writes[^1]);
    }

    Value Any(Value key) =>
        _writes.Where(write => write.Key == key).Select(write => (Value)write.Value).Append(Value.Nil)
            .OrderBy(_ => _random.Next()).First();

    void Deliver(int process, (int Process, Value Key, long Value) write) =>
        _copies[(process, write.Key)] = write.Value;
}
