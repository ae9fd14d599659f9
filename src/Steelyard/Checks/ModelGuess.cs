using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Which models fit a history whose model was not named: a hint, never a choice.</summary>
internal static class ModelGuess
{
    const int MostLookedAt = 1_000;

    // The most telling function first; a history is looked through for each in turn.
    static readonly (string Function, string Models)[] ByFunction =
    [
        (Functions.Cas, "cas-register"), ("transfer", "bank"), ("balances", "bank"), ("append", "kv"),
        ("put", "kv"),
        ("acquire", "mutex, owner-aware-mutex, reentrant-mutex, semaphore or fenced-mutex"),
        ("decr", "semaphore"),
        ("drain", "total-queue or exactly-once-queue"), ("enqueue", "queue"), ("enq", "queue"),
        ("push", "stack"),
        ("pop", "stack"), ("take-min", "priority-queue"), ("insert", "collection-set or adya-g2"),
        ("contains", "collection-set"), ("rmw", "rmw"), ("poll", "kafka"), ("send", "kafka"),
        ("generate", "unique-ids"), ("inc", "monotonic"), ("sell", "oversell"), ("lead", "leader"),
        ("replica-state", "exactly-once"), ("echo", "echo"), ("broadcast", "broadcast"), ("ts", "lin-tso"),
        (Functions.Effect, "exactly-once"), ("add", "set, set-full or counter"),
        (Functions.Write, "register"), (Functions.Read, "register"),
    ];

    static readonly string[] s_registers = [Functions.Read, Functions.Write, Functions.Cas];

    /// <summary>A hint as <c>; its operations look like cas-register</c>.</summary>
    public static string Of(History history)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(history.Count, MostLookedAt); i++)
            seen.Add(history[i].Function);
        // Transactions are known by their steps, whatever their function is called.
        var models = OfSteps(history) ?? OfPayloads(history, seen) ?? (seen.Contains(Functions.Txn)
            ? null
            : Array.Find(ByFunction, one => seen.Contains(one.Function)).Models);
        return models is null ? $"; --model {HistoryModels.Nothing} measures them and judges nothing"
            : $"; its operations look like {models}";
    }

    // Functions that several models share are told apart by what they carry.
    static string? OfPayloads(History history, HashSet<string> seen)
    {
        var looked = history.Operations.Take(MostLookedAt).ToList();
        if (seen.SetEquals(["add", Functions.Read]) && !looked.Exists(IsListRead))
            return looked.TrueForAll(operation => operation.Function != "add" || operation.Input.IsInteger)
                && looked.Exists(operation => operation.Function == Functions.Read
                    && operation.Output.IsInteger)
                ? "counter, pn-counter or g-counter"
                : null;
        if (seen.IsSubsetOf(s_registers) && looked.Exists(IsVersionedRead))
            return "versioned-register";
        return seen.Contains(Functions.Write) && seen.IsSubsetOf(s_registers)
            && looked.TrueForAll(operation => operation.Key.IsNil
                && operation.Input is { Kind: ValueKind.List, AsList.Length: 2 })
            ? "lin-kv, or registers with --independent"
            : null;
    }

    // A key in the answer would stand in the question, too.
    static bool IsVersionedRead(Operation operation) => operation.Function == Functions.Read
        && (operation.Input.IsNil || operation.Input == Value.List(Value.Nil, Value.Nil))
        && operation.Output switch
        {
            { Kind: ValueKind.List, AsList: [{ IsInteger: true }, _] } => true,
            { Kind: ValueKind.Map } map => map["version"].IsInteger,
            _ => false,
        };

    static bool IsListRead(Operation operation) =>
        operation.Function == Functions.Read && operation.Output.Kind == ValueKind.List;

    static string? OfSteps(History history)
    {
        var steps = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(history.Count, MostLookedAt); i++)
            if (history[i].Input is { Kind: ValueKind.List } list)
                foreach (var step in list.AsList)
                    if (step is { Kind: ValueKind.List, AsList: [{ Kind: ValueKind.Text } name, ..] })
                        steps.Add(name.AsText);
        return steps.Contains("append") || steps.Contains("a") ? "list-append"
            : steps.Contains("w") ? "rw-register"
            : steps.Contains("read") || steps.Contains("write") ? "multi-register"
            : steps.Contains("r") ? "list-append or rw-register"
            : null;
    }
}
