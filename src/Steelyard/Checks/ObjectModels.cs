using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sequential;
using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Staleness;
using Steelyard.Analysis.Workloads.Watches;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Objects with a sequential specification.</summary>
internal static class ObjectModels
{
    const string Strongest = "linearizable";
    const string Dense = "dense";

    public static IReadOnlyList<HistoryModel> All { get; } =
    [
        Plain("register", "read and write", KnownModels.Register),
        Plain("cas-register", "read, write and cas", KnownModels.CasRegister),
        new("versioned-register", "read, write and cas whose answers tell versions: these are the order",
            request => [new Linearizable(KnownModels.VersionedRegister(
                request.Initial, dense: request.Consistency == Dense))])
        {
            TakesInitial = true,
            Consistencies = [Strongest, Dense],
            Order = OrderUse.Constrains,
        },
        new("multi-register", "txn: several registers read and written at once",
            request => [new Linearizable(
                request.Initial.IsNil ? KnownModels.MultiRegister() : KnownModels.MultiRegister(
                    request.Initial))])
        {
            TakesInitial = true, TakesOneInitial = true, Order = OrderUse.Constrains,
        },
        Plain("kv", "get, put and append of texts by key", KnownModels.Kv),
        new("etcd", "get, range, put, delete, txn, leases, each answer with its revision; watch",
            request => EtcdJudges(request.History))
        {
            Judged = [.. KnownModels.EtcdFunctions, WatchEvents.Watch],
        },
    ];

    // What is asked of keys and what watches tell are two promises; a recording may hold either or both.
    static IReadOnlyList<IChecker> EtcdJudges(History history)
    {
        var watches = history.Operations.Any(operation => operation.Function == WatchEvents.Watch);
        var asks = history.Operations.Any(
            operation => KnownModels.EtcdFunctions.Contains(operation.Function));
        return (watches, asks) switch
        {
            (true, true) => [new Linearizable(KnownModels.Etcd()), new WatchEvents()],
            (true, false) => [new WatchEvents()],
            _ => [new Linearizable(KnownModels.Etcd())],
        };
    }

    // Registers and maps can be held to less than linearizability.
    static HistoryModel Plain(string name, string summary, Func<Value, Model> model) =>
        new(name, summary, request => [JudgeOf(request, model(request.Initial))])
        {
            TakesInitial = true,
            TakesOneInitial = true,
            TakesStaleness = true,
            Order = OrderUse.Constrains,
            Consistencies = ObjectConsistency.Names,
        };

    static IChecker JudgeOf(ModelRequest request, Model model) => (request.Consistency ?? Strongest) switch
    {
        _ when request.Staleness is { } limit => new BoundedStaleness(limit),
        Strongest => new Linearizable(model),
        "sequential" => new SequentiallyConsistent(model),
        "2-atomic" => new KAtomic(model, 2),
        var weaker => new SessionConsistency(weaker, request.Initial),
    };
}
