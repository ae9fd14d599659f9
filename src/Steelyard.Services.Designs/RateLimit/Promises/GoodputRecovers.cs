using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.RateLimit.Promises;

/// <summary>
/// Some time after whatever broke is whole again, work is done again: of the requests that were not rejected,
/// nearly all are answered. A system that stays down although its trigger is gone is metastable (Bronson et
/// al., "Metastable Failures in Distributed Systems", HotOS 2021).
/// </summary>
internal sealed class GoodputRecovers()
    : ServicePromise("goodput-recovers", "Work is done again some time after whatever broke is whole again")
{
    const double MayFail = 0.1;

    // Few calls may come so late: that one of four failed says nothing of one in ten. A system that stays
    // down answers none.
    const double ByChance = 1e-4;
    const int MostWitnesses = 5;

    static readonly TimeSpan s_bound = TimeSpan.FromSeconds(8);

    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var calm = FaultFreeTime.Of(history);
        var judged = history.Operations.Where(operation => IsJudged(operation, calm)).ToList();
        if (judged.Count == 0)
            return Undecided($"no call came {s_bound.TotalSeconds:0.#} s or more after anything broke");
        // By function, so that many of the one do not hide that the other is never done.
        var anomalies = judged.GroupBy(operation => operation.Function)
            .OrderBy(function => function.Key, StringComparer.Ordinal)
            .Select(function => Judge(function.Key, [.. function])).OfType<Anomaly>().ToList();
        var failed = judged.Count(IsFailed);
        return BrokenBy(anomalies) ?? Holds(
            $"{judged.Count - failed:N0} of {judged.Count:N0} calls were answered that came"
            + $" {s_bound.TotalSeconds:0.#} s or more after anything broke");
    }

    // Null where enough was done.
    static Anomaly? Judge(string function, List<Operation> judged)
    {
        var failed = judged.Where(IsFailed).ToList();
        return Chance.OfAtLeast(failed.Count, judged.Count, MayFail) > ByChance
            ? null
            : new(
                "no-goodput",
                $"of {judged.Count:N0} {function}s that came {s_bound.TotalSeconds:0.#} s or more after"
                + $" anything broke, {failed.Count:N0} failed; one in 10 may, and chance does not"
                + " make that of it",
                [.. failed.Take(MostWitnesses).Select(operation => operation.Index)]);
    }

    static bool IsFailed(Operation operation) => operation.Outcome != Outcome.Ok;

    // Rejections are no failures: they are for another promise.
    static bool IsJudged(Operation operation, FaultFreeTime calm) =>
        operation.Outcome is Outcome.Ok or Outcome.Fail
        && calm.Lasts(operation.InvokedNs - (s_bound.Ticks * 100), operation.CompletedNs)
        && operation.Function is RateLimitWorkload.Call or RateLimitWorkload.LookUp
        && !IsRejected(operation);

    static bool IsRejected(Operation operation) =>
        operation.Function == RateLimitWorkload.Call
        && Attempt.In(operation).Any(attempts => attempts.Any(attempt => attempt.IsRejected));
}
