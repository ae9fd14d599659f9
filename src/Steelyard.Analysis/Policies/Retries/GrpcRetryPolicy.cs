namespace Steelyard.Analysis.Policies.Retries;

/// <summary>What a server said of trying again.</summary>
/// <param name="After">Try after so long; null where it said nothing.</param>
/// <param name="Forbids">True where it said not to try again.</param>
public readonly record struct Pushback(TimeSpan? After, bool Forbids = false)
{
    /// <summary>Nothing was said.</summary>
    public static Pushback None => default;
}

/// <summary>
/// gRPC's retries: how many attempts a call has and when each is made (gRPC proposal A6, "gRPC retry
/// design", section "retry policy").
/// </summary>
/// <param name="MaxAttempts">All attempts, the first among them; at least 2. More than 5 count as 5.</param>
/// <param name="InitialBackoff">Before the first retry, about.</param>
/// <param name="MaxBackoff">Never more than about this.</param>
/// <param name="Multiplier">How much longer each wait is than the one before, above 0.</param>
public sealed record GrpcRetryPolicy(
    int MaxAttempts, TimeSpan InitialBackoff, TimeSpan MaxBackoff, double Multiplier)
{
    internal const int MostAttempts = 5;

    const double LeastJitter = 0.8;
    const double JitterWidth = 0.4;

    /// <summary>How many attempts there are at most.</summary>
    public int Attempts => Math.Min(MaxAttempts, MostAttempts);

    /// <summary>The wait before a retry: min(b·m^(n-1), M) times 0.8 to 1.2.</summary>
    /// <param name="retry">n: 1 for the first since the beginning, or since a server said when.</param>
    /// <param name="drawn">A number drawn evenly from 0 up to 1.</param>
    public TimeSpan WaitBefore(int retry, double drawn)
    {
        var ticks = Math.Min(InitialBackoff.Ticks * Math.Pow(Multiplier, retry - 1), MaxBackoff.Ticks);
        return TimeSpan.FromTicks((long)(ticks * (LeastJitter + (JitterWidth * drawn))));
    }
}

/// <summary>A call under a retry policy, attempt by attempt.</summary>
/// <param name="policy">The policy.</param>
/// <param name="deadline">From the beginning of the call; it covers all attempts.</param>
/// <param name="throttle">What limits retries of all calls to a server; null where nothing does.</param>
public sealed class GrpcRetriedCall(GrpcRetryPolicy policy, TimeSpan deadline, RetryThrottle? throttle = null)
{
    readonly UnseenAttempts _unseen = new();
    int _attempts = 1;
    int _retriesInARow;

    /// <summary>How many attempts were made or are due; those that never left the client are not
    /// counted.</summary>
    public int Attempts => _attempts;

    /// <summary>An attempt failed; when the next one begins, or null where there is none.</summary>
    /// <param name="now">From the beginning of the call.</param>
    /// <param name="isRetryable">Whether its status is one to be retried.</param>
    /// <param name="pushback">What the server said.</param>
    /// <param name="drawn">A number drawn evenly from 0 up to 1.</param>
    public TimeSpan? Failed(TimeSpan now, bool isRetryable, Pushback pushback, double drawn)
    {
        var allowed = throttle is null || !(isRetryable || pushback.Forbids) || throttle.Failed();
        if (!isRetryable || pushback.Forbids || !allowed || _attempts >= policy.Attempts)
            return null;
        _attempts++;
        // A server that says when also begins the waits anew.
        _retriesInARow = pushback.After is null ? _retriesInARow + 1 : 0;
        var next = now + (pushback.After ?? policy.WaitBefore(_retriesInARow, drawn));
        return next < deadline ? next : null;
    }

    /// <summary>An attempt ended; when another is made in its place that counts for nothing, or null where it
    /// counts.</summary>
    /// <param name="now">From the beginning of the call.</param>
    /// <param name="reach">How far the attempt came.</param>
    public TimeSpan? TriedAtOnce(TimeSpan now, AttemptReach reach) =>
        _unseen.IsTriedAtOnce(reach) ? now : null;
}
