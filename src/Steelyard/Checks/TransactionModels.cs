using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Transactions;

namespace Steelyard.Checks;

/// <summary>Transactions in Elle's formats.</summary>
internal static class TransactionModels
{
    const string Strongest = "strict-serializable";

    public static IReadOnlyList<HistoryModel> All { get; } =
    [
        ListAppend("list-append", "txn of [append k v] and [r k [v …]]"),
        RwRegister("rw-register", "txn of [w k v] and [r k v], each value written once"),
        new("long-fork", "txn of one [w k v], or of [r k v] of a group of keys, each written once",
            _ => [new LongFork()]),
    ];

    /// <summary>Lists that are appended to and read.</summary>
    public static HistoryModel ListAppend(string name, string summary) =>
        new(name, summary, request => [new ListAppend(request.Consistency ?? Strongest)])
        {
            Consistencies = ConsistencyLattice.ModelNames,
        };

    /// <summary>Registers that are written and read.</summary>
    public static HistoryModel RwRegister(string name, string summary) =>
        new(name, summary, request => [new RwRegister(request.Consistency ?? Strongest)])
        {
            Consistencies = ConsistencyLattice.ModelNames,
        };
}
