using Steelyard.Histories;

namespace Steelyard.Bench.Transactions;

/// <summary>
/// Strictly serializable histories of transactions over registers: one to four steps each over some registers
/// at a time, half of them reads; a register is left for a new one after so many writes. A share of the
/// writes reads the register first; the others are blind, and leave the order of versions open.
/// </summary>
/// <param name="clients">How many transactions are open at once, at most.</param>
/// <param name="readFirstPercent">How many writes of a hundred read first.</param>
/// <param name="registersAtOnce">How many registers are used at a time.</param>
/// <param name="writesToEach">How many writes each register gets; keys stay hot where this is large.</param>
internal sealed class GeneratedRegisters(
    int clients, int readFirstPercent, int registersAtOnce = 10, int writesToEach = 32)
{
    readonly Random _random = new(7);
    readonly HistoryBuilder _builder = new();
    readonly int[] _active = [.. Enumerable.Range(0, registersAtOnce)];
    readonly int[] _asked = new int[registersAtOnce];
    readonly Dictionary<int, long> _held = [];
    readonly List<Open> _open = [];
    int _registers = registersAtOnce;

    /// <summary>The history.</summary>
    public History Next(int transactions)
    {
        var free = new Stack<int>(Enumerable.Range(0, clients));
        for (var started = 0; started < transactions || _open.Count > 0;)
        {
            if (started < transactions && free.Count > 0 && (_open.Count == 0 || _random.Next(5) < 2))
            {
                Invoke(free.Pop());
                started++;
                continue;
            }

            var place = _random.Next(_open.Count);
            if (_open[place].Output is { } output)
            {
                _builder.Complete(_open[place].Operation, Outcome.Ok, output);
                free.Push(_open[place].Process);
                _open.RemoveAt(place);
                continue;
            }

            _open[place] = _open[place] with { Output = Act(_open[place].Steps) };
        }

        return _builder.Build();
    }

    void Invoke(int process)
    {
        var steps = new List<(int Register, long Value)>();
        for (var count = 1 + _random.Next(4); count > 0; count--)
        {
            var place = _random.Next(_active.Length);
            var register = _active[place];
            var isWrite = _random.Next(2) == 0;
            if (!isWrite || _random.Next(100) < readFirstPercent)
                steps.Add((register, 0));
            if (!isWrite)
                continue;
            steps.Add((register, ++_asked[place]));
            if (_asked[place] == writesToEach)
                (_active[place], _asked[place]) = (_registers++, 0);
        }

        Value[] input = [.. steps.Select(step => step.Value == 0
            ? Value.List("r", step.Register, Value.Nil)
            : Value.List("w", step.Register, step.Value))];
        var operation = _builder.Invoke(process, Functions.Txn, Value.Nil, Value.List(input));
        _open.Add(new(operation, process, steps, null));
    }

    Value Act(List<(int Register, long Value)> steps)
    {
        var done = new List<Value>();
        foreach (var (register, value) in steps)
        {
            if (value > 0)
                _held[register] = value;
            var held = _held.TryGetValue(register, out var now) ? now : Value.Nil;
            done.Add(Value.List(value > 0 ? "w" : "r", register, held));
        }

        return Value.List([.. done]);
    }

    sealed record Open(
        int Operation, int Process, List<(int Register, long Value)> Steps, Value? Output);
}
