using Steelyard.Formats.Jsonl;
using Steelyard.Histories;

namespace Steelyard.Formats.Reading;

/// <summary>
/// Turns the events of a file, in their order, into a history. The rules of a history are checked here and by
/// <see cref="HistoryBuilder"/>; every mistake names the file and the line.
/// </summary>
/// <param name="name">The file, for messages.</param>
/// <param name="options">How to read it.</param>
/// <param name="isOurs">True for <c>history.jsonl</c>: marks of phases, unsent operations and sessions are
/// told. The completions of all others repeat the argument, as Jepsen's do: what an info or a fail repeats is
/// then no result.</param>
internal sealed class EventAssembler(string name, ReadOptions options, bool isOurs)
{
    // Some recordings let a process go on after an operation of unknown outcome. Whoever goes on is somebody
    // else (process 3 becomes 1,000,003): less is claimed of two processes than of one.
    const int FirstSuccessor = 1_000_000;

    // Who makes the faults; everybody else is a client.
    static readonly Value Nemesis = "nemesis";

    readonly HistoryBuilder _builder = new();
    readonly EventOrder _order = new(options.Order);
    readonly NemesisEvents _nemesis = new();
    readonly ProcessNumbers _processes = new();
    readonly NamelessOperations _nameless = new();
    readonly List<EventFields> _lone = [];
    readonly Dictionary<int, int> _successors = [];
    bool _named;
    int _namelessProcesses;
    bool _isRecording;
    int _lastLine;
    long _events;
    long _lastIndex = long.MinValue;

    /// <summary>On which lines the events stand.</summary>
    public EventLines Lines { get; } = new();

    /// <summary>What the file says it is a history of; null where it does not say.</summary>
    public string? Object { get; set; }

    /// <summary>What the times count from, where a recorder says it.</summary>
    public RecordingOrigin? Origin { get; private set; }

    /// <summary>Where a recorder began to write and never came to say that it ended: the line after the last;
    /// null where all is well, and in recordings that say nothing of it.</summary>
    public int? NeverEndedAt => _isRecording ? _lastLine + 1 : null;

    /// <summary>What the reader of a verdict should know, or null.</summary>
    public string? Warning => _order.Warning;

    /// <summary>The history of what was added; to be asked for once.</summary>
    public History Build()
    {
        foreach (var fields in _order.ByTime())
            Append(fields);
        for (var i = 0; i < _lone.Count; i++)
            AddLone(i, isEnd: false);
        for (var i = 0; i < _lone.Count; i++)
            AddLone(i, isEnd: true);
        if (_nemesis.Flush() is { } last)
            _builder.Add(last);
        return _builder.Build();
    }

    /// <summary>Adds the next event.</summary>
    /// <exception cref="UserMistakeException">It is no operation, or breaks a rule of histories.</exception>
    public void Add(in EventFields fields)
    {
        _lastLine = fields.Line;
        if (isOurs && !fields.Recording.IsNil)
        {
            Take(fields);
            return;
        }

        if (_order.IsByTime)
            _order.Wait(Numbered(fields));
        else
            Append(fields);
        _events++;
    }

    // What waits keeps the place it had in the file.
    EventFields Numbered(EventFields fields)
    {
        if (fields.Index.IsNil)
            fields.Index = _events;
        return fields;
    }

    void Take(in EventFields fields)
    {
        try
        {
            if (JsonlRecording.Read(fields, _builder) is not { } isEnd)
                return;
            _isRecording = !isEnd;
            if (!isEnd)
                Origin = JsonlRecording.OriginOf(fields);
        }
        catch (UserMistakeException mistake)
        {
            throw InPlace(fields, mistake);
        }
    }

    void Append(in EventFields fields)
    {
        try
        {
            if (!_order.IsByTime)
                CheckOrder(fields);
            if (isOurs && OurPhase.IsMark(fields))
                _builder.Mark(OurPhase.Of(fields.Mark), Nanoseconds(fields.Time, "time") ?? 0);
            else if (fields.Process.IsNil)
                AddNameless(fields);
            else if (fields.Process == Nemesis)
                AddFault(fields);
            else
                AddNamed(fields);
            Lines.Add(_builder.EventCount, fields.Line);
        }
        catch (UserMistakeException mistake)
            when (!mistake.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw InPlace(fields, mistake);
        }
    }

    UserMistakeException InPlace(in EventFields fields, UserMistakeException mistake) =>
        new($"{name} line {fields.Line}: {mistake.Message}", mistake);

    void CheckOrder(in EventFields fields)
    {
        CheckIndex(fields.Index);
        if (fields.Process != Nemesis)
            _order.Look(fields);
    }

    void CheckIndex(Value index)
    {
        if (index.IsNil)
            return;
        if (!index.IsInteger)
            throw new UserMistakeException($"expected an integer as index, found {index}");
        if (index.AsInteger <= _lastIndex)
            throw new UserMistakeException(
                $"index {index} comes after index {_lastIndex}; indices must ascend");
        _lastIndex = index.AsInteger;
    }

    void AddNamed(in EventFields fields)
    {
        _named = true;
        var process = _processes.Of(fields.Process, _builder);
        var identity = _successors.GetValueOrDefault(process, process);
        var outcome = OutcomeOf(fields.Type);
        if (outcome == Outcome.Open)
        {
            MustNotFollowLone();
            Invoke(identity, fields);
            return;
        }

        if (_builder.OpenOperationOf(identity) is { } operation)
        {
            Complete(operation, outcome, fields);
            if (outcome == Outcome.Info && !isOurs && identity <= int.MaxValue - FirstSuccessor)
            {
                _successors[process] = identity + FirstSuccessor;
                if (fields.Process.Kind == ValueKind.Text)
                    _builder.Name(identity + FirstSuccessor, $"{fields.Process.AsText}, {Again(identity)}"
                        + " client");
            }
        }
        else if (!TakesAlone(fields))
            throw new UserMistakeException(
                $"process {Show(fields.Process)} completes"
                + $" {(fields.Function.IsNil ? "something" : Show(fields.Function))}"
                + " without having invoked it");
    }

    // Its second client, then its third.
    static string Again(int identity) => (identity / FirstSuccessor) switch
    {
        0 => "second",
        1 => "third",
        var before => $"{before + 2}th",
    };

    // Elle's own examples tell only how transactions ended. Nothing is known of when they began, so they all
    // overlap, each a process of its own.
    bool TakesAlone(in EventFields fields)
    {
        if (isOurs || _builder.Count > 0 || FunctionOf(fields) != Functions.Txn)
            return false;
        _lone.Add(Numbered(fields));
        return true;
    }

    void MustNotFollowLone()
    {
        if (_lone.Count > 0)
            throw new UserMistakeException("expected a completion alone, as all before; found an invocation");
    }

    void AddLone(int number, bool isEnd)
    {
        var fields = _lone[number];
        try
        {
            if (isEnd)
                Complete(number, OutcomeOf(fields.Type), fields);
            else
                Invoke(number, fields);
            Lines.Add(_builder.EventCount, fields.Line);
        }
        catch (UserMistakeException mistake)
        {
            throw InPlace(fields, mistake);
        }
    }

    // Files without :process tell less: a completion belongs to the oldest open operation of its function,
    // and of its value where one is given. Each such operation is a process of its own.
    void AddNameless(in EventFields fields)
    {
        if (_named)
            throw new UserMistakeException("expected a process, as the events before have one; found none");
        var outcome = OutcomeOf(fields.Type);
        if (outcome == Outcome.Open)
        {
            MustNotFollowLone();
            var invoked = Invoke(_namelessProcesses++, fields);
            _nameless.Add(invoked, _builder.FunctionOf(invoked), fields.Payload);
            return;
        }

        var function = FunctionOf(fields);
        if (_nameless.Take(function, fields.Payload) is { } operation)
            Complete(operation, outcome, fields);
        else if (!TakesAlone(fields))
            throw new UserMistakeException($"{function} completes without having been invoked");
    }

    int Invoke(int process, in EventFields fields)
    {
        var (key, input) = KeyAndPayload(fields);
        var operation = _builder.Invoke(
            process, FunctionOf(fields), key, input, Nanoseconds(fields.Time, "time") ?? 0,
            Nanoseconds(fields.Intended, "intended"), TextOf(fields.Node),
            isOurs ? OurPhase.TraitsOf(fields)
                : fields.Final == Value.Of(true) ? OperationTraits.Final : OperationTraits.None);
        _builder.Number(fields.Index.IsInteger ? fields.Index.AsInteger : _events);
        return operation;
    }

    void Complete(int operation, Outcome outcome, in EventFields fields)
    {
        var (key, output) = KeyAndPayload(fields);
        if (!fields.Function.IsNil && Show(fields.Function) != _builder.FunctionOf(operation))
            throw new UserMistakeException(
                $"process {_builder.ProcessOf(operation)} completes {Show(fields.Function)} while its"
                + $" open operation is {_builder.FunctionOf(operation)}");
        if (!key.IsNil && key != _builder.KeyOf(operation))
            throw new UserMistakeException(
                $"process {_builder.ProcessOf(operation)} completes with key {key}, having invoked with key"
                + $" {_builder.KeyOf(operation)}");
        if (!isOurs && outcome != Outcome.Ok && output == _builder.InputOf(operation))
            output = Value.Nil;
        var timeNs = Nanoseconds(fields.Time, "time") ?? 0;
        _builder.Complete(operation, outcome, output, timeNs, TextOf(fields.Error));
    }

    void AddFault(in EventFields fields)
    {
        var timeNs = Nanoseconds(fields.Time, "time") ?? 0;
        if (!fields.Phase.IsNil)
            _builder.Add(OurFault.Of(fields, timeNs));
        else
            foreach (var fault in _nemesis.Add(FunctionOf(fields), fields.Payload, timeNs))
                _builder.Add(fault);
    }

    (Value Key, Value Payload) KeyAndPayload(in EventFields fields)
    {
        if (!options.IndependentKeys)
            return (fields.Key, fields.Payload);
        // An end that says nothing says nothing of its key either.
        if (fields.Payload.IsNil && fields.Type != "invoke")
            return (Value.Nil, Value.Nil);
        if (fields.Payload.Kind != ValueKind.List || fields.Payload.AsList.Length != 2)
            throw new UserMistakeException(
                $"expected a value [key value], as --independent says, found {fields.Payload}");
        return (fields.Payload.AsList[0], fields.Payload.AsList[1]);
    }

    static Outcome OutcomeOf(Value type) => type.Kind != ValueKind.Text
        ? throw new UserMistakeException($"expected the type invoke, ok, fail or info, found {type}")
        : type.AsText switch
        {
            "invoke" => Outcome.Open,
            "ok" => Outcome.Ok,
            "fail" => Outcome.Fail,
            "info" => Outcome.Info,
            var other =>
                throw new UserMistakeException($"expected the type invoke, ok, fail or info, found {other}"),
        };

    // Elle's own files leave :f out when all are transactions.
    static string FunctionOf(in EventFields fields)
    {
        if (!fields.Function.IsNil)
            return Show(fields.Function);
        if (fields.Payload.Kind == ValueKind.List)
            return Functions.Txn;
        throw new UserMistakeException("expected a function (f), found none");
    }

    static long? Nanoseconds(Value time, string field) => time.Kind switch
    {
        ValueKind.Nil => null,
        ValueKind.Integer => time.AsInteger,
        ValueKind.Real when Math.Abs(time.AsReal) < 9e18 => (long)time.AsReal,
        _ => throw new UserMistakeException($"expected nanoseconds as {field}, found {time}"),
    };

    static string? TextOf(Value value) => value.IsNil ? null : Show(value);

    static string Show(Value value) => value.Kind == ValueKind.Text ? value.AsText : value.ToString();
}
