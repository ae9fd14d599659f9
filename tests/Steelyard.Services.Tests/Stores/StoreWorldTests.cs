using Steelyard.Histories;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;

namespace Steelyard.Services.Tests.Stores;

public sealed class StoreWorldTests
{
    [Fact]
    public void A_synchronous_store_is_strictly_serializable_whatever_breaks() =>
        ServicesTest.Run<SynchronousStore>(1..4);

    [Fact]
    public void A_snapshot_store_keeps_its_snapshots_whatever_breaks() =>
        ServicesTest.Run<SnapshotStore>(1..2);

    [Fact]
    public void A_log_whose_beginning_is_replaced_by_its_data_loses_nothing() =>
        ServicesTest.Run<CompactedStore>(1..2);

    [Fact]
    public void What_a_majority_has_outlives_a_crash_of_all() =>
        ServicesTest.Run<SynchronousStoreAllDown>(1..2);

    [Fact]
    public void An_asynchronous_store_loses_nothing_while_nothing_breaks() =>
        ServicesTest.Run<AsynchronousStore>(1..1);

    [Fact]
    public void A_failover_of_a_synchronous_store_loses_nothing() =>
        ServicesTest.Run<SynchronousStoreCutInTwo>(1..2);

    [Fact]
    public void A_failover_of_an_asynchronous_store_loses_what_was_acknowledged() =>
        Broken<AsynchronousStoreCutInTwo>();

    [Fact]
    public void What_was_synced_outlives_a_crash() => ServicesTest.Run<CrashedStore>(1..2);

    [Fact]
    public void What_was_acknowledged_before_its_sync_does_not() => Broken<CrashedStoreThatSyncsLater>();

    [Fact]
    public void A_store_that_is_stopped_in_good_order_saves_first() =>
        ServicesTest.Run<DrainedStoreThatSyncsLater>(1..2);

    [Fact]
    public void Applications_count_right_by_snapshots() => ServicesTest.Run<Accounts>(1..2);

    [Fact]
    public void Applications_lose_counts_where_reads_are_only_committed() =>
        Broken<LooseAccounts>("counter");

    [Fact]
    public void Fresh_processes_give_the_same_run_of_a_store() =>
        Assert.Equal(FreshRun.Of<SynchronousStore>(5), FreshRun.Of<SynchronousStore>(5));

    [Fact]
    public void Locks_are_refused_in_a_circle_in_time_and_after_silence() =>
        ServicesTest.Run<Lockers>(1..1);

    [Fact]
    public void A_store_of_too_many_replicas_is_the_users_mistake()
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => new ServicesWorld().AddStore("accounts", new() { Replicas = 9 }));

        Assert.Equal("store accounts: expected 0 to 8 replicas, found 9", mistake.Message);
    }

    static void Broken<TScenario>(string promise = "list-append")
        where TScenario : IServicesScenario
    {
        var failure = Assert.Throws<ServicesTestException>(() => ServicesTest.Run<TScenario>(1..4));

        Assert.Contains(promise, failure.Message, StringComparison.Ordinal);
    }
}
