using Steelyard.Histories;

namespace Steelyard.Formats.Reading;

/// <summary>
/// Makes fault events of a Jepsen nemesis' operations. Jepsen records each twice, before and after it is
/// done; the second tells what was hit, so the event stands there. Names that begin or end something
/// (<c>start</c>, <c>pause</c>/<c>resume</c>, <c>kill</c>, <c>heal</c>, <c>start-x</c>/<c>stop-x</c>) become
/// starts and ends, all others instants.
/// </summary>
internal sealed class NemesisEvents
{
    // Long values (stack traces, whole grudges) say no more to people than their beginning.
    const int LongestDescription = 200;

    readonly List<(string Kind, int Fault)> _open = [];
    (string Function, Value Payload, long TimeNs)? _pending;
    int _faults;

    /// <summary>Adds a record; the events that are now complete.</summary>
    public IEnumerable<FaultEvent> Add(string function, Value payload, long timeNs)
    {
        var pending = _pending;
        if (pending is { } before && before.Function == function)
        {
            _pending = null;
            return [Event(function, payload.IsNil ? before.Payload : payload, timeNs)];
        }

        _pending = (function, payload, timeNs);
        return pending is { } alone ? [Event(alone.Function, alone.Payload, alone.TimeNs)] : [];
    }

    /// <summary>The event of a record whose second never came, or null.</summary>
    public FaultEvent? Flush()
    {
        var pending = _pending;
        _pending = null;
        return pending is { } alone ? Event(alone.Function, alone.Payload, alone.TimeNs) : null;
    }

    FaultEvent Event(string function, Value payload, long timeNs)
    {
        var (phase, kind) = Meaning(function);
        return new FaultEvent
        {
            TimeNs = timeNs,
            Phase = phase,
            Kind = kind,
            Fault = Number(phase, kind),
            Description = Describe(function, payload),
            Nodes = NodesOf(payload),
        };
    }

    (FaultPhase Phase, string Kind) Meaning(string function) => function switch
    {
        // After a kill, start is what ends it; otherwise it begins the nemesis' one fault.
        "start" when _open.Exists(fault => fault.Kind == "crash") => (FaultPhase.End, "crash"),
        "start" => (FaultPhase.Start, "fault"),
        "stop" => (FaultPhase.End, "fault"),
        "heal" when _open.Exists(fault => fault.Kind == "partition") => (FaultPhase.End, "partition"),
        "kill" => (FaultPhase.Start, "crash"),
        "restart" => (FaultPhase.End, "crash"),
        "pause" => (FaultPhase.Start, "pause"),
        "resume" => (FaultPhase.End, "pause"),
        _ when function.StartsWith("start-", StringComparison.Ordinal) => (FaultPhase.Start, function[6..]),
        _ when function.StartsWith("stop-", StringComparison.Ordinal) => (FaultPhase.End, function[5..]),
        _ => (FaultPhase.Instant, function),
    };

    int Number(FaultPhase phase, string kind)
    {
        if (phase == FaultPhase.Instant)
            return -1;
        if (phase == FaultPhase.Start)
        {
            _open.Add((kind, _faults));
            return _faults++;
        }

        var at = _open.FindIndex(fault => fault.Kind == kind);
        if (at < 0)
            return -1;
        var number = _open[at].Fault;
        _open.RemoveAt(at);
        return number;
    }

    static string Describe(string function, Value payload)
    {
        var text = payload.IsNil ? function : $"{function} {payload}";
        return text.Length <= LongestDescription ? text : text[..LongestDescription] + "…";
    }

    // {n1 result, n2 result} and [n1 n2] name nodes; anything else does not.
    static IReadOnlyList<string> NodesOf(Value payload)
    {
        var nodes = new List<string>();
        if (payload.Kind == ValueKind.Map)
            foreach (var (key, _) in payload.AsMap)
                nodes.Add(key.ToString());
        if (payload.Kind == ValueKind.List)
            foreach (var element in payload.AsList)
                if (element.Kind == ValueKind.Text)
                    nodes.Add(element.AsText);
        return nodes;
    }
}
