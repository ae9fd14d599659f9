using Steelyard.Histories;

namespace Steelyard.Services.Designs.Cart.Promises;

/// <summary>Goes through every session in its order, and keeps what it knew at each look and add.</summary>
internal sealed class SessionWalk
{
    readonly bool _ofWrites;
    readonly CartLooks _looks;
    readonly SortedDictionary<int, IReadOnlyList<Known>> _knownAt = [];
    readonly SortedDictionary<Value, Operation> _adds = [];

    /// <summary>Walks.</summary>
    /// <param name="history">The history.</param>
    /// <param name="ofWrites">Whether what a session wrote counts; else, what it saw.</param>
    public SessionWalk(History history, bool ofWrites)
    {
        _ofWrites = ofWrites;
        _looks = new(history);
        var sessions = new SortedDictionary<int, Knowledge>();
        foreach (var operation in history.Operations)
        {
            if (!sessions.TryGetValue(operation.Process, out var session))
                sessions.Add(operation.Process, session = new());
            Step(operation, session);
        }
    }

    /// <summary>What the session of an operation knew of its cart when it began.</summary>
    public IReadOnlyList<Known> KnownAt(Operation operation) => _knownAt[operation.Index];

    /// <summary>Who added an entry; null where nobody did.</summary>
    public Operation? AddOf(Value entry) =>
        _adds.TryGetValue(entry, out var add) ? add : null;

    /// <summary>What is known, and does not show in a look.</summary>
    public IEnumerable<Known> Missed(Operation look, IReadOnlyList<Known> known)
    {
        var shown = CartLooks.EntriesOf(look);
        return known.Where(each => !_looks.Fits(each, look, shown));
    }

    void Step(Operation operation, Knowledge session)
    {
        if (operation.Function is not (CartWorkload.Add or CartWorkload.Remove or CartWorkload.Look))
            return;
        _knownAt[operation.Index] = session.Of(operation.Key);
        if (operation.Function == CartWorkload.Add)
            _adds.TryAdd(operation.Input, operation);
        if (operation.Outcome != Outcome.Ok)
            return;
        if (operation.Function == CartWorkload.Look && !_ofWrites)
            NoteLook(operation, session);
        if (operation.Function != CartWorkload.Look && _ofWrites)
            session.Note(operation.Key, new(
                operation.Input, operation.Function == CartWorkload.Remove, operation.Index));
    }

    void NoteLook(Operation look, Knowledge session)
    {
        var shown = CartLooks.EntriesOf(look);
        foreach (var known in session.Of(look.Key))
            if (!shown.Contains(known.Entry) && _looks.MayBeRemoved(known.Entry, look))
                session.Note(look.Key, new(known.Entry, true, look.Index));
        foreach (var entry in shown)
            session.Note(look.Key, new(entry, false, look.Index));
    }
}
