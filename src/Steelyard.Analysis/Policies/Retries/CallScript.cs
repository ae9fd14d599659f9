using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Retries;

/// <summary>What a call is played with: what becomes of its attempts, and what it is bound by.</summary>
/// <param name="Outcomes">What becomes of each attempt, in the order they are sent; the last one goes on
/// for all that follow. At least one.</param>
/// <param name="TriedAgain">The statuses that are retried, or hedged on.</param>
/// <param name="Deadline">From the beginning of the call, over all attempts; null where none is.</param>
/// <param name="Throttle">What limits the tries of all calls to a server; null where nothing does.</param>
public sealed record CallScript(
    IReadOnlyList<AttemptOutcome> Outcomes, IReadOnlySet<GrpcStatus> TriedAgain, TimeSpan? Deadline = null,
    RetryThrottle? Throttle = null)
{
    // A call that nobody ever sees would be tried for ever.
    const int MostAttempts = 1000;

    internal TimeSpan End => Deadline ?? TimeSpan.MaxValue;

    internal AttemptOutcome Outcome(int attempt)
    {
        if (attempt >= MostAttempts)
            throw new UserMistakeException(
                $"expected a call that ends within {MostAttempts:N0} attempts, found one whose last outcome"
                + " is always tried again");
        return Outcomes[Math.Min(attempt, Outcomes.Count - 1)];
    }

    /// <summary>When an answer is there; null where that is not before the deadline.</summary>
    internal TimeSpan? Answered(AttemptOutcome outcome, TimeSpan from) =>
        outcome.After is { } after && from + after < End ? from + after : null;
}
