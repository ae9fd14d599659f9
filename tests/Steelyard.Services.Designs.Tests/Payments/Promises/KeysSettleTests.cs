using Steelyard.Histories;
using Steelyard.Services.Designs.Payments;
using Steelyard.Services.Designs.Payments.Promises;

namespace Steelyard.Services.Designs.Tests.Payments.Promises;

public sealed class KeysSettleTests
{
    [Fact]
    public void A_key_in_progress_for_ever_is_stuck()
    {
        var verdict = Judge(Outcome.Info, PaymentsClient.StillInFlight);

        Assert.Equal(Validity.Invalid, verdict.Validity);
        Assert.Equal("stuck-key", Assert.Single(verdict.Anomalies).Type);
        Assert.StartsWith("payment p1 is still said to be in progress", verdict.Summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_answered_after_the_heal_is_not() =>
        Assert.Equal(Validity.Valid, Judge(Outcome.Ok, null).Validity);

    [Fact]
    public void Silence_after_the_heal_decides_nothing() =>
        Assert.Equal(Validity.Unknown, Judge(Outcome.Info, "no answer").Validity);

    [Fact]
    public void What_was_in_progress_before_the_heal_is_no_fault()
    {
        var history = new HistoryBuilder();
        Ask(history, 0, Outcome.Info, PaymentsClient.StillInFlight);
        history.Mark(HistoryPhase.FinalReads, 5);

        Assert.Equal(Validity.Valid, new KeysSettle().Check(history.Build()).Validity);
    }

    static Verdict Judge(Outcome outcome, string? error)
    {
        var history = new HistoryBuilder();
        Ask(history, 0, Outcome.Info, "no answer");
        history.Mark(HistoryPhase.FinalReads, 5);
        Ask(history, 1, outcome, error);
        return new KeysSettle().Check(history.Build());
    }

    static void Ask(HistoryBuilder history, int process, Outcome outcome, string? error)
    {
        var operation = history.Invoke(
            process, PaymentsWorkload.Pay, Value.Nil, Value.Map(("id", "p1")), 10 * process);
        history.Complete(operation, outcome, Value.Nil, (10 * process) + 1, error);
    }
}
