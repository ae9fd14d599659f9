using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;

namespace Steelyard.Designs.Tests.Architecture.Measuring;

/// <summary>What workers of a database wait for is told apart, each planted alone.</summary>
public sealed class DatabaseWaitsTests
{
    [Fact]
    public void Workers_that_wait_for_a_hot_row_are_said_to_and_with_many_rows_they_do_not()
    {
        // One row is one server at 80 %: the mean wait is four times the work, of which 4/5 is waiting.
        var db = new DatabasePart("db") { Workers = 50, WriteTime = TakesTime.Parse("exp 10ms") };
        var hot = Run(db, perSecond: 80, keys: 1, seconds: 200);
        var spread = Run(db, perSecond: 80, keys: 100_000);

        Assert.InRange(hot.RowLocks, 0.75, 0.85);
        Assert.Equal(0, hot.Disk + hot.Log + hot.Replicas);
        Assert.Matches(@"^ \(\d+ % of that they wait for row locks\)$", hot.InWords);
        Assert.InRange(spread.RowLocks, 0, 0.001);
        Assert.Equal("", spread.InWords);
    }

    [Fact]
    public void Workers_that_wait_for_the_disk_are_said_to_and_with_a_fast_one_they_do_not()
    {
        // A page takes 8.2 ms at 2 MB/s beside 10 ms of work.
        var db = new DatabasePart("db")
        {
            Workers = 50, WriteTime = TakesTime.Parse("10ms"), Engine = DatabasePart.BTree, DiskMegabytes = 2,
        };
        var slow = Run(db, perSecond: 10, keys: 100_000);
        var fast = Run(db with { DiskMegabytes = 2_000 }, perSecond: 10, keys: 100_000);

        Assert.InRange(slow.Disk, 0.44, 0.48);
        Assert.InRange(fast.Disk, 0.0005, 0.002);
        Assert.Contains("they wait for the disk", slow.InWords, StringComparison.Ordinal);
        Assert.Equal("", fast.InWords);
    }

    [Fact]
    public void Workers_that_wait_for_their_commit_are_told_from_those_that_wait_for_replicas()
    {
        var db = new DatabasePart("db") { Workers = 50, WriteTime = TakesTime.Parse("10ms") };
        var synced = Run(db with { Sync = TakesTime.Parse("10ms") }, perSecond: 2, keys: 100_000);
        var copied = Run(
            db with { Replicas = 1, SyncReplicas = 1, Lag = TakesTime.Parse("10ms") }, perSecond: 2,
            keys: 100_000);

        Assert.InRange(synced.Log, 0.5, 0.52);
        Assert.Equal(0, synced.Replicas);
        Assert.InRange(copied.Replicas, 0.5, 0.52);
        Assert.Equal(0, copied.Log);
    }

    [Fact]
    public void The_sentence_of_a_bottleneck_and_the_figures_say_it()
    {
        var account = Simulated.Run(Graph(
            new("db") { Workers = 8, WriteTime = TakesTime.Parse("exp 10ms") }, 80, keys: 1, seconds: 60));

        Assert.Contains(
            account.Bottleneck.Sentences,
            sentence => sentence.Contains("of that they wait for row locks)", StringComparison.Ordinal));
        Assert.InRange(account.Of("db-waits-row-locks").Value, 0.5, 0.9);
    }

    static DatabaseWaits Run(DatabasePart db, double perSecond, int keys, int seconds = 20)
    {
        var account = Simulated.Run(Graph(db, perSecond, keys, seconds));
        return DatabaseWaits.Of(account, account.Graph.PartOf("db"))!.Value;
    }

    static ArchitectureGraph Graph(DatabasePart db, double perSecond, int keys, int seconds) => new("writes",
    [
        new ClientsPart("clients") { Rate = perSecond, Keys = keys, Reads = 0, Calls = [new("db")] },
        db,
    ])
    {
        Link = TakesTime.Parse("10us"), Duration = TimeSpan.FromSeconds(seconds),
    };
}
