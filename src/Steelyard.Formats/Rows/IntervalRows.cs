using System.Globalization;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>Collects operations that stand whole on their lines, in any order, and makes a history of
/// them.</summary>
/// <param name="name">The file, for messages.</param>
internal sealed class IntervalRows(string name)
{
    const int MostShownWords = 8;

    static readonly string[] Asking =
        [Functions.Read, Functions.Get, "dequeue", "deq", "pop", "peek", "take", "poll", "drain", "generate"];

    readonly List<IntervalRow> _rows = [];
    readonly Dictionary<Value, int> _processes = [];
    readonly Dictionary<string, (Outcome? Outcome, bool IsRefusal, int Times)> _outcomes =
        new(StringComparer.Ordinal);
    (string Word, int Line)? _unknown;

    /// <summary>How many there are.</summary>
    public int Count => _rows.Count;

    /// <summary>What the words of the file mean; set before the first is added.</summary>
    public OperationMap Map { get; set; } = OperationMap.Identity([]);

    /// <summary>Adds one.</summary>
    /// <exception cref="UserMistakeException">It is no operation.</exception>
    public void Add(in OperationRowFields fields)
    {
        var (start, end) = Times(fields);
        var function = FunctionOf(fields);
        var outcome = OutcomeOf(fields, out var isRefusal);
        if (outcome == Outcome.Ok && end == long.MaxValue)
            outcome = Outcome.Info;
        // Who asks for a swap is told by an answer of false that there was none.
        var isMismatch =
            outcome == Outcome.Ok && function == Functions.Cas && fields.Output == Value.Of(false);
        outcome = isMismatch ? Outcome.Fail : outcome;
        var word = string.IsNullOrEmpty(fields.Outcome) ? null : fields.Outcome;
        var tells = outcome == Outcome.Ok || isMismatch || (outcome == Outcome.Fail && !isRefusal
            && function == Functions.Cas);
        // What did not happen is over, whenever that was known.
        if (outcome == Outcome.Fail && !tells && end == long.MaxValue)
            end = start;
        var (input, answer) = Payloads(fields, function, outcome);
        _rows.Add(new()
        {
            Line = fields.Line,
            Start = start,
            End = end,
            Process = Map[Meaning.Process] is null ? -1 : ProcessOf(fields.Process),
            Function = function,
            Key = fields.Key,
            Input = input,
            Output = outcome == Outcome.Ok ? answer : Value.Nil,
            Outcome = outcome,
            Error = outcome == Outcome.Ok ? null : fields.Error ?? (tells ? null : word),
            Node = fields.Node,
        });
    }

    /// <summary>The history of what was added.</summary>
    /// <param name="lines">Takes the line of each event.</param>
    /// <param name="warning">What the reader of a verdict should know, or null.</param>
    /// <exception cref="UserMistakeException">An outcome means nothing.</exception>
    public History Build(EventLines lines, out string? warning)
    {
        if (_unknown is { } unknown)
            throw new UserMistakeException(
                $"{name} line {unknown.Line}: expected an outcome ({Map.Outcomes.Shown}), found"
                + $" \"{unknown.Word}\"; the outcomes of the file are {WordsSeen()}");
        var order = new IntervalOrder(_rows, [.. _processes.Keys], lines);
        var history = order.Build();
        warning = order.Warning;
        return history;
    }

    // Where one column holds both, it is the result of what only asks, and the argument of all else. Without
    // a column for results every read would seem to have found nothing.
    (Value Input, Value Output) Payloads(in OperationRowFields fields, string function, Outcome outcome)
    {
        var asks = Asking.Contains(function, StringComparer.Ordinal);
        if (outcome == Outcome.Ok && Map[Meaning.Output] is null
            && (function is Functions.Read or Functions.Get))
            throw new UserMistakeException(
                $"expected output=… in --map too, since a {function} returns something (it may be the"
                + " column of input)");
        if (Map[Meaning.Output] is null || Map[Meaning.Output] != Map[Meaning.Input])
            return (fields.Input, fields.Output);
        return asks ? (Value.Nil, fields.Output) : (fields.Input, Value.Nil);
    }

    (long Start, long End) Times(in OperationRowFields fields)
    {
        if (fields.Duration < 0)
            throw new UserMistakeException(
                $"expected a duration of at least 0, found {Shown(fields.Duration.Value)}");
        var start = fields.Start ?? (Map[Meaning.Start] is null ? fields.End - fields.Duration : null)
            ?? throw new UserMistakeException("expected a start, found none");
        var end = fields.End ?? start + fields.Duration ?? long.MaxValue;
        return end >= start ? (start, end) : throw new UserMistakeException(
            $"expected an end not before the start {Shown(start)}, found {Shown(end)}");
    }

    static string Shown(long ns) => ns.ToString(CultureInfo.InvariantCulture) + " ns";

    string FunctionOf(in OperationRowFields fields)
    {
        if (fields.Function is not { } word)
            return fields.Input.IsNil ? Functions.Read : Functions.Write;
        return word.Length == 0
            ? throw new UserMistakeException("expected a function, found none")
            : Map.Functions.GetValueOrDefault(word, word);
    }

    Outcome OutcomeOf(in OperationRowFields fields, out bool isRefusal)
    {
        isRefusal = false;
        if (fields.Outcome is not { } word)
            return Outcome.Ok;
        if (!_outcomes.TryGetValue(word, out var known))
            known = (Map.Outcomes.Of(word, out var refused), refused, 0);
        _outcomes[word] = known with { Times = known.Times + 1 };
        isRefusal = known.IsRefusal;
        if (known.Outcome is null)
            _unknown ??= (word, fields.Line);
        return known.Outcome ?? Outcome.Info;
    }

    int ProcessOf(Value process)
    {
        if (process.IsNil)
            throw new UserMistakeException("expected a process, found none");
        if (!_processes.TryGetValue(process, out var number))
            _processes.Add(process, number = _processes.Count);
        return number;
    }

    string WordsSeen()
    {
        var seen = _outcomes.OrderByDescending(one => one.Value.Times).ThenBy(one =>
            one.Key, StringComparer.Ordinal)
            .Take(MostShownWords).Select(one => $"\"{one.Key}\" ({one.Value.Times:N0})");
        var more = _outcomes.Count - MostShownWords;
        return string.Join(", ", seen) + (more > 0 ? $" and {more:N0} more" : "");
    }
}
