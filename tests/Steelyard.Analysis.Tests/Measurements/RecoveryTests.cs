using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Measurements;

public class RecoveryTests
{
    [Fact]
    public void Recovery_ends_with_the_first_answer_after_which_service_is_as_before()
    {
        var history = new PartitionedHistory();
        Ask(history, 30, Outcome.Ok);
        history.Cut();
        Ask(history, 10, Outcome.Fail);
        history.Mend();
        // An election: 40 ms of refusals, one lucky answer among them, then service.
        Ask(history, 2, Outcome.Fail);
        history.Ask("n1", Outcome.Ok).Ask("n1", Outcome.Fail);
        Ask(history, 30, Outcome.Ok);

        var recovery = Recovery.Of(history.Build());

        // The fifth request after the mend, 10 ms apart, and its millisecond of latency.
        Assert.Equal(51_000_000, recovery?.TimeNs);
        Assert.Equal(34, recovery?.Requests);
    }

    [Fact]
    public void Service_that_never_returns_has_no_recovery_time()
    {
        var history = new PartitionedHistory();
        Ask(history, 30, Outcome.Ok);
        history.Cut().Mend();
        Ask(history, 30, Outcome.Fail);
        Assert.Equal(new Recovery(TimeNs: null, 30), Recovery.Of(history.Build()));
    }

    [Fact]
    public void Service_no_worse_than_before_the_faults_is_recovered()
    {
        var history = new PartitionedHistory();
        for (var i = 0; i < 20; i++)
            history.Ask("n1", i % 2 == 0 ? Outcome.Ok : Outcome.Fail);
        history.Cut().Mend();
        for (var i = 0; i < 20; i++)
            history.Ask("n1", i % 2 == 0 ? Outcome.Ok : Outcome.Fail);
        Assert.Equal(11_000_000, Recovery.Of(history.Build())?.TimeNs);
    }

    [Fact]
    public void Faults_that_last_to_the_heal_are_recovered_from_in_the_final_reads()
    {
        var history = new PartitionedHistory().Ask("n1", Outcome.Ok).Cut().Ask("n1", Outcome.Fail).Heal()
            .Ask("n1", Outcome.Ok).Build();
        Assert.Equal(11_000_000, Recovery.Of(history)?.TimeNs);
    }

    [Fact]
    public void Without_a_fault_there_is_nothing_to_recover_from() =>
        Assert.Null(Recovery.Of(
            new PartitionedHistory().Ask("n1", Outcome.Ok).Heal().Ask("n1", Outcome.Ok).Build()));

    static void Ask(PartitionedHistory history, int times, Outcome outcome)
    {
        for (var i = 0; i < times; i++)
            history.Ask("n1", outcome);
    }
}
