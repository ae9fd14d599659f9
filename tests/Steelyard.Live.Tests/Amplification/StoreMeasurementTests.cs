using Steelyard.Live.Amplification;

namespace Steelyard.Live.Tests.Amplification;

public sealed class StoreMeasurementTests
{
    const int PageBytes = 4096;
    const int RecordBytes = 108;

    [StoreFact("log")]
    public void A_log_that_is_only_added_to_writes_what_it_is_given()
    {
        var phases = Measured("log", records: 2000, batch: 200);

        Assert.InRange(Of(phases, "load").WriteAmplification, 1, 1.1);
        Assert.InRange(Of(phases, "update").WriteAmplification, 1, 1.1);
        // It keeps what was overwritten.
        Assert.True(Of(phases, "update").FileBytes > 2 * Of(phases, "load").Bytes);
    }

    [StoreFact("lmdb")]
    public void A_B_tree_that_is_never_overwritten_writes_a_page_at_least_for_each_record_updated_alone()
    {
        var update = Of(Measured("lmdb", records: 100, batch: 1), "update");

        Assert.True(update.WriteAmplification >= (double)PageBytes / RecordBytes);
        Assert.Equal(100, update.Own["transactions"]);
    }

    [StoreFact("rocksdb")]
    public void An_LSM_tree_has_told_the_kernel_what_it_has_counted_itself()
    {
        var phases = Measured("rocksdb", records: 10_000, batch: 1000);

        foreach (var phase in phases.Where(phase => phase.Name is "load" or "update"))
            Assert.InRange(phase.ToldBytes / (double)phase.Own.Values.Sum(), 0.97, 1.1);
        // To its log, and in order to its files.
        Assert.True(Of(phases, "load").WriteAmplification > 2);
        Assert.True(Of(phases, "load").Own["compaction"] > 0);
    }

    [StoreFact("sqlite")]
    public void What_is_read_cold_comes_from_the_device_and_what_was_just_read_does_not()
    {
        var phases = Measured("sqlite", records: 1000, batch: 500);

        Assert.True(Of(phases, "read-cold").FetchedBytes >= 10 * PageBytes);
        Assert.True(Of(phases, "scan-cold").FetchedBytes > 0);
        Assert.Equal(0, Of(phases, "read-warm").FetchedBytes);
        Assert.Equal(100 * RecordBytes, Of(phases, "read-cold").Bytes);
        // Every page that a transaction changed goes to the log, and from there to its place.
        Assert.True(Of(phases, "load").ToldBytes >= PageBytes * Of(phases, "load").Own["pages"]);
    }

    static StorePhase Of(IReadOnlyList<StorePhase> phases, string name) =>
        phases.Single(phase => phase.Name == name);

    static IReadOnlyList<StorePhase> Measured(string store, int records, int batch) => StoreMeasurement.Of(
        MeasuredStore.All.First(one => one.Name == store),
        new(records, RecordBytes - AmplificationPlan.KeyBytes, batch, Reads: 100, MemoryBytes: 128 << 10),
        seed: 1, _ => { }, CancellationToken.None);
}
