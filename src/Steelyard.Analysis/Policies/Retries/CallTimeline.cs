namespace Steelyard.Analysis.Policies.Retries;

/// <summary>One attempt of a call.</summary>
/// <param name="From">When it was sent, from the beginning of the call.</param>
/// <param name="Until">When it ended; null where it never does.</param>
/// <param name="Status">How it ended; null where it never does.</param>
/// <param name="IsTransparent">True where it stands for one that nobody saw, and counts for none.</param>
/// <param name="Tokens">The tokens of the throttle afterwards; null without a throttle.</param>
public sealed record CallAttempt(
    TimeSpan From, TimeSpan? Until, GrpcStatus? Status, bool IsTransparent, double? Tokens);

/// <summary>A call from its beginning to its end.</summary>
/// <param name="Attempts">Its attempts, in the order they were sent.</param>
/// <param name="End">When it ended; null where it never does.</param>
/// <param name="Status">How it ended; null where it never does.</param>
public sealed record CallTimeline(IReadOnlyList<CallAttempt> Attempts, TimeSpan? End, GrpcStatus? Status)
{
    /// <summary>Attempts that count: those that nobody saw are not among them.</summary>
    public int Counted => Attempts.Count(attempt => !attempt.IsTransparent);

    /// <summary>How many attempts are on their way at a time.</summary>
    public int OutstandingAt(TimeSpan at) => Attempts.Count(attempt =>
        attempt.From <= at && !(attempt.Until <= at));
}
