using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.RateLimit.Api;

namespace Steelyard.Services.Designs.RateLimit.Promises;

/// <summary>
/// No window admits more of a tenant than its quota, across all hosts and at any time. Only what was surely
/// admitted within the window counts: sent and answered in it.
/// </summary>
/// <param name="quota">What a tenant may.</param>
internal sealed class LimitHolds(Quota quota)
    : ServicePromise("limit-holds", "No window admits more of a tenant than its quota")
{
    const int NsOfTick = 100;

    readonly long _windowNs = Quota.Window.Ticks * NsOfTick;
    readonly int _most = quota.MostIn(Quota.Window + Quota.Skew);

    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var fullest = Attempt.ByTenant(history)
            .Select(tenant => (
                tenant.Key, Window: Fullest([.. tenant.Where(made => made.Attempt.IsAdmitted)])))
            .ToList();
        var anomalies = fullest.Where(tenant => tenant.Window.Count > _most)
            .Select(tenant => new Anomaly(
                "over-limit",
                $"{tenant.Window.Count:N0} requests of tenant {tenant.Key} were admitted within"
                + $" {Quota.Window.TotalSeconds:0.#} s; its quota is {_most:N0}",
                [.. tenant.Window.Distinct()]))
            .ToList();
        var most = fullest.Select(tenant => tenant.Window.Count).DefaultIfEmpty().Max();
        if (most == 0)
            return Undecided("nobody was admitted");
        return BrokenBy(anomalies) ?? Holds(
            $"no tenant was admitted more than {most:N0} times in"
                    + $" {Quota.Window.TotalSeconds:0.#} s; {_most:N0} are its quota");
    }

    // The operations of the fullest window, once for each attempt in it; each window ends with an answer.
    List<int> Fullest(List<(Operation Operation, Attempt Attempt)> admitted)
    {
        var fullest = new List<int>();
        var byEnd = admitted.OrderBy(made => made.Attempt.EndedNs).ToList();
        for (var last = 0; last < byEnd.Count; last++)
        {
            var beginNs = byEnd[last].Attempt.EndedNs - _windowNs;
            var inside = new List<int>();
            for (var i = last; i >= 0 && byEnd[i].Attempt.EndedNs > beginNs; i--)
                if (byEnd[i].Attempt.SentNs >= beginNs)
                    inside.Add(byEnd[i].Operation.Index);
            if (inside.Count > fullest.Count)
                fullest = inside;
        }

        return fullest;
    }
}
