using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests;

/// <summary>Histories with everything a history may hold, odd values first; the same for the same
/// seed.</summary>
internal sealed class RandomHistory(int seed)
{
    static readonly string[] OddTexts =
    [
        "", "x", "7", "-7", "007", "-0", "9223372036854775808", "$map", "$real", "nil", "null",
            "a\"b\\c/d\n\t\u0001",
        "åß日本\U0001F600", "\uD800", "half \uDC00 pair", "{", "]", "#_", "\u2028", "<&>'+",
    ];

    static readonly double[] OddReals =
    [
        0, -0.0, 1, -1, 0.1, 1e300, double.Epsilon, double.NaN, double.PositiveInfinity,
            double.NegativeInfinity,
        BitConverter.UInt64BitsToDouble(0x7FF8000000000001),
    ];

    readonly Random _random = new(seed);

    public History Next()
    {
        var builder = new HistoryBuilder();
        var open = new List<int>();
        var process = 0;
        var timeNs = 0L;
        var phase = (HistoryPhase)_random.Next(4);
        for (var i = _random.Next(60); i > 0; i--)
        {
            timeNs += _random.Next(1_000_000);
            var kind = _random.Next(10);
            if (kind == 0)
                builder.Add(Fault(timeNs));
            else if (kind == 1)
                NeverSend(builder, process++, timeNs);
            else if (kind < 6 || open.Count == 0)
                open.Add(Invoke(builder, process++, timeNs));
            else
                Complete(builder, open, timeNs);
            if (phase <= HistoryPhase.FinalReads && _random.Next(10) == 0)
                builder.Mark(phase++, timeNs);
        }

        return builder.Build();
    }

    public Value Value(int depth = 3) => _random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => Histories.Value.Nil,
        1 => Histories.Value.Of(_random.Next(2) == 0),
        2 => _random.Next(5) == 0 ? _random.NextInt64(long.MinValue, long.MaxValue) : _random.Next(-9, 9),
        3 => Histories.Value.Of(OddReals[_random.Next(OddReals.Length)]),
        4 or 5 => Text(),
        6 => Histories.Value.List([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth - 1))]),
        _ => Map(depth - 1),
    };

    int Invoke(HistoryBuilder builder, int process, long timeNs) => builder.Invoke(
        process, Text(), _random.Next(2) == 0 ? Histories.Value.Nil : Value(), Value(), timeNs,
        _random.Next(2) == 0 ? null : timeNs - _random.Next(1000), _random.Next(2) == 0 ? null : Text(),
        _random.Next(4) == 0 ? OperationTraits.Session : OperationTraits.None);

    void NeverSend(HistoryBuilder builder, int process, long timeNs)
    {
        var operation = builder.Invoke(
            process, Text(), Value(), Value(), timeNs, timeNs - 1, Text(), OperationTraits.Unsent);
        builder.Complete(operation, Outcome.Fail, Histories.Value.Nil, timeNs, "never sent");
    }

    void Complete(HistoryBuilder builder, List<int> open, long timeNs)
    {
        var at = _random.Next(open.Count);
        var outcome = _random.Next(3) switch { 0 => Outcome.Ok, 1 => Outcome.Fail, _ => Outcome.Info };
        builder.Complete(open[at], outcome, Value(), timeNs, _random.Next(2) == 0 ? null : Text());
        open.RemoveAt(at);
    }

    FaultEvent Fault(long timeNs) => new()
    {
        TimeNs = timeNs,
        Phase = (FaultPhase)_random.Next(3),
        Kind = Text(),
        Fault = _random.Next(-1, 4),
        Description = Text(),
        Nodes = Names(),
        Uncut = Names(),
        Cuts = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => new LinksCut(Names(), Names()))],
        Details = _random.Next(2) == 0 ? Histories.Value.Nil : Map(2),
        HadEffect = _random.Next(3) switch { 0 => null, 1 => false, _ => true },
    };

    IReadOnlyList<string> Names() => [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Text())];

    Value Map(int depth)
    {
        var pairs = new SortedDictionary<Value, Value>();
        for (var i = _random.Next(4); i > 0; i--)
            pairs[Value(depth)] = Value(depth);
        return Histories.Value.Map([.. pairs.Select(pair => (pair.Key, pair.Value))]);
    }

    string Text()
    {
        if (_random.Next(3) > 0)
            return OddTexts[_random.Next(OddTexts.Length)];
        var text = new StringBuilder();
        for (var i = _random.Next(40); i > 0; i--)
            text.Append((char)_random.Next(32, 0x3000));
        return text.ToString();
    }
}
