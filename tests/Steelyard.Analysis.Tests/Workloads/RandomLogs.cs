using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads;

/// <summary>Small histories of producers and consumers on two real logs, sometimes falsified.</summary>
internal sealed class RandomLogs(int seed)
{
    const int Logs = 2;

    readonly Random _random = new(seed);
    readonly List<Value>[] _logs = [[], []];
    readonly HistoryBuilder _builder = new();
    readonly Dictionary<(int Process, int Log), int> _positions = [];
    int _nextValue;

    public History Next()
    {
        var (processes, open) = (new[] { 0, 1, 2 }, new (int Operation, Value Steps)?[3]);
        for (var left = _random.Next(4, 20); left > 0; left--)
        {
            var client = _random.Next(processes.Length);
            if (open[client] is not { } asked)
            {
                var steps = Steps();
                open[client] = (_builder.Invoke(processes[client], "txn", Value.Nil, steps), steps);
                continue;
            }

            open[client] = null;
            var outcome = _random.Next(8) switch { 0 => Outcome.Info, 1 => Outcome.Fail, _ => Outcome.Ok };
            var takesEffect = outcome == Outcome.Ok || (outcome == Outcome.Info && _random.Next(2) == 0);
            takesEffect |= _random.Next(12) == 0;
            var result = takesEffect ? Run(processes[client], asked.Steps) : Value.Nil;
            _builder.Complete(asked.Operation, outcome, outcome == Outcome.Ok ? result : Value.Nil);
            processes[client] += outcome == Outcome.Info ? 10 : 0;
        }

        return _builder.Build();
    }

    Value Steps() => Value.List([.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => _random.Next(2) == 0
        ? Value.List("send", _random.Next(Logs), _nextValue++)
        : Value.List("poll"))]);

    // Sends become visible when the transaction ends, so polls come first.
    Value Run(int process, Value steps)
    {
        var done = new Value[steps.AsList.Length];
        foreach (var isSend in new[] { _random.Next(10) == 0, true })
            for (var i = 0; i < done.Length; i++)
                if (done[i].IsNil)
                    done[i] = steps.AsList[i].AsList.Length == 3
                        ? isSend ? Send(steps.AsList[i]) : Value.Nil
                        : Poll(process);
        return Value.List(done);
    }

    Value Send(Value step)
    {
        var (log, value) = (step.AsList[1], step.AsList[2]);
        var messages = _logs[log.AsInteger];
        if (_random.Next(25) != 0)
            messages.Add(value);
        if (_random.Next(40) == 0)
            messages.Add(value);
        var offset = (messages.Count - 1) * 2;
        return Value.List(
            "send", log,
            _random.Next(6) == 0 || offset < 0 ? Value.List(Value.Nil, value) : Value.List(offset, value));
    }

    Value Poll(int process) => Value.List(
        "poll", Value.Map([.. Enumerable.Range(0, Logs).Select(log => ((Value)log, PollOne(process, log)))]));

    Value PollOne(int process, int log)
    {
        var from = _positions.GetValueOrDefault((process, log)) + (_random.Next(25) == 0 ? 1 : 0);
        from = Math.Max(0, from - (_random.Next(25) == 0 ? 1 : 0));
        var to = Math.Clamp(from + _random.Next(3), 0, _logs[log].Count);
        _positions[(process, log)] = Math.Max(from, to);
        return Value.List([.. Enumerable.Range(from, Math.Max(0, to - from)).Select(place => Value.List(
            place * 2, _random.Next(40) == 0 ? _random.Next(_nextValue + 1) : _logs[log][place]))]);
    }
}
