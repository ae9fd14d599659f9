using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.RateLimit;

/// <summary>
/// Some time after whatever broke is whole again, work is done again: of the requests that were not rejected,
/// nearly all are answered. A system that stays down although its trigger is gone is metastable (Bronson et
/// al., "Metastable Failures in Distributed Systems", HotOS 2021).
/// </summary>
internal sealed class GoodputRecovers : IChecker
{
    const int FailuresAreOneIn = 10;
    const int MostWitnesses = 5;

    static readonly TimeSpan s_bound = TimeSpan.FromSeconds(8);

    /// <inheritdoc/>
    public string Name => "goodput-recovers";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var calm = Calm.Of(history);
        var judged = history.Operations
            .Where(call => call.Function == RateLimitWorkload.Call && IsJudged(call, calm)).ToList();
        var failed = judged.Where(call => call.Outcome != Outcome.Ok).ToList();
        if (judged.Count == 0)
            return Verdict.Undecided(
                Name, $"no call came {s_bound.TotalSeconds:0.#} s or more after anything broke");
        return failed.Count * FailuresAreOneIn <= judged.Count
            ? Verdict.Holds(
                Name, $"{judged.Count - failed.Count:N0} of {judged.Count:N0} calls were answered that came"
                    + $" {s_bound.TotalSeconds:0.#} s or more after anything broke")
            : Verdict.Broken(
                Name, new Anomaly(
                    "no-goodput",
                    $"of {judged.Count:N0} calls that came {s_bound.TotalSeconds:0.#} s or more after"
                    + $" anything broke, {failed.Count:N0} failed; at most one in {FailuresAreOneIn}"
                    + " may",
                    [.. failed.Take(MostWitnesses).Select(call => call.Index)]));
    }

    // Rejections are no failures: they are for another promise.
    static bool IsJudged(Operation call, Calm calm) =>
        call.Outcome is Outcome.Ok or Outcome.Fail
        && calm.Lasts(call.InvokedNs - (s_bound.Ticks * 100), call.CompletedNs)
        && !Attempt.In(call).Any(attempts => attempts.Any(attempt => attempt.IsRejected));
}
