using Steelyard.Analysis.Effects;
using Steelyard.Analysis.Workloads;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Analysis.Workloads.Inserts;
using Steelyard.Analysis.Workloads.Locks;
using Steelyard.Analysis.Workloads.Logs;
using Steelyard.Analysis.Workloads.Queues;
using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Analysis.Workloads.Stocks;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Workloads of test harnesses: each asks for one effect that clients can tell.</summary>
internal static class WorkloadModels
{
    const string Linearizable = "linearizable";
    const string Fencing = "fencing";

    static readonly string[] Adds = ["add", Functions.Read];
    static readonly string[] Queueing = ["enqueue", "enq", "dequeue", "deq", "drain"];
    static readonly string[] Logging = [Functions.Send, "poll", Functions.Txn, "assign", "subscribe"];
    static readonly string[] Writing = [Functions.Write, Functions.Read];

    public static IReadOnlyList<HistoryModel> All { get; } =
    [
        Of("set", "add, then a read of all elements at the end", new FinalSet(), Adds),
        new("set-full", "add, and read of all elements all the while",
            request => [new SetFull(request.Consistency == Linearizable)])
        {
            Consistencies = [Linearizable], Judged = Adds,
        },
        Of("counter", "add and read, each read within its bounds", new CounterBounds(), Adds),
        Of("unique-ids", "generate, which returns an id", new UniqueIds(), ["generate"]),
        Of("total-queue", "enqueue, dequeue and drain: what goes in must come"
            + " out", new TotalQueue(), Queueing),
        Of("partial-queue", "enqueue, dequeue and drain: what comes out went"
            + " in", new PartialQueue(), Queueing),
        Of("exactly-once-queue", "enqueue, dequeue and drain: what goes in comes out, exactly"
            + " once", new ExactlyOnceQueue(), Queueing),
        Of("kafka", "send, poll and txn of [send k v] and [poll], assign and"
            + " subscribe", new KafkaLog(), Logging),
        Of("log", "the same as kafka, by its plain name", new KafkaLog("log"), Logging),
        Of("comments", "write and read of all: a later write is not seen without an earlier one",
            new Comments(), Writing),
        Of("causal-reverse", "the same as comments, by its other"
            + " name", new Comments("causal-reverse"), Writing),
        Of("sequential", "reads of [key [v …]], subkeys in reverse order of insertion",
            new SequentialInserts(), Writing),
        Of("monotonic", "inc, which returns the new value, and reads of one or several registers",
            new Monotonic(), ["inc", Functions.Read]),
        Of("adya-g2", "insert of [key [a b]]: at most one of a key may"
            + " succeed", new PredicateInserts(), null),
        new("oversell", "sell, cancel, restock and read: never more sold than there are",
            request => [new Oversell(Stock(request.Initial))])
        {
            TakesInitial = true, Judged = ["sell", "reserve", "buy", "cancel", "restock", Functions.Read],
        },
        new("fenced-mutex", "acquire, which returns a token, release, and write with a token",
            request => [new FencedMutex(exclusive: request.Consistency != Fencing)])
        {
            Consistencies = [Fencing, "mutual-exclusion"],
            Judged = ["acquire", "release", Functions.Write],
        },
        Of("leader", "lead, act and leader of {term, leader}: one leader a"
            + " term", new LeaderPerTerm(), ["lead", "act", "leader"]),
        new("exactly-once",
            "operations with an id, and effect {id} for each, or replica-state {applied: [id …]} at the end",
            request => [new ExactlyOnce(FunctionOf(request.History))])
        {
            Order = OrderUse.None,
        },
    ];

    // The operations that carry ids are those whose effects are counted.
    static string? FunctionOf(History history)
    {
        foreach (var operation in history.Operations)
            if (operation.Function == Functions.Effect)
                return null;
        foreach (var operation in history.Operations)
            if (operation.Function != Functions.ReplicaState && operation.Input.Kind == ValueKind.Map
                && !operation.Input["id"].IsNil)
                return operation.Function;
        return Functions.Transfer;
    }

    static Dictionary<Value, long> Stock(Value initial)
    {
        var stock = new Dictionary<Value, long>();
        if (initial.IsNil)
            return stock;
        foreach (var (item, units) in initial.AsMap)
            stock[item] = units is { IsInteger: true, AsInteger: >= 0 and <= int.MaxValue }
                ? units.AsInteger
                : throw new UserMistakeException(
                    $"--initial: expected units of {item} between 0 and {int.MaxValue}, found {units}");
        return stock;
    }

    static HistoryModel Of(string name, string summary, IChecker judge, IReadOnlyList<string>? judged) =>
        new(name, summary, _ => [judge]) { Judged = judged };
}
