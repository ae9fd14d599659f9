using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads.Watches;

/// <summary>All changes of which something is known: what completed writes say of their revision, and what
/// any watch told.</summary>
internal sealed class KnownChanges
{
    readonly Dictionary<(long Revision, Value Key), (WatchedChange Change, int Operation)> _changes = [];
    readonly List<(WatchedChange Change, int Operation)> _ordered;

    public KnownChanges(History history, IReadOnlyList<WatchStream> watches)
    {
        foreach (var operation in history.Operations)
            if (operation.Outcome == Outcome.Ok && operation.Output.Kind == ValueKind.Map
                && operation.Output["revision"].IsInteger)
                AddWrites(operation, operation.Output["revision"].AsInteger);
        foreach (var watch in watches)
            foreach (var told in watch.Events)
                _changes.TryAdd((told.Revision, told.Key), (told, watch.Operation.Index));
        _ordered = [.. _changes.Values.OrderBy(one => one.Change.Revision).ThenBy(one => one.Change.Key)];
    }

    /// <summary>What is known of a change that a watch told; null is nothing.</summary>
    public (WatchedChange Change, int Operation)? Of(WatchedChange told) =>
        _changes.TryGetValue((told.Revision, told.Key), out var known) ? known : null;

    /// <summary>The changes that a watch must have told and did not.</summary>
    public IEnumerable<(WatchedChange Change, int Operation)> MissedBy(WatchStream watch)
    {
        var told = watch.Events.Select(one => (one.Revision, one.Key)).ToHashSet();
        return _ordered.Where(known =>
            known.Change.Revision >= watch.First && known.Change.Revision <= watch.To
            && watch.Asks(known.Change.Key) && !told.Contains((known.Change.Revision, known.Change.Key)));
    }

    void AddWrites(Operation operation, long revision)
    {
        switch (operation.Function)
        {
            case Functions.Put:
                var isLeased = operation.Input.Kind == ValueKind.Map && !operation.Input["lease"].IsNil;
                // Under a lease that is not there nothing was written.
                if (!isLeased)
                    Add(new(revision, operation.Key, operation.Input, false), operation);
                break;
            case Functions.Delete when operation.Output["deleted"] == 1:
                Add(new(revision, operation.Key, Value.Nil, true), operation);
                break;
            case Functions.Txn when operation.Input.Kind == ValueKind.Map:
                AddSteps(operation, revision);
                break;
        }
    }

    void AddSteps(Operation operation, long revision)
    {
        var steps = operation.Input[operation.Output["succeeded"] == Value.Of(false) ? "else" : "then"];
        var results = operation.Output["results"];
        if (steps.Kind != ValueKind.List || results.Kind != ValueKind.List)
            return;
        for (var i = 0; i < Math.Min(steps.AsList.Length, results.AsList.Length); i++)
        {
            if (steps.AsList[i] is not { Kind: ValueKind.List, AsList: [var word, var key, ..] } step)
                continue;
            if (word == Functions.Put && step.AsList.Length == 3)
                Add(new(revision, key, step.AsList[2], false), operation);
            else if (word == Functions.Delete && results.AsList[i]["deleted"] == 1)
                Add(new(revision, key, Value.Nil, true), operation);
        }
    }

    // The last step of a transaction that touches a key says what it left.
    void Add(WatchedChange change, Operation operation) =>
        _changes[(change.Revision, change.Key)] = (change, operation.Index);
}
