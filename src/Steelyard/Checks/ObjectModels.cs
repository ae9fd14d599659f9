using Steelyard.Analysis;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Objects with a sequential specification.</summary>
internal static class ObjectModels
{
    const string Strongest = "linearizable";

    public static IReadOnlyList<HistoryModel> All { get; } =
    [
        Plain("register", "read and write", Models.Register()),
        Plain("cas-register", "read, write and cas", Models.CasRegister()),
        new("multi-register", "txn: several registers read and written at once",
            request => [new Linearizable(
                request.Initial.IsNil ? Models.MultiRegister() : Models.MultiRegister(request.Initial))])
        {
            TakesInitial = true,
        },
        Plain("kv", "get, put and append of texts by key", Models.Kv()),
    ];

    // Registers and maps can be held to less than linearizability.
    static HistoryModel Plain(string name, string summary, Model model) =>
        new(name, summary, request => [JudgeOf(request, model)])
        {
            TakesStaleness = true,
            Consistencies = ObjectConsistency.Names,
        };

    static IChecker JudgeOf(ModelRequest request, Model model) => (request.Consistency ?? Strongest) switch
    {
        _ when request.Staleness is { } limit => new BoundedStaleness(limit),
        Strongest => new Linearizable(model),
        "sequential" => new SequentiallyConsistent(model),
        "2-atomic" => new KAtomic(model, 2),
        var weaker => new SessionConsistency(weaker),
    };
}
