using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Payments.Promises;

/// <summary>
/// No key is stuck: once everything is healed, whoever asks under a key is answered. A key that says "in
/// progress" for ever has lost its payment, and its client is never told.
/// </summary>
internal sealed class KeysSettle()
    : ServicePromise("keys-settle", "Once everything is healed, whoever asks under a key is answered")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var begin = history.Phases.FinalReads?.Position ?? 0;
        var asked = history.Operations
            .Where(operation => operation.Function == PaymentsWorkload.Pay && operation.InvokedAt >= begin)
            .ToList();
        var stuck = asked.Where(IsStuck).Select(Describe);
        if (BrokenBy(stuck) is { } broken)
            return broken;
        var unanswered = asked.Count(operation => operation.Outcome is Outcome.Info or Outcome.Open);
        if (unanswered > 0)
            return Undecided(
                $"{unanswered} of {asked.Count} payments asked for after the heal got no answer");
        return Holds(asked.Count == 0
            ? "no payment was left without an answer"
            : $"all {asked.Count} payments that faults left without an answer got one after the heal");
    }

    static bool IsStuck(Operation operation) =>
        operation.Outcome == Outcome.Info && operation.Error == PaymentsClient.StillInFlight;

    static Anomaly Describe(Operation operation) => new(
        "stuck-key",
        $"payment {operation.Input["id"]} is still said to be in progress after the heal, and will be for"
        + " ever",
        [operation.Index]);
}
