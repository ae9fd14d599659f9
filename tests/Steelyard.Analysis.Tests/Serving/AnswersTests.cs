using Steelyard.Analysis.Serving;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Serving;

/// <summary>Promises on single requests: that they are answered, and in time.</summary>
public sealed class AnswersTests
{
    const long Ms = 1_000_000;

    [Fact]
    public void A_request_that_fails_while_nothing_is_broken_is_found()
    {
        var history = new PartitionedHistory()
            .Ask("n1", Outcome.Ok).Ask("n1", Outcome.Fail, error: "answered 500").Build();

        var verdict = new NoFailedRequest().Check(history);

        Assert.Equal(
            "read of process 1 failed (answered 500) though no fault excuses it", verdict.Summary);
        Assert.Equal([1], Assert.Single(verdict.Anomalies).Witness);
        Assert.Equal(
            "all 1 request were answered that no fault excuses",
            new NoFailedRequest().Check(new PartitionedHistory().Ask("n1", Outcome.Ok).Build()).Summary);
    }

    [Theory]
    [InlineData("crash", Validity.Valid)]
    [InlineData("drain", Validity.Invalid)]
    public void A_crash_excuses_it_and_a_deploy_does_not(string kind, Validity expected)
    {
        var history = new PartitionedHistory()
            .Ask("n1", Outcome.Ok).Hit(kind, "n1").Ask("n2", Outcome.Info, error: "no answer").Over(kind)
            .Build();

        Assert.Equal(expected, new NoFailedRequest().Check(history).Validity);
        Assert.Equal(Validity.Invalid, new NoFailedRequest { Despite = [kind] }.Check(history).Validity);
    }

    [Theory]
    [InlineData(1, Validity.Valid)]
    [InlineData(6, Validity.Invalid)]
    public void A_fault_excuses_what_comes_soon_after_it(int seconds, Validity expected)
    {
        var history = new PartitionedHistory()
            .Ask("n1", Outcome.Ok).Cut().Wait(TimeSpan.FromSeconds(1)).Mend()
            .Wait(TimeSpan.FromSeconds(seconds)).Ask("n2", Outcome.Fail, error: "answered 503").Build();

        Assert.Equal(expected, new NoFailedRequest().Check(history).Validity);
        Assert.Equal(expected, new ResponseWithin(TimeSpan.FromSeconds(1)).Check(history).Validity);
    }

    [Fact]
    public void Where_every_request_is_excused_nothing_is_decided()
    {
        var history = new PartitionedHistory().Cut().Ask("n1", Outcome.Ok).Build();

        Assert.Equal(Validity.Unknown, new NoFailedRequest().Check(history).Validity);
        Assert.Equal(Validity.Unknown, new ResponseWithin(TimeSpan.FromSeconds(1)).Check(history).Validity);
    }

    [Theory]
    [InlineData(30, 1, Validity.Valid)]
    [InlineData(31, 1, Validity.Invalid)]
    [InlineData(31, 0.5, Validity.Valid)]
    public void An_answer_that_comes_too_late_is_found(int latencyMs, double share, Validity expected)
    {
        var history = new PartitionedHistory()
            .Ask("n1", Outcome.Ok).Ask("n1", Outcome.Ok, latencyNs: latencyMs * Ms).Build();

        var verdict = new ResponseWithin(TimeSpan.FromMilliseconds(30)) { Share = share }.Check(history);

        Assert.Equal(expected, verdict.Validity);
        if (expected == Validity.Invalid)
            Assert.Equal(
                "read of process 1 was answered 31.0 ms after it was due, expected within 30 ms"
                + " (1 of 2 were too late)", verdict.Summary);
    }

    [Fact]
    public void What_was_due_and_never_sent_is_too_late_and_no_failed_request()
    {
        var history = new PartitionedHistory().Ask("n1", Outcome.Ok).NeverSent("n1").Build();

        Assert.Equal(Validity.Invalid, new ResponseWithin(TimeSpan.FromSeconds(9)).Check(history).Validity);
        Assert.Equal(Validity.Valid, new NoFailedRequest().Check(history).Validity);
    }
}
