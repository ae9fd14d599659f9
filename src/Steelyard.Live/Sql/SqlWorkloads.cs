using Steelyard.Analysis.Effects;
using Steelyard.Analysis.Transactions;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Live.Engines;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Sql;

/// <summary>What databases are asked: one member each.</summary>
internal static class SqlWorkloads
{
    /// <summary>All of them.</summary>
    /// <param name="consistency">The model that a level promises, by set-up, as in
    /// <see cref="ConsistencyLattice.ModelNames"/>.</param>
    public static IReadOnlyList<LiveWorkload> Of(Func<EngineSetup, string> consistency) =>
    [
        LiveWorkloads.Appends(consistency),
        new("rw-register", "transactions that write registers and read them",
            _ => new RegisterTransactions(), setup => [new RwRegister(consistency(setup))]),
        LiveWorkloads.Register(), Bank, LiveWorkloads.AcknowledgedSet,
        CounterWorkload.Define(_ => new CounterBounds()),
        IdWorkload.Define("numbers that the server gives to new rows"),
    ];

    /// <summary>Transfers that read two balances and write what they have computed.</summary>
    public static LiveWorkload Bank { get; } = new(
        "bank", "transfers that read two balances and write what they computed, and reads of all balances",
        _ => new TransferWorkload(TransferWorkload.UsualAccounts),
        _ =>
        [
            new TotalConserved(TransferWorkload.UsualAccounts * TransferWorkload.OpeningCents),
            new NoOverdraft(Enumerable.Range(1, TransferWorkload.UsualAccounts).ToDictionary(
                account => (long)account, _ => TransferWorkload.OpeningCents)),
        ]);
}
