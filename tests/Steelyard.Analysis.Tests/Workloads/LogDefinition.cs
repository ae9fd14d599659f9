using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads;

/// <summary>The anomalies of logs by their definitions: facts, pairs of facts, and nothing clever.</summary>
internal sealed class LogDefinition
{
    readonly List<Step> _sends = [];
    readonly List<Step> _polls = [];
    readonly List<Step> _facts;

    public LogDefinition(History history)
    {
        foreach (var operation in history.Operations)
        {
            var steps = operation.Output.IsNil ? operation.Input : operation.Output;
            foreach (var step in steps.AsList)
                Add(operation, step.AsList);
        }

        _facts = [.. _polls.Concat(_sends.Where(IsCommitted)).Where(fact => fact.Offset >= 0)];
    }

    IEnumerable<Step> OkPolls => _polls.Where(p => p.Operation.Outcome == Outcome.Ok);

    public SortedSet<string> Anomalies()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var a in _facts)
            foreach (var b in _facts.Where(b => b.Key == a.Key))
            {
                if (a.Offset == b.Offset && a.Value != b.Value)
                    found.Add("inconsistent-offsets");
                if (a.Offset != b.Offset && a.Value == b.Value)
                    found.Add("duplicate");
            }

        if (_sends.Exists(IsLost))
            found.Add("lost-write");
        foreach (var poll in _polls)
            AddReads(poll, found);
        AddSteps(_sends.Where(IsCommitted), "send", false, found);
        AddSteps(_polls.Where(p => p.Operation.Outcome is Outcome.Ok or Outcome.Info), "poll", true, found);
        if (IsCircle())
            found.Add("G1c");
        return found;
    }

    void Add(Operation operation, ReadOnlySpan<Value> step)
    {
        if (step[0] == "send" && step[2].Kind == ValueKind.List)
            _sends.Add(new(operation, step[1], OffsetOf(step[2].AsList[0]), step[2].AsList[1]));
        else if (step[0] == "send")
            _sends.Add(new(operation, step[1], -1, step[2]));
        else if (step.Length == 2)
            foreach (var (key, messages) in step[1].AsMap)
                foreach (var message in messages.AsList)
                    _polls.Add(new(operation, key, OffsetOf(message.AsList[0]), message.AsList[1]));
    }

    static long OffsetOf(Value offset) => offset.IsNil ? -1 : offset.AsInteger;

    bool IsCommitted(Step send) => send.Operation.Outcome == Outcome.Ok
        || (send.Operation.Outcome is Outcome.Info or Outcome.Open && _sends.Exists(other =>
            other.Operation.Index == send.Operation.Index && OkPolls.Any(other.IsSameMessage)));

    // Some completed poll returned a message whose first place lies at or above this message's last.
    bool IsLost(Step send)
    {
        var places = _facts.Where(send.IsSameMessage).Select(f => f.Offset).ToList();
        return IsCommitted(send) && places.Count > 0 && !_polls.Exists(send.IsSameMessage)
            && OkPolls.Any(read => read.Key == send.Key
                && _facts.Where(read.IsSameMessage).Select(f => f.Offset).DefaultIfEmpty(-1).Min()
                    >= places.Max());
    }

    void AddReads(Step poll, SortedSet<string> found)
    {
        var senders = _sends.Where(poll.IsSameMessage).Select(s => s.Operation).ToList();
        if (senders.Count == 0)
            found.Add("garbage-read");
        else if (senders[0].InvokedAt > poll.Operation.CompletedAt)
            found.Add("G1c-realtime");
        else if (poll.Operation.Outcome == Outcome.Fail)
            return;
        else if (senders.TrueForAll(s => s.Outcome == Outcome.Fail))
            found.Add("G1a");
        else if (senders[0].Index == poll.Operation.Index)
            found.Add("precommitted-read");
    }

    // Neighbours in what one process sent to, or polled from, one log.
    void AddSteps(IEnumerable<Step> steps, string verb, bool skips, SortedSet<string> found)
    {
        foreach (var group in steps.GroupBy(s => (s.Operation.Process, s.Key)))
            foreach (var (a, b) in group.Zip(group.Skip(1)))
            {
                if (PlaceOf(a) is not { } from || PlaceOf(b) is not { } to)
                    continue;
                var inside = a.Operation.Index == b.Operation.Index ? "int-" : "";
                if (to <= from)
                    found.Add($"{inside}nonmonotonic-{verb}");
                if (skips && _facts.Exists(f => f.Key == a.Key && f.Offset > from && f.Offset < to))
                    found.Add($"{inside}{verb}-skip");
            }
    }

    long? PlaceOf(Step step)
    {
        var places = step.Offset >= 0
            ? [step.Offset]
            : _facts.Where(step.IsSameMessage).Select(f => f.Offset).Distinct().ToList();
        return places.Count == 1 ? places[0] : null;
    }

    bool IsCircle()
    {
        var edges = OkPolls.SelectMany(p => _sends.Where(p.IsSameMessage)
                .Select(s => (From: s.Operation.Index, To: p.Operation.Index)))
            .Where(e => e.From != e.To).ToHashSet();
        for (var grew = true; grew;)
        {
            var more = edges.SelectMany(a => edges.Where(b => b.From == a.To).Select(b => (a.From, b.To)));
            var count = edges.Count;
            edges = [.. edges, .. more];
            grew = edges.Count > count;
        }

        return edges.Any(e => e.From == e.To);
    }

    readonly record struct Step(Operation Operation, Value Key, long Offset, Value Value)
    {
        public bool IsSameMessage(Step other) => other.Key == Key && other.Value == Value;
    }
}
