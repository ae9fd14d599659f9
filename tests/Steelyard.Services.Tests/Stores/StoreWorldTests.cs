using Steelyard.Services.Testing;

namespace Steelyard.Services.Tests.Stores;

public sealed class StoreWorldTests
{
    [Fact]
    public void A_synchronous_store_is_strictly_serializable_whatever_breaks() =>
        ServicesTest.Run<SynchronousStore>(1..10);

    [Fact]
    public void A_snapshot_store_keeps_its_snapshots_whatever_breaks() =>
        ServicesTest.Run<SnapshotStore>(1..4);

    [Fact]
    public void A_failover_of_a_synchronous_store_loses_nothing() =>
        ServicesTest.Run<SynchronousStoreCutInTwo>(1..4);

    [Fact]
    public void A_failover_of_an_asynchronous_store_loses_what_was_acknowledged() =>
        Broken<AsynchronousStoreCutInTwo>();

    [Fact]
    public void What_was_synced_outlives_a_crash() => ServicesTest.Run<CrashedStore>(1..4);

    [Fact]
    public void What_was_acknowledged_before_its_sync_does_not() => Broken<CrashedStoreThatSyncsLater>();

    static void Broken<TScenario>()
        where TScenario : IServicesScenario
    {
        var failure = Assert.Throws<ServicesTestException>(() => ServicesTest.Run<TScenario>(1..4));

        Assert.Contains("list-append", failure.Message, StringComparison.Ordinal);
    }
}
