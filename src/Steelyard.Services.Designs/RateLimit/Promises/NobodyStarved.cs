using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.RateLimit.Api;

namespace Steelyard.Services.Designs.RateLimit.Promises;

/// <summary>
/// Who keeps within his quota is not rejected, whatever others do. A rejection is just where the tenant's own
/// requests may have emptied its bucket: where, back to some moment, more may have been admitted than the
/// bucket was filled with. Judged in the calm: what a host was asked while it was held up takes its tokens
/// later, though whoever asked has given up.
/// </summary>
/// <param name="quota">What a tenant may.</param>
internal sealed class NobodyStarved(Quota quota)
    : ServicePromise("nobody-starved", "Who keeps within his quota is not rejected, whatever others do")
{
    const long NsOfSecond = 1_000_000_000;
    const long AfterwardsNs = 3 * NsOfSecond;

    // What a host takes for filled whose clock is behind.
    readonly double _allowance = 1 + (quota.PerSecond * Quota.Skew.TotalSeconds);

    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var calm = FaultFreeTime.Of(history);
        var tenants = Attempt.ByTenant(history).ToList();
        if (!tenants.Any(tenant => tenant.Any(made => IsInTheCalm(made.Attempt, calm))))
            return Undecided("nobody sent a request in the calm");
        var unjust = tenants.SelectMany(tenant => Unjust(tenant, calm));
        var rejected = tenants.Sum(tenant => tenant.Count(made => IsJudged(made.Attempt, calm)));
        return BrokenBy(unjust) ?? Holds(
            $"each of {rejected:N0} rejections in the calm met a tenant that had used its quota up");
    }

    static bool IsJudged(Attempt attempt, FaultFreeTime calm) =>
        attempt.IsRejected && IsInTheCalm(attempt, calm);

    static bool IsInTheCalm(Attempt attempt, FaultFreeTime calm) =>
        calm.Lasts(attempt.SentNs - AfterwardsNs, attempt.EndedNs);

    IEnumerable<Anomaly> Unjust(
        IGrouping<string, (Operation Operation, Attempt Attempt)> tenant, FaultFreeTime calm)
    {
        var passed = tenant.Where(made => !made.Attempt.IsRejected).ToList();
        foreach (var (operation, rejection) in tenant.Where(made => IsJudged(made.Attempt, calm)))
            if (!IsJust(rejection, passed))
                yield return new(
                    "starved", $"a request of tenant {tenant.Key} was rejected, though it had quota left",
                    [operation.Index]);
    }

    bool IsJust(Attempt rejection, List<(Operation Operation, Attempt Attempt)> passed)
    {
        var admitted = 0;
        for (var i = passed.Count - 1; i >= 0; i--)
        {
            var attempt = passed[i].Attempt;
            if (attempt.SentNs > rejection.EndedNs)
                continue;
            admitted++;
            var seconds = Math.Max(0, rejection.SentNs - attempt.EndedNs) / (double)NsOfSecond;
            if (admitted + _allowance >= quota.Burst + (quota.PerSecond * seconds))
                return true;
        }

        return false;
    }
}
