using Steelyard.Analysis;

namespace Steelyard.Checks;

/// <summary>Objects with a sequential specification.</summary>
internal static class ObjectModels
{
    public static IReadOnlyList<HistoryModel> All { get; } =
    [
        new("register", "read and write", _ => [new Linearizable(Models.Register())]),
        new("cas-register", "read, write and cas", _ => [new Linearizable(Models.CasRegister())]),
        new("multi-register", "txn: several registers read and written at once",
            request => [new Linearizable(
                request.Initial.IsNil ? Models.MultiRegister() : Models.MultiRegister(request.Initial))])
        {
            TakesInitial = true,
        },
        new("kv", "get, put and append of texts by key", _ => [new Linearizable(Models.Kv())]),
    ];
}
