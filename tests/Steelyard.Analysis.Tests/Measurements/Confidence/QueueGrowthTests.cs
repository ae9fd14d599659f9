using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Measurements.Confidence;

public sealed class QueueGrowthTests
{
    const int Seconds = 4_000;

    [Fact]
    public void A_queue_that_is_offered_more_than_it_can_do_grows_by_the_difference()
    {
        var growths = Enumerable.Range(1, 50)
            .Select(seed => QueueGrowth.Of(Observed.Lengths(seed, Seconds, 1.2), Seconds)!).ToList();

        Assert.All(growths, growth => Assert.True(growth.IsUnstable));
        // The standard error of a mean of fifty is about 0.004.
        Assert.Equal(0.2, growths.Average(growth => growth.PerSecond.Estimate), 0.016);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.95)]
    public void One_that_is_only_busy_does_not(double busy) => Assert.Equal(
        0, Observed.Count(100, seed =>
            QueueGrowth.Of(Observed.Lengths(seed, Seconds, busy), Seconds)!.IsUnstable));

    [Fact]
    public void A_fault_that_leaves_its_work_behind_is_no_growth() => Assert.False(QueueGrowth.Of(
        [.. Enumerable.Range(0, 400).Select(at => at < 200 ? 0.0 : 500)], 60)!.IsUnstable);

    [Fact]
    public void A_run_in_which_fewer_are_answered_than_are_due_is_unstable()
    {
        var growth = QueueGrowth.Of(Served(dueEachSecond: 100, servedEachSecond: 60))!;

        Assert.True(growth.IsUnstable);
        Assert.Equal(40, growth.PerSecond.Estimate, 0.1);
        Assert.StartsWith(
            "it is offered more than it can do: 40", growth.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_twin_that_answers_all_of_them_is_not() =>
        Assert.False(QueueGrowth.Of(Served(dueEachSecond: 100, servedEachSecond: 120))!.IsUnstable);

    [Fact]
    public void A_recording_without_times_cannot_tell()
    {
        var builder = new HistoryBuilder();
        builder.Complete(builder.Invoke(0, Functions.Read, "x", Value.Nil), Outcome.Ok, 1);

        Assert.Null(QueueGrowth.Of(builder.Build()));
    }

    // One server, first come first served, for twenty seconds.
    static History Served(int dueEachSecond, int servedEachSecond)
    {
        var (builder, freeNs) = (new HistoryBuilder(), 0L);
        for (var request = 0; request < 20 * dueEachSecond; request++)
        {
            var dueNs = request * 1_000_000_000L / dueEachSecond;
            freeNs = Math.Max(freeNs, dueNs) + (1_000_000_000L / servedEachSecond);
            var operation = builder.Invoke(request, Functions.Read, "x", Value.Nil, dueNs, dueNs);
            builder.Complete(operation, Outcome.Ok, 1, freeNs);
        }

        builder.Mark(HistoryPhase.LoadEnd, 20_000_000_000L);
        return builder.Build();
    }
}
