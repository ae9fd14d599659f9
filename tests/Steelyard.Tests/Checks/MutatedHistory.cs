using System.Globalization;
using System.Text;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>
/// A history with something changed that no recorder would write: a payload of another shape, an event too
/// many or too few, a name with a line break. It is written as EDN, so it need not be a history at all.
/// </summary>
internal sealed class MutatedHistory
{
    static readonly Value[] Payloads =
    [
        Value.Nil, Value.Of(true), Value.Of(false), 0, 1, -1, 2, long.MaxValue, long.MinValue, Value.Of(1.5),
        Value.Of(double.NaN), Value.Of(double.NegativeInfinity), "", "x", "empty", "a\nb", "[red]",
        new string('e', 300), Value.EmptyList, Value.List(Value.Nil), Value.List(1, 2), Value.List(1, 2, 3),
        Value.List(Value.List(1, 2)), Value.List(Value.List("r", "x", Value.Nil)),
        Value.List(Value.List("append", "x", 1)), Value.List(Value.List("send", "x", Value.List(0, 1))),
        Value.List(Value.List("poll", Value.Map(("x", Value.List(Value.List(0, 1)))))), Value.Map(),
        Value.Map(("a", 1)), Value.Map(("id", 1)), Value.Map(("id", Value.Nil), ("amount", 1)),
        Value.Map((0, 100), (1, 100)), Value.Map(("balances", 3)), Value.Map(("applied", 3)),
        Value.Map(("applied", Value.List(1, 1)), ("balances", Value.Map((0, "x")))),
        Value.Map(("from", 0), ("to", 1), ("amount", "x")), Value.Map(("term", 1), ("leader", Value.Nil)),
        Value.Map((Value.EmptyList, Value.Map())),
    ];

    static readonly string[] Words =
    [
        "read", "write", "cas", "get", "put", "append", "txn", "transfer", "balances", "replica-state", "add",
        "insert", "remove", "contains", "enqueue", "dequeue", "peek", "pop", "push", "take-min", "drain",
        "acquire", "release", "incr", "decr", "send", "poll", "assign", "subscribe", "generate", "inc",
        "sell",
        "cancel", "restock", "lead", "act", "leader", "rmw", "start", "heal", "echo", "broadcast", "ts",
        "", "a\nb",
    ];

    static readonly string[] Types = ["invoke", "ok", "fail", "info", "Ok", ""];

    static readonly Value[] Processes =
        [0, 1, 2, -1, int.MaxValue, 1L << 40, "nemesis", "a\nb", Value.Nil, Value.Of(1.5), Value.EmptyList];

    readonly List<WrittenEvent> _events;
    readonly Random _random;

    MutatedHistory(List<WrittenEvent> events, Random random) => (_events, _random) = (events, random);

    /// <summary>The lines of a mutation.</summary>
    public static byte[] Of(History history, Random random)
    {
        var events = HistoryEvents.Of(history).Select(entry => Event(history, entry));
        var mutated = new MutatedHistory([.. events], random);
        for (var times = random.Next(1, 4); times > 0; times--)
            mutated.Mutate();
        return Encoding.UTF8.GetBytes(string.Concat(mutated._events.Select(one => one.ToString() + "\n")));
    }

    /// <summary>A payload of any shape.</summary>
    public static Value Payload(Random random) => Payloads[random.Next(Payloads.Length)];

    static WrittenEvent Event(History history, HistoryEntry entry)
    {
        var operation = history[entry.Operation];
        var type = entry.IsCompletion ? operation.Outcome.ToString().ToLowerInvariant() : "invoke";
        return new(
            operation.Process, type, operation.Function, operation.Key,
            entry.IsCompletion ? operation.Output : operation.Input);
    }

    void Mutate()
    {
        if (_events.Count == 0)
            return;
        var at = _random.Next(_events.Count);
        var one = _events[at];
        switch (_random.Next(12))
        {
            case 0:
                _events.RemoveAt(at);
                break;
            case 1:
                _events.Insert(_random.Next(_events.Count), one);
                break;
            case 2:
                var other = _random.Next(_events.Count);
                (_events[at], _events[other]) = (_events[other], one);
                break;
            case 3:
                _events[at] = one with { Type = Types[_random.Next(Types.Length)] };
                break;
            case 4:
                RenameFunction(at);
                break;
            case 5:
                _events[at] = one with { Process = Processes[_random.Next(Processes.Length)] };
                break;
            case 6:
                _events[at] = one with { Key = Payload(_random) };
                break;
            default:
                _events[at] = one with { Payload = Changed(one.Payload) };
                break;
        }
    }

    // Of both events, so that it is still one operation.
    void RenameFunction(int at)
    {
        var (process, function) = (_events[at].Process, _events[at].Function);
        var word = Words[_random.Next(Words.Length)];
        for (var i = 0; i < _events.Count; i++)
            if (_events[i].Process == process && _events[i].Function == function)
                _events[i] = _events[i] with { Function = word };
    }

    Value Changed(Value value)
    {
        if (value.Kind == ValueKind.List && value.AsList.Length > 0 && _random.Next(4) > 0)
        {
            var elements = value.AsList.ToArray().ToList();
            var at = _random.Next(elements.Count);
            if (_random.Next(6) == 0)
                elements.RemoveAt(at);
            else
                elements[at] = Changed(elements[at]);
            return Value.List([.. elements]);
        }

        if (value.Kind == ValueKind.Map && value.AsMap.Length > 0 && _random.Next(4) > 0)
        {
            var pairs = value.AsMap.ToArray();
            var changed = _random.Next(pairs.Length);
            var isGone = _random.Next(6) == 0;
            var one = Changed(pairs[changed].Value);
            return Value.Map([.. pairs.Index().Where(pair => !isGone || pair.Index != changed).Select(
                pair => (pair.Item.Key, pair.Index == changed ? one : pair.Item.Value))]);
        }

        return Payload(_random);
    }

    sealed record WrittenEvent(Value Process, string Type, string Function, Value Key, Value Payload)
    {
        public override string ToString()
        {
            var key = Key.IsNil ? "" : $", :key {Edn(Key)}";
            return $"{{:process {Edn(Process)}, :type {Edn(Type)}, :f {Edn(Function)}{key}"
                + $", :value {Edn(Payload)}}}";
        }

        static string Edn(Value value)
        {
            switch (value.Kind)
            {
                case ValueKind.Text:
                    var escaped = value.AsText.Replace("\\", "\\\\", StringComparison.Ordinal)
                        .Replace("\"", "\\\"", StringComparison.Ordinal)
                        .Replace("\n", "\\n", StringComparison.Ordinal);
                    return $"\"{escaped}\"";
                case ValueKind.Real:
                    return Real(value.AsReal);
                case ValueKind.List:
                    return $"[{string.Join(' ', value.AsList.ToArray().Select(Edn))}]";
                case ValueKind.Map:
                    return $"{{{string.Join(' ', value.AsMap.ToArray().Select(
                        pair => $"{Edn(pair.Key)} {Edn(pair.Value)}"))}}}";
                default:
                    return value.ToString();
            }
        }

        static string Real(double real) => double.IsNaN(real) ? "##NaN"
            : double.IsInfinity(real) ? real > 0 ? "##Inf" : "##-Inf"
            : real.ToString("0.0###", CultureInfo.InvariantCulture);
    }
}
