using Steelyard.Histories;

namespace Steelyard.Services.Designs.RateLimit;

/// <summary>Whoever is rejected is told how long to wait, and waits as long.</summary>
internal sealed class RetryAfterHonoured : IChecker
{
    const int MostAnomalies = 10;
    const long NsOfSecond = 1_000_000_000;

    /// <inheritdoc/>
    public string Name => "retry-after-honoured";

    /// <inheritdoc/>
    public string Sentence => "Whoever is rejected is told how long to wait, and waits as long";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var requests = history.Operations.Where(operation => operation.Function == RateLimitWorkload.Call)
            .SelectMany(operation => Attempt.In(operation).Select(attempts => (operation, attempts)))
            .ToList();
        var anomalies = requests.SelectMany(request => Judge(request.operation, request.attempts))
            .Take(MostAnomalies).ToList();
        var rejected = requests.Sum(request => request.attempts.Count(attempt => attempt.IsRejected));
        if (rejected == 0)
            return Verdict.Undecided(Name, "nobody was rejected");
        return anomalies.Count > 0
            ? Verdict.Broken(Name, anomalies)
            : Verdict.Holds(Name, $"{rejected:N0} rejections told how long to wait, and nobody came earlier");
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
