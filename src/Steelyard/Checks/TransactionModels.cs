using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Transactions;

namespace Steelyard.Checks;

/// <summary>Transactions in Elle's formats.</summary>
internal static class TransactionModels
{
    const string Strongest = "strict-serializable";

    public static IReadOnlyList<HistoryModel> All { get; } =
    [
        new("list-append", "txn of [append k v] and [r k [v …]]",
            request => [new ListAppend(request.Consistency ?? Strongest)])
        {
            Consistencies = ConsistencyLattice.ModelNames,
        },
        new("rw-register", "txn of [w k v] and [r k v], each value written once",
            request => [new RwRegister(request.Consistency ?? Strongest)])
        {
            Consistencies = ConsistencyLattice.ModelNames,
        },
        new("long-fork", "txn of one [w k v], or of [r k v] of a group of keys, each written once",
            _ => [new LongFork()]),
    ];
}
