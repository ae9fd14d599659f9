using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Requests;

/// <summary>
/// A state machine that applies each request once, however often it is sent: with the state it keeps, for
/// every session, the number and the answer of its last request (Ongaro 2014, section 6.3). The table is
/// part of the state: it is replicated and put into snapshots like the rest.
/// </summary>
/// <param name="machine">The machine that does the work.</param>
/// <param name="dedup">False leaves the table out: retries are applied again (a planted bug).</param>
internal sealed class SessionMachine(IStateMachine machine, bool dedup = true)
{
    // Sorted, because snapshots list it.
    readonly SortedDictionary<long, (long Number, Completion Answer)> _sessions = [];

    /// <summary>The state without the sessions.</summary>
    public Value State => machine.Snapshot();

    /// <summary>True when the function changes nothing.</summary>
    public bool IsRead(string function) => machine.IsRead(function);

    /// <summary>Answers a read from the state as it is.</summary>
    public Completion Read(in Command command) => machine.Apply(command);

    /// <summary>Carries a request out, unless it was before: then the answer of that time is
    /// repeated.</summary>
    public Completion Apply(RequestId id, in Command command)
    {
        if (AnswerOf(id) is { } before)
            return before;
        var answer = machine.Apply(command);
        _sessions[id.Session] = (id.Number, answer);
        return answer;
    }

    /// <summary>The answer a request got when it was applied; null when it was not.</summary>
    public Completion? AnswerOf(RequestId id) =>
        dedup && _sessions.TryGetValue(id.Session, out var last) && last.Number >= id.Number
            ? last.Answer
            : null;

    /// <summary>State and sessions, as one value.</summary>
    public Value Snapshot()
    {
        var sessions = new Value[_sessions.Count];
        var i = 0;
        foreach (var (session, (number, answer)) in _sessions)
        {
            var ok = Value.Of(answer.Outcome == Outcome.Ok);
            sessions[i++] = Value.List(session, number, ok, answer.Output, answer.Error);
        }

        return Value.List(machine.Snapshot(), Value.List(sessions));
    }

    /// <summary>Becomes what <see cref="Snapshot"/> gave; nil is the initial state.</summary>
    /// <param name="snapshot">State and sessions.</param>
    /// <param name="withSessions">False leaves the sessions out (a planted bug).</param>
    public void Restore(Value snapshot, bool withSessions = true)
    {
        _sessions.Clear();
        machine.Restore(snapshot.IsNil ? Value.Nil : snapshot.AsList[0]);
        if (snapshot.IsNil || !withSessions)
            return;
        foreach (var row in snapshot.AsList[1].AsList)
        {
            var fields = row.AsList;
            var outcome = fields[2].AsBoolean ? Outcome.Ok : Outcome.Fail;
            var error = fields[4].IsNil ? null : fields[4].AsText;
            _sessions[fields[0].AsInteger] = (fields[1].AsInteger, new(outcome, fields[3], error));
        }
    }
}
