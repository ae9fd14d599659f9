using Steelyard.Analysis.Staleness;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Staleness;

public class StalenessTests
{
    // Times are the line numbers in milliseconds: 2 was complete at 4 ms, 3 at 6 ms, the read began at 7 ms.
    const string StaleRead = """
        0 invoke write key=x 1
        0 ok     write key=x
        0 invoke write key=x 2
        0 ok     write key=x
        0 invoke write key=x 3
        0 ok     write key=x
        1 invoke read key=x
        1 ok     read key=x 1
        """;

    [Fact]
    public void Staleness_counts_from_the_first_newer_write_that_was_complete()
    {
        var read = Assert.Single(ReadStaleness.Of(History.Parse(StaleRead)));

        Assert.Equal(new StaleRead(3, 3_000_000, 2, 1), read);
    }

    [Fact]
    public void A_read_staler_than_the_bound_is_invalid_with_its_witness()
    {
        var verdict = new BoundedStaleness(TimeSpan.FromMilliseconds(2)).Check(History.Parse(StaleRead));

        Assert.Equal(
            "process 1 read 1 from x 3 ms after the newer 2 had been written; the bound is 2 ms",
            verdict.Summary);
        Assert.Equal([0, 1, 3], verdict.Anomalies[0].Witness);
    }

    [Fact]
    public void A_read_within_the_bound_is_valid()
    {
        var verdict = new BoundedStaleness(TimeSpan.FromMilliseconds(3)).Check(History.Parse(StaleRead));

        Assert.Equal(Validity.Valid, verdict.Validity);
        Assert.Equal("1 reads: none staler than 3 ms; the worst 3 ms", verdict.Summary);
    }

    [Fact]
    public void Staleness_may_be_bounded_in_versions()
    {
        var history = History.Parse(StaleRead);

        var stale = new BoundedStaleness(StalenessLimit.Of(1)).Check(history);
        var fresh = new BoundedStaleness(StalenessLimit.Of(2)).Check(history);

        Assert.Equal(
            "process 1 read 1 from x 2 versions after the newer 2 had been written; the bound is 1 version",
            stale.Summary);
        Assert.Equal("1 reads: none staler than 2 versions; the worst 2 versions", fresh.Summary);
    }

    [Fact]
    public void Concurrent_and_unfinished_writes_make_no_read_stale()
    {
        var reads = ReadStaleness.Of(History.Parse("""
            0 invoke write 1
            1 invoke write 2
            1 ok     write
            0 ok     write
            2 invoke write 3
            3 invoke read
            3 ok     read 1
            2 info   write
            """));

        Assert.Equal([new StaleRead(3, 0, 0, -1)], reads);
    }

    [Fact]
    public void The_freshest_sibling_counts()
    {
        var text = StaleRead.Replace("ok     read key=x 1", "ok read key=x [1, 2]", StringComparison.Ordinal);
        var stale = Assert.Single(ReadStaleness.Of(History.Parse(text)));

        Assert.Equal(1_000_000, stale.StalenessNs);
    }

    [Fact]
    public void Staleness_agrees_with_its_definition_on_random_histories()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var history = Random(seed);
            foreach (var stale in ReadStaleness.Of(history))
            {
                var defined = Defined(history, history[stale.Read]);
                Assert.True(defined == (stale.StalenessNs, stale.Versions), $"seed {seed}");
            }
        }
    }

    static (long, int) Defined(History history, Operation read)
    {
        var of = history.Operations.Where(o => o.Function == "write" && o.Outcome == Outcome.Ok).ToList();
        var returned = history.Operations.FirstOrDefault(
            o => o.Function == "write" && o.Input == read.Output);
        var newer = of.Where(w => w.CompletedAt < read.InvokedAt && (read.Output.IsNil || (
            returned.Outcome == Outcome.Ok && w.InvokedAt > returned.CompletedAt))).ToList();
        return newer.Count == 0 ? (0, 0) : (read.InvokedNs - newer.Min(w => w.CompletedNs), newer.Count);
    }

    static History Random(int seed)
    {
        var random = new Random(seed);
        var builder = new HistoryBuilder();
        var open = new Dictionary<int, int>();
        var written = 0;
        for (var time = 0; time < 80; time++)
        {
            var process = random.Next(4);
            if (open.Remove(process, out var operation))
                builder.Complete(operation, Outcome.Ok, Output(builder, operation, random, written), time);
            else if (random.Next(2) == 0)
                open[process] = builder.Invoke(process, "write", Value.Nil, ++written, time);
            else
                open[process] = builder.Invoke(process, "read", Value.Nil, Value.Nil, time);
        }

        return builder.Build();
    }

    static Value Output(HistoryBuilder builder, int operation, Random random, int written) =>
        builder.FunctionOf(operation) == "write" || written == 0 || random.Next(6) == 0
            ? Value.Nil
            : random.Next(1, written + 1);
}
