using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Measurements;

public class TimelineTests
{
    [Fact]
    public void Every_request_counts_once_in_the_window_in_which_it_was_due()
    {
        var history = new PartitionedHistory();
        for (var i = 0; i < 2000; i++)
            history.Ask("n1", (Outcome)(i % 4), latencyNs: i * 1000L);

        var timeline = Of(history.Heal().Build())!;

        // 20 s of requests, from 0.01 s to 20 s.
        Assert.Equal(1_000_000_000, timeline.WindowNs);
        Assert.Equal(21, timeline.Windows);
        Assert.Equal(99, timeline.All.Counts[0].Due);
        Assert.Equal(100, timeline.All.Counts[7].Due);
        Assert.Equal(1, timeline.All.Counts[20].Due);
        Assert.Equal(2000, timeline.All.Counts.Sum(counts => counts.Due));
        Assert.Equal(500, timeline.All.Counts.Sum(counts => counts.AnsweredEver));
    }

    [Fact]
    public void A_window_without_answers_has_no_latency()
    {
        var history = new PartitionedHistory();
        for (var i = 0; i < 1500; i++)
            history.Ask("n1", i is >= 99 and < 199 ? Outcome.Fail : Outcome.Ok, latencyNs: 2_000_000);
        var all = Of(history.Build())!.All;
        Assert.Equal(2, all.P50Ms[0]);
        Assert.Equal(2, all.MaxMs[2]);
        Assert.True(double.IsNaN(all.P99Ms[1]));
        Assert.Equal(0, all.Counts[1].Share);
        Assert.Equal(1, all.Counts[2].Share);
    }

    [Fact]
    public void Sides_are_followed_over_the_whole_run()
    {
        var timeline = Of(new PartitionedHistory()
            .Ask("n3", Outcome.Ok).Cut().Ask("n3", Outcome.Fail).Ask("n1", Outcome.Ok).Mend()
                .Ask("n3", Outcome.Ok)
            .Build())!;
        Assert.Equal(["majority", "minority"], timeline.Sides.Select(side => side.Name));
        Assert.Equal(3, timeline.Sides[1].Counts.Sum(counts => counts.Due));
        Assert.Equal(1, timeline.Sides[1].Counts.Sum(counts => counts.Refused));
    }

    [Fact]
    public void Sides_that_change_are_followed_while_there_are_any()
    {
        var timeline = Of(new PartitionedHistory()
            .Ask("n1", Outcome.Ok).Cut().Ask("n3", Outcome.Fail).Mend()
            .Cut(["n1"], ["n2", "n3"]).Ask("n1", Outcome.Fail).Ask("n3", Outcome.Ok).Mend()
            .Build())!;
        Assert.Equal(["minority", "majority"], timeline.Sides.Select(side => side.Name));
        Assert.Equal([2L, 1L], timeline.Sides.Select(side => side.Counts.Sum(counts => counts.Due)));
        Assert.All(timeline.Sides, side => Assert.Empty(side.Nodes));
    }

    [Fact]
    public void A_day_has_no_more_windows_than_an_hour()
    {
        var builder = new HistoryBuilder();
        for (var i = 0; i < 24; i++)
            builder.Complete(
                builder.Invoke(0, "read", Value.Nil, Value.Nil, i * 3_600_000_000_000L), Outcome.Ok, 1,
                    i * 3_600_000_000_000L);
        var timeline = Of(builder.Build())!;
        Assert.InRange(timeline.Windows, 1, Timeline.MostWindows);
        Assert.Equal(24, timeline.All.Counts.Sum(counts => counts.Due));
    }

    [Fact]
    public void Times_at_the_ends_of_what_a_file_may_hold_do_no_harm()
    {
        long[] times = [long.MinValue, -1, 0, 1, 1_800_000_000_000_000_000, long.MaxValue];
        foreach (var invokedNs in times)
            foreach (var completedNs in times)
            {
                var builder = new HistoryBuilder();
                builder.Complete(
                    builder.Invoke(0, "read", Value.Nil, Value.Nil, invokedNs), Outcome.Ok, 1, completedNs);
                var history = builder.Build();
                Assert.InRange(Of(history)?.Windows ?? 1, 1, Timeline.MostWindows);
                Assert.NotEmpty(RunMeasures.Of(history, new()).Measurements);
            }
    }

    static Timeline? Of(History history) => RunMeasures.Of(history, new()).Timeline;
}
