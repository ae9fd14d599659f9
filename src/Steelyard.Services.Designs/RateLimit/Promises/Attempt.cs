using System.Net;
using Steelyard.Histories;

namespace Steelyard.Services.Designs.RateLimit.Promises;

/// <summary>One attempt at a request, as its client saw it.</summary>
/// <param name="SentMs">When it was sent, in whole ms from the begin of the operation, rounded down.</param>
/// <param name="EndedMs">When it was answered or given up, likewise, rounded up.</param>
/// <param name="Status">The status answered; 0 where there was no answer.</param>
/// <param name="RetryAfterSeconds">How long to wait before
/// the next attempt; 0 where nothing was said.</param>
internal sealed record Attempt(long SentMs, long EndedMs, int Status, long RetryAfterSeconds)
{
    const long NsOfMs = 1_000_000;

    /// <summary>By how much times may be off, two of them together.</summary>
    public const long RoundingNs = 2 * NsOfMs;

    /// <summary>When the operation began, in ns of the run.</summary>
    public long BegunNs { get; init; }

    /// <summary>When it was sent, in ns of the run, or a little before.</summary>
    public long SentNs => BegunNs + (SentMs * NsOfMs);

    /// <summary>When it ended, in ns of the run, or a little later.</summary>
    public long EndedNs => BegunNs + (EndedMs * NsOfMs);

    /// <summary>Whether the limiter let it pass for sure, whatever became of it then.</summary>
    public bool IsAdmitted => Status is (int)HttpStatusCode.OK or (int)HttpStatusCode.BadGateway;

    /// <summary>Whether the limiter rejected it.</summary>
    public bool IsRejected => Status == (int)HttpStatusCode.TooManyRequests;

    /// <summary>The attempts at one request, for the history.</summary>
    public static Value ToValue(IEnumerable<Attempt> attempts) => Value.List([.. attempts.Select(
        attempt => Value.Map(
            ("sent", attempt.SentMs), ("ended", attempt.EndedMs), ("status", attempt.Status),
            ("wait", attempt.RetryAfterSeconds)))]);

    /// <summary>The requests of an operation, each with its attempts.</summary>
    public static IEnumerable<IReadOnlyList<Attempt>> In(Operation operation) => operation.Output.IsNil
        ? []
        : operation.Output.AsList.ToArray().Select(request => (IReadOnlyList<Attempt>)
        [
            .. request.AsList.ToArray().Select(attempt => new Attempt(
                attempt["sent"].AsInteger, attempt["ended"].AsInteger, (int)attempt["status"].AsInteger,
                attempt["wait"].AsInteger)
            {
                BegunNs = operation.InvokedNs,
            }),
        ]);

    /// <summary>All attempts of a history by tenant, each with its operation, as they were sent.</summary>
    public static IEnumerable<IGrouping<string, (Operation Operation, Attempt Attempt)>> ByTenant(
        History history) => history.Operations
        .Where(operation => operation.Function == RateLimitWorkload.Call)
        .SelectMany(operation => In(operation).SelectMany(all => all)
            .Select(attempt => (Operation: operation, Attempt: attempt)))
        .OrderBy(made => made.Attempt.SentNs)
        .GroupBy(made => made.Operation.Key.AsText)
        .OrderBy(tenant => tenant.Key, StringComparer.Ordinal);
}
