using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sequential;
using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Staleness;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Objects with a sequential specification.</summary>
internal static class ObjectModels
{
    const string Strongest = "linearizable";

    public static IReadOnlyList<HistoryModel> All { get; } =
    [
        Plain("register", "read and write", KnownModels.Register),
        Plain("cas-register", "read, write and cas", KnownModels.CasRegister),
        new("multi-register", "txn: several registers read and written at once",
            request => [new Linearizable(
                request.Initial.IsNil ? KnownModels.MultiRegister() : KnownModels.MultiRegister(
                    request.Initial))])
        {
            TakesInitial = true, TakesOneInitial = true, Order = OrderUse.Constrains,
        },
        Plain("kv", "get, put and append of texts by key", KnownModels.Kv),
    ];

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
