using Steelyard.Analysis.Transactions;
using Steelyard.Histories;
using Steelyard.Services.Stores;

namespace Steelyard.Services.Tests.Stores;

/// <summary>What random clients of an engine see, judged by the checkers: what its isolation promises always
/// holds, and what it does not promise fails for some seed.</summary>
public sealed class JudgedHistoriesTests
{
    const int Seeds = 60;

    [Fact]
    public void Serializable_is_serializable()
    {
        Always(StoreIsolation.Serializable, RandomStoreHistories.OfLists, new ListAppend("serializable"));
        Always(
            StoreIsolation.Serializable, RandomStoreHistories.OfRegisters,
            new RwRegister("serializable", VersionOrders.EitherWay));
    }

    [Fact]
    public void Snapshot_is_snapshot_isolation_and_no_more()
    {
        Always(StoreIsolation.Snapshot, RandomStoreHistories.OfLists, new ListAppend("snapshot-isolation"));
        Always(
            StoreIsolation.Snapshot, RandomStoreHistories.OfRegisters,
            new RwRegister("snapshot-isolation", VersionOrders.EitherWay));
        NotAlways(StoreIsolation.Snapshot, RandomStoreHistories.OfLists, new ListAppend("serializable"));
    }

    [Fact]
    public void Read_committed_is_read_committed_and_no_more()
    {
        Always(
            StoreIsolation.ReadCommitted, RandomStoreHistories.OfRegisters, new RwRegister("read-committed"));
        NotAlways(
            StoreIsolation.ReadCommitted, RandomStoreHistories.OfRegisters,
            new RwRegister("snapshot-isolation", VersionOrders.EitherWay));
        NotAlways(
            StoreIsolation.ReadCommitted, RandomStoreHistories.OfLists, new ListAppend("read-committed"));
    }

    static void Always(
        StoreIsolation isolation, Func<StoreIsolation, ulong, History> histories, IChecker promise)
    {
        var committed = 0;
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var history = histories(isolation, seed);
            var verdict = promise.Check(history);
            Assert.True(verdict.Validity == Validity.Valid, $"seed {seed}: {verdict.Summary}");
            committed += history.Operations.Count(operation => operation.Outcome == Outcome.Ok);
        }

        // A store that refuses everything would keep any promise.
        Assert.InRange(committed, Seeds * 40, Seeds * 150);
    }

    static void NotAlways(
        StoreIsolation isolation, Func<StoreIsolation, ulong, History> histories, IChecker more) =>
        Assert.Contains(
            Enumerable.Range(1, Seeds),
            seed => more.Check(histories(isolation, (ulong)seed)).Validity == Validity.Invalid);
}
