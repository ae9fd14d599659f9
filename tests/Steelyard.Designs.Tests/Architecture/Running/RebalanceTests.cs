using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Architecture.Running;

/// <summary>Slots of a hot shard move to others while it serves.</summary>
public sealed class RebalanceTests
{
    static readonly DatabasePart s_db = new("db")
    {
        Shards = 4, ShardBy = DatabasePart.Range, Workers = 8, Time = TakesTime.Parse("exp 4ms"),
        WriteTime = TakesTime.Parse("exp 4ms"), RebalanceAt = TimeSpan.FromSeconds(10), DataMegabytes = 400,
        MoveRate = 50,
    };

    [Fact]
    public void A_hot_shard_does_as_much_as_the_others_when_its_slots_have_moved()
    {
        var run = Run(s_db);

        Assert.InRange(run.Of("db-uneven-before").Value, 2, 4);
        Assert.InRange(run.Of("db-uneven-after").Value, 1, 1.25);
        Assert.Equal(0, run.Counted.Due - run.Counted.Answered);
        NothingIsLostOrDoubled(run);
        // Before it and after it are two loads.
        Assert.False(run.Settles);
    }

    [Fact]
    public void It_takes_as_long_as_the_data_at_its_rate_and_the_disk_at_both_ends_is_at_work()
    {
        var run = Run(s_db);
        var (slots, moved) = (run.Of("db-moved-slots").Value, run.Of("db-moved").Value);

        // 400 MB in 256 slots; what was written meanwhile is little.
        Assert.True(slots > 10);
        Assert.InRange(moved, slots * 400 / 256, slots * 400 / 256 * 1.01);
        Assert.InRange(run.Of("db-rebalance-time").Value, moved / 50 * 1e3, moved / 50 * 1e3 * 1.2);
        var disks = run.MetersOf("db").Select(meter => meter.Disk.Busy.Ns / 1e6).ToList();
        // 200 MB/s, read at one end and written at the other.
        Assert.InRange(disks.Sum(), 2 * moved / 200 * 1e3 * 0.99, 2 * moved / 200 * 1e3 * 1.01);
        Assert.All(disks, disk => Assert.True(disk > 0));
    }

    [Theory]
    [InlineData(DatabasePart.CatchUp, false)]
    [InlineData(DatabasePart.NoHandOver, true)]
    public void Writes_while_a_slot_is_copied_are_lost_only_where_nobody_hands_them_over(
        string handOver, bool loses)
    {
        var run = Run(s_db with { HandOver = handOver });

        Assert.Equal(loses, run.Ledger.Lost > 0);
        Assert.Equal(loses, run.Verdicts.Any(verdict => verdict.Validity == Validity.Invalid));
        // What was left behind is read as it was before.
        Assert.Equal(loses, run.Ledger.StaleReads > 0);
        Assert.Equal(0, run.Ledger.Doubled);
    }

    [Fact]
    public void A_slow_copy_holds_writes_up_only_for_the_last_of_them()
    {
        var run = Run(s_db with { MoveRate = 5, DataMegabytes = 100 });

        Assert.True(run.Of("db-rebalance-time").Value > 1_000);
        Assert.InRange(run.Of("db-hand-over-most").Value, 0.01, 20);
        NothingIsLostOrDoubled(run);
    }

    [Fact]
    public void A_shard_that_is_asked_for_too_much_moves_slots_at_no_stated_time()
    {
        var hot = Run(s_db with { RebalanceAt = null, RebalanceOver = 1.5 });
        var even = Run(
            s_db with { RebalanceAt = null, RebalanceOver = 1.5, ShardBy = DatabasePart.Hash }, skew: 0);

        Assert.InRange(hot.RebalanceOf("db").FromNs!.Value / 1e9, 5, 6);
        Assert.InRange(hot.Of("db-uneven-after").Value, 1, 1.25);
        NothingIsLostOrDoubled(hot);
        Assert.Equal(0, even.Of("db-moved-slots").Value);
    }

    [Fact]
    public void A_shard_that_has_nothing_takes_its_share()
    {
        var run = Run(s_db with { SpareShards = 1 });
        var last = run.MetersOf("db")[4];

        Assert.True(run.FiguresOf(run.Graph.PartOf("db")).Part.MostInstances == 5 && last.Came > 1_000);
        Assert.InRange(run.Of("db-uneven-after").Value, 1, 1.25);
        NothingIsLostOrDoubled(run);
    }

    [Theory]
    [InlineData("db-1")]
    [InlineData("db-4")]
    [InlineData("db-rebalancer")]
    public void A_crash_of_either_side_or_of_who_orders_it_in_the_midst_of_a_move_loses_nothing(string node)
    {
        var run = Run(s_db, faults: new([new CrashFault
        {
            At = TimeSpan.FromSeconds(10.3), For = TimeSpan.FromSeconds(1), Nodes = [node],
        }]));

        Assert.InRange(run.Of("db-uneven-after").Value, 1, 1.3);
        Assert.True(run.RebalanceOf("db").ToNs > 11.3e9);
        NothingIsLostOrDoubled(run);
    }

    [Fact]
    public void A_write_that_comes_again_after_its_slot_has_moved_is_known_there()
    {
        var run = Run(s_db with { Dedup = true, Replicas = 1, SyncReplicas = 1 }, timeout: 8);

        Assert.True(run.CallsOf("clients", 0).Again > 1_000);
        Assert.Equal(0, run.Ledger.Doubled);
        Assert.Equal(0, run.Ledger.Lost);
    }

    [Fact]
    public void A_plan_moves_what_evens_it_out_and_not_what_only_moves_the_heat()
    {
        var plan = RebalancePlan.Of([60, 20, 20, 0, 10, 10], [0, 0, 0, 1, 1, 1], shards: 2, _ => false);
        var hot = RebalancePlan.Of([100, 0, 0, 5], [0, 0, 1, 1], shards: 2, _ => false);

        var move = Assert.Single(plan);
        Assert.Equal((0, 1), (move.From, move.To));
        Assert.Equal([1, 2], move.Slots);
        Assert.Empty(hot);
    }

    static void NothingIsLostOrDoubled(ArchitectureAccount run) =>
        Assert.Equal(
            (0, 0, 0, 0),
            (run.Ledger.Lost, run.Ledger.Doubled, run.Ledger.StaleReads, run.Ledger.OwnWritesMissed));

    static ArchitectureAccount Run(
        DatabasePart db, double skew = 0.8, FaultPlan? faults = null, double? timeout = null) =>
        Simulated.Run(new("shards",
        [
            new ClientsPart("clients")
            {
                Rate = 1_000, Keys = 4_000, Skew = skew, Reads = 0.5,
                Calls = [timeout is { } ms
                    ? new("db") { Timeout = TimeSpan.FromMilliseconds(ms), Retries = 5 } : new("db")],
            },
            db,
        ])
        {
            Link = TakesTime.Parse("exp 200us"), Duration = TimeSpan.FromSeconds(25),
            Faults = faults ?? FaultPlan.None,
        });
}
