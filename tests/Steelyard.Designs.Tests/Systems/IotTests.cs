using Steelyard.Analysis.Laws.Storage;

namespace Steelyard.Designs.Tests.Systems;

public sealed class IotTests
{
    const string Crash = "kick crash kick-part queue kick-size 1 kick-at 14s kick-for 2s";

    static readonly TimeSpan s_short = TimeSpan.FromSeconds(10);
    static readonly TimeSpan s_burst = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("", "")]
    [InlineData("engine b-tree", "queue-delivery-p99")]
    [InlineData("ingest queue", "queue-delivery-p99")]
    [InlineData("ingest direct", "latency-p99; availability")]
    public void A_burst_needs_a_queue_batches_and_a_log_structured_tree(string options, string broken) =>
        Assert.Equal(broken, MeasuredRun.Of("iot", options).Broken);

    [Fact]
    public void Its_trees_write_what_their_laws_say()
    {
        var lsm = MeasuredRun.Of("iot", "burst no engine lsm", s_short);
        var bTree = MeasuredRun.Of("iot", "burst no engine b-tree", s_short);

        Assert.Equal(
            Amplification.LeveledWritesAtMost(levels: 4, fanOut: 10), lsm["store-write-amplification"], 0.01);
        Assert.Equal(
            Amplification.BTreeWrites(pageBytes: 16_384, changedBytes: 200),
            bTree["store-write-amplification"], 0.01);
    }

    [Fact]
    public void Too_much_that_waits_for_compaction_stalls_writes()
    {
        Assert.True(double.IsNaN(MeasuredRun.Of("iot", "debt 1000", s_burst)["store-stalls"]));
        var stalled = MeasuredRun.Of("iot", "debt 10", s_burst);

        Assert.True(stalled["store-stalls"] > 0);
        Assert.InRange(stalled["store-debt-most"], 10, 11);
    }

    [Fact]
    public void A_queue_in_memory_loses_in_a_crash_what_it_has_acknowledged()
    {
        Assert.Contains(
            "no-lost-effects", MeasuredRun.Of("iot", $"queue-keeps memory {Crash}", s_burst).Broken,
            StringComparison.Ordinal);
        Assert.Equal("availability", MeasuredRun.Of("iot", $"queue-keeps disk {Crash}", s_burst).Broken);
    }
}
