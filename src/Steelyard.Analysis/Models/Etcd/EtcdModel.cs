using Steelyard.Analysis.Models.Words;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Etcd;

/// <summary>
/// A key-value store in which every change makes a revision, as etcd's is: get, range, put, delete, txn,
/// leases. What an answer tells (revision, value, mod, version, kvs, count, deleted, succeeded, results) must
/// be so; what it does not tell is not asked.
/// </summary>
/// <remarks>Source: the deterministic model of etcd's robustness tests (tests/robustness/model), by which
/// it judges itself.</remarks>
/// <param name="ranks">Where operations probably stand, as revisions tell; null where nobody looked.</param>
internal sealed class EtcdModel(EtcdRanks? ranks = null) : Model<EtcdState>
{
    /// <summary>What it judges; all else is passed over.</summary>
    public static readonly string[] Judged =
    [
        Functions.Get, "range", Functions.Put, Functions.Delete, Functions.Txn, "lease-grant", "lease-revoke",
        "compact", "defragment",
    ];

    // The end of a range that has none.
    const string Endless = "\0";

    public override string Name => "etcd";

    internal override ModelWords<EtcdState> Words => new EtcdWords();

    internal override Shapes.OperationShapes Shapes => EtcdShapes.All;

    public override EtcdState Initial(Value key) => EtcdState.Fresh;

    // A read of which nobody knows the answer tells nothing.
    public override OperationRole RoleOf(Operation operation) =>
        !Judged.Contains(operation.Function) || (operation.Outcome != Outcome.Ok && OnlyObserves(operation))
            ? OperationRole.Ignored
            : base.RoleOf(operation);

    internal override Model For(History history) => new EtcdModel(new EtcdRanks(history));

    internal override int? RankOf(Operation operation) => ranks?.Of(operation);

    public override bool OnlyObserves(Operation operation) => operation.Function switch
    {
        Functions.Get or "range" or "compact" or "defragment" => true,
        Functions.Txn => !Writes(operation.Input["then"]) && !Writes(operation.Input["else"]),
        _ => false,
    };

    public override bool TryStep(EtcdState state, Operation operation, out EtcdState next)
    {
        var answer = new List<(Value, Value)>();
        next = After(state, operation, answer);
        answer.Add(("revision", next.Revision));
        // One of unknown outcome that would change nothing need not have happened here.
        return operation.Outcome == Outcome.Ok
            ? operation.Output.IsNil || Tells(operation.Output, Value.Map([.. answer]))
            : next != state;
    }

    internal override long BytesOf(EtcdState state) => state.Keys.BytesHeld() + state.Leases.BytesHeld();

    public override string Describe(EtcdState state)
    {
        var keys = new List<string>();
        foreach (var (key, held) in state.Keys.AsMap)
            keys.Add($"{key} = {held.AsList[0]} (changed at {held.AsList[1]})");
        return $"revision {state.Revision}: {(keys.Count == 0 ? "no keys" : string.Join(", ", keys))}";
    }

    static EtcdState After(EtcdState state, Operation operation, List<(Value, Value)> answer)
    {
        switch (operation.Function)
        {
            case Functions.Get:
                answer.AddRange(
                [
                    ("value", state.Of(operation.Key)), ("mod", state.ModOf(operation.Key)),
                    ("version", state.VersionOf(operation.Key)),
                ]);
                return state;
            case "range":
                answer.AddRange(Pairs(Range(state, operation.Input.AsList)));
                return state;
            case "lease-grant":
                return state.Grant(operation.Input);
            case "lease-revoke":
                return state.Revoke(operation.Input);
            case "compact" or "defragment":
                return state;
            default:
                return Changed(state, operation, answer);
        }
    }

    static EtcdState Changed(EtcdState state, Operation operation, List<(Value, Value)> answer)
    {
        var isTxn = operation.Function == Functions.Txn;
        var succeeds = !isTxn || Holds(state, operation.Input["if"]);
        var steps = isTxn ? operation.Input[succeeds ? "then" : "else"] : Value.List(StepOf(operation));
        var (next, results) = (state, new List<Value>());
        var isChange = false;
        foreach (var step in steps.AsList)
            results.Add(Step(ref next, ref isChange, step.AsList));
        answer.Add(("succeeded", Value.Of(succeeds)));
        answer.Add(("results", Value.List([.. results])));
        if (operation.Function == Functions.Delete)
            answer.Add(("deleted", results[0]["deleted"]));
        return isChange ? next with { Revision = state.Revision + 1 } : next;
    }

    static Value StepOf(Operation operation)
    {
        if (operation.Function == Functions.Delete)
            return Value.List("delete", operation.Key);
        var leased = operation.Input.Kind == ValueKind.Map && !operation.Input["lease"].IsNil;
        return leased
            ? Value.List("put", operation.Key, operation.Input["value"], operation.Input["lease"])
            : Value.List("put", operation.Key, operation.Input);
    }

    static bool Holds(EtcdState state, Value conditions)
    {
        foreach (var condition in conditions.AsList)
            if (condition["version"] is { IsNil: false } version
                ? state.VersionOf(condition["key"]) != version
                : state.ModOf(condition["key"]) != condition["mod"])
                return false;
        return true;
    }

    // All steps of a transaction make one revision.
    static Value Step(ref EtcdState state, ref bool isChange, ReadOnlySpan<Value> step)
    {
        var (kvs, count, deleted) = (Value.EmptyList, 0L, 0L);
        switch (step[0].AsText)
        {
            case "put":
                var lease = step.Length > 3 ? step[3] : 0;
                if (!state.CanUse(lease))
                    break;
                state = state.Put(step[1], step[2], lease, state.Revision + 1);
                isChange = true;
                break;
            case "delete":
                if (!state.Has(step[1]))
                    break;
                state = state.Without(step[1]);
                (isChange, deleted) = (true, 1);
                break;
            default:
                (kvs, count) = Range(state, step[1..]);
                break;
        }

        return Value.Map(("kvs", kvs), ("count", count), ("deleted", deleted));
    }

    // [key], or [from, up to, at most]; count is of all, whatever the limit.
    static (Value Kvs, long Count) Range(EtcdState state, ReadOnlySpan<Value> range)
    {
        var found = new List<Value>();
        foreach (var (key, held) in state.Keys.AsMap)
            if (range.Length == 1 ? key == range[0]
                : key >= range[0] && (key < range[1] || range[1] == Endless))
                found.Add(Value.Map(
                    ("key", key), ("value", held.AsList[0]), ("mod", held.AsList[1]),
                    ("version", held.AsList[2])));
        var limit = range.Length > 2 && range[2] is { IsInteger: true, AsInteger: > 0 } most
            ? (int)Math.Min(most.AsInteger, found.Count)
            : found.Count;
        return (Value.List([.. found[..limit]]), found.Count);
    }

    static (Value, Value)[] Pairs((Value Kvs, long Count) range) =>
        [("kvs", range.Kvs), ("count", range.Count)];

    static bool Writes(Value steps)
    {
        foreach (var step in steps.AsList)
            if (step.AsList[0] == "put" || step.AsList[0] == "delete")
                return true;
        return false;
    }

    // Whatever the answer tells must be so; it need not tell everything.
    static bool Tells(Value told, Value answer)
    {
        if (told.Kind == ValueKind.Map && answer.Kind == ValueKind.Map)
        {
            foreach (var (name, value) in told.AsMap)
                if (!Tells(value, answer[name]))
                    return false;
            return true;
        }

        if (told.Kind != ValueKind.List || answer.Kind != ValueKind.List)
            return told == answer;
        if (told.AsList.Length != answer.AsList.Length)
            return false;
        for (var i = 0; i < told.AsList.Length; i++)
            if (!Tells(told.AsList[i], answer.AsList[i]))
                return false;
        return true;
    }
}
