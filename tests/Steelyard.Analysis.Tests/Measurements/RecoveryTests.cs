using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Measurements;

public class RecoveryTests
{
    const long Millisecond = 1_000_000;

    static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Recovery_ends_with_the_first_answer_from_which_on_service_is_as_before()
    {
        var history = Served(30).Cut();
        Ask(history, 10, Outcome.Fail);
        history.Mend();
        // An election: 40 ms of refusals, one lucky answer among them, then service.
        Ask(history, 2, Outcome.Fail);
        history.Ask("n1", Outcome.Ok).Ask("n1", Outcome.Fail);
        Ask(history, 30, Outcome.Ok);

        var recovery = Recovery.Of(history.Build(), Limit);

        // The fifth request after the mend, 5 ms and then 10 ms apart, and its millisecond of latency.
        Assert.Equal(46 * Millisecond, recovery?.TimeNs);
        Assert.Equal(34, recovery?.Requests);
    }

    [Fact]
    public void Answers_that_are_slower_than_before_are_no_recovery()
    {
        var history = Served(30).Cut().Mend();
        // Within the limit, and yet five times as slow; then as before.
        Ask(history, 25, Outcome.Ok, 5 * Millisecond);
        Ask(history, 20, Outcome.Ok);
        Assert.Equal(256 * Millisecond, Recovery.Of(history.Build(), Limit)?.TimeNs);
    }

    [Fact]
    public void Answers_after_the_limit_are_no_recovery()
    {
        // Before the fault one in fifty came late, so that the slowest hundredth was slow already.
        var history = Served(49);
        history.Ask("n1", Outcome.Ok, 150 * Millisecond);
        for (var i = 0; i < 20; i++)
            history.Ask("n2", Outcome.Ok);
        history.Cut().Mend();
        Ask(history, 20, Outcome.Ok, 150 * Millisecond);
        Ask(history, 20, Outcome.Ok);
        Assert.Equal(206 * Millisecond, Recovery.Of(history.Build(), Limit)?.TimeNs);
    }

    [Fact]
    public void Service_that_never_returns_has_no_recovery_time()
    {
        var history = Served(30).Cut().Mend();
        Ask(history, 30, Outcome.Fail);
        Assert.Equal(new Recovery(TimeNs: null, 30), Recovery.Of(history.Build(), Limit));
    }

    [Fact]
    public void Service_no_worse_than_before_the_faults_is_recovered()
    {
        var history = new PartitionedHistory();
        for (var i = 0; i < 30; i++)
            history.Ask("n1", i % 2 == 0 ? Outcome.Ok : Outcome.Fail);
        history.Cut().Mend();
        for (var i = 0; i < 20; i++)
            history.Ask("n1", i % 2 == 0 ? Outcome.Ok : Outcome.Fail);
        Assert.Equal(6 * Millisecond, Recovery.Of(history.Build(), Limit)?.TimeNs);
    }

    [Fact]
    public void Final_reads_after_a_fault_that_lasted_to_the_heal_tell_of_no_recovery() =>
        Assert.Null(Recovery.Of(
            Served(30).Cut().Ask("n1", Outcome.Fail).Heal().Ask("n1", Outcome.Ok).Build(), Limit));

    [Fact]
    public void Without_requests_long_before_the_first_fault_there_is_nothing_to_compare_with() =>
        Assert.Null(Recovery.Of(
            Served(9).Cut().Mend().Ask("n1", Outcome.Ok).Build(), Limit));

    [Fact]
    public void Without_a_fault_there_is_nothing_to_recover_from() =>
        Assert.Null(Recovery.Of(
            new PartitionedHistory().Ask("n1", Outcome.Ok).Heal().Ask("n1", Outcome.Ok).Build(), Limit));

    static PartitionedHistory Served(int times)
    {
        var history = new PartitionedHistory();
        Ask(history, times, Outcome.Ok);
        return history;
    }

    static void Ask(PartitionedHistory history, int times, Outcome outcome, long latencyNs = Millisecond)
    {
        for (var i = 0; i < times; i++)
            history.Ask("n1", outcome, latencyNs);
    }
}
