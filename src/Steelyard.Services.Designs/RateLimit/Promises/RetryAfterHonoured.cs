using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.RateLimit.Promises;

/// <summary>Whoever is rejected is told how long to wait, and waits as long.</summary>
internal sealed class RetryAfterHonoured()
    : ServicePromise(
        "retry-after-honoured", "Whoever is rejected is told how long to wait, and waits as long")
{
    const long NsOfSecond = 1_000_000_000;

    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var requests = history.Operations.Where(operation => operation.Function == RateLimitWorkload.Call)
            .SelectMany(operation => Attempt.In(operation).Select(attempts => (operation, attempts)))
            .ToList();
        var anomalies = requests.SelectMany(request => Judge(request.operation, request.attempts));
        var rejected = requests.Sum(request => request.attempts.Count(attempt => attempt.IsRejected));
        if (rejected == 0)
            return Undecided("nobody was rejected");
        return BrokenBy(anomalies) ?? Holds(
            $"{rejected:N0} rejections told how long to wait, and nobody came earlier");
    }

    static IEnumerable<Anomaly> Judge(Operation operation, IReadOnlyList<Attempt> attempts)
    {
        for (var i = 0; i < attempts.Count; i++)
        {
            var attempt = attempts[i];
            if (attempt.IsRejected && attempt.RetryAfterSeconds <= 0)
                yield return new(
                    "no-retry-after", $"a request of {operation.Key} was rejected without a Retry-After",
                    [operation.Index]);
            else if (attempt.IsRejected && i + 1 < attempts.Count && attempts[i + 1].SentNs - attempt.EndedNs
                + Attempt.RoundingNs < attempt.RetryAfterSeconds * NsOfSecond)
                yield return new(
                    "too-early",
                    $"a request of {operation.Key} was to wait {attempt.RetryAfterSeconds} s, and was sent"
                    + FormattableString.Invariant(
                        $" again after {(attempts[i + 1].SentNs - attempt.EndedNs) / 1e9:0.00} s"),
                    [operation.Index]);
        }
    }
}
