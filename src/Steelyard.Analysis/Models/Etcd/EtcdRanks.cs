using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Etcd;

/// <summary>
/// Where operations probably stand: answers tell their revision, and what reads and watches saw tells at
/// which revision a write of unknown outcome took effect. A hint for the search, which believes none of it.
/// </summary>
internal sealed class EtcdRanks
{
    readonly Dictionary<(Value Key, Value Value), long> _seen = [];

    // What took a key away bears no value: deletes that nobody claims, by key.
    readonly Dictionary<Value, Queue<long>> _deletes = [];
    readonly Dictionary<int, int> _ranks = [];

    public EtcdRanks(History history)
    {
        var claimed = new HashSet<long>();
        foreach (var operation in history.Operations)
        {
            See(operation.Output, operation.Key);
            if (operation.Function == Functions.Delete && RevisionOf(operation) is { } revision
                && Changes(operation))
                claimed.Add(revision);
        }

        foreach (var operation in history.Operations)
            if (operation.Function == "watch")
                SeeDeletes(operation.Output, claimed);
        foreach (var operation in history.Operations)
            if (RankOf(operation) is { } rank)
                _ranks.Add(operation.Index, rank);
    }

    /// <summary>The place of an operation; null where nothing tells.</summary>
    public int? Of(Operation operation) => _ranks.TryGetValue(operation.Index, out var rank) ? rank : null;

    // A change comes before what is told of its revision.
    int? RankOf(Operation operation)
    {
        if (RevisionOf(operation) is { } told)
            return Place(told, !Changes(operation));
        if (operation.Outcome == Outcome.Fail)
            return null;
        return operation.Function switch
        {
            Functions.Put when Written(operation.Key, ValueOf(operation.Input)) is { } at => Place(at, false),
            Functions.Delete when _deletes.TryGetValue(operation.Key, out var left)
                && left.TryDequeue(out var at) => Place(at, false),
            Functions.Txn when FirstWritten(operation.Input["then"]) is { } at => Place(at, false),
            Functions.Txn when FirstWritten(operation.Input["else"]) is { } at => Place(at, false),
            _ => null,
        };
    }

    static int Place(long revision, bool isAfter) =>
        (int)Math.Min(int.MaxValue - 1, (2 * Math.Min(revision, int.MaxValue)) + (isAfter ? 1 : 0));

    static bool Changes(Operation operation) => operation.Function switch
    {
        Functions.Put or "lease-revoke" => true,
        Functions.Delete => operation.Output["deleted"] == 1,
        Functions.Txn => operation.Output["succeeded"] != Value.Of(false),
        _ => false,
    };

    static long? RevisionOf(Operation operation) =>
        operation is { Outcome: Outcome.Ok, Output.Kind: ValueKind.Map }
        && operation.Output["revision"] is { IsInteger: true } revision
            ? revision.AsInteger
            : null;

    static Value ValueOf(Value input) => input.Kind == ValueKind.Map ? input["value"] : input;

    long? FirstWritten(Value steps)
    {
        if (steps.Kind == ValueKind.List)
            foreach (var step in steps.AsList)
                if (step is { Kind: ValueKind.List, AsList: [var word, var key, var value, ..] }
                    && word == Functions.Put && Written(key, value) is { } at)
                    return at;
        return null;
    }

    long? Written(Value key, Value value) => _seen.TryGetValue((key, value), out var at) ? at : null;

    // Answers and events nest pairs of key and value, with the revision that made them.
    void See(Value told, Value key)
    {
        if (told.Kind == ValueKind.List)
            foreach (var element in told.AsList)
                See(element, key);
        if (told.Kind != ValueKind.Map)
            return;
        var own = told["key"].IsNil ? key : told["key"];
        var at = told["mod"].IsNil && !told["key"].IsNil ? told["revision"] : told["mod"];
        if (!told["value"].IsNil && at.IsInteger)
            _seen.TryAdd((own, told["value"]), at.AsInteger);
        foreach (var (_, inner) in told.AsMap)
            if (inner.Kind is ValueKind.List or ValueKind.Map)
                See(inner, key);
    }

    void SeeDeletes(Value told, HashSet<long> claimed)
    {
        if (told.Kind == ValueKind.List)
            foreach (var element in told.AsList)
                SeeDeletes(element, claimed);
        if (told.Kind != ValueKind.Map)
            return;
        SeeDeletes(told["events"], claimed);
        if (told["type"] != Functions.Delete || !told["revision"].IsInteger
            || !claimed.Add(told["revision"].AsInteger))
            return;
        if (!_deletes.TryGetValue(told["key"], out var left))
            _deletes.Add(told["key"], left = new());
        left.Enqueue(told["revision"].AsInteger);
    }
}
