namespace Steelyard.Analysis.Policies.Retries;

/// <summary>
/// A call sent again and again without waiting for an answer; the first success counts, and all others are
/// cancelled (gRPC proposal A6, section "hedging policy").
/// </summary>
/// <param name="maxAttempts">All attempts, at least 2; more than 5 count as 5.</param>
/// <param name="delay">Between attempts, at least 0.</param>
/// <param name="throttle">What limits hedges of all calls to a server; null where nothing does.</param>
public sealed class HedgedCall(int maxAttempts, TimeSpan delay, RetryThrottle? throttle = null)
{
    readonly UnseenAttempts _unseen = new();
    TimeSpan _next;
    bool _isOver;

    /// <summary>How many attempts were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>How many of them are unanswered.</summary>
    public int Outstanding { get; private set; }

    /// <summary>True when it has succeeded, or failed for good.</summary>
    public bool IsOver => _isOver;

    /// <summary>When the next attempt is due; null when there is none.</summary>
    public TimeSpan? NextAt => _isOver || Sent >= Math.Min(maxAttempts, GrpcRetryPolicy.MostAttempts)
        || (Sent > 0 && throttle is { Allows: false }) ? null : _next;

    /// <summary>Time goes on: attempts that are due are sent.</summary>
    /// <param name="now">From the beginning of the call.</param>
    /// <returns>How many were sent.</returns>
    public int Advance(TimeSpan now)
    {
        var sent = 0;
        for (; NextAt is { } next && next <= now; sent++)
        {
            _next = next + delay;
            Sent++;
            Outstanding++;
        }

        return sent;
    }

    /// <summary>An attempt failed.</summary>
    /// <param name="now">From the beginning of the call.</param>
    /// <param name="isFatal">True where its status is not one to hedge on: the call fails, all others are
    /// cancelled.</param>
    /// <param name="pushback">What the server said.</param>
    public void Failed(TimeSpan now, bool isFatal, Pushback pushback = default)
    {
        Outstanding--;
        if (!isFatal || pushback.Forbids)
            throttle?.Failed();
        if (isFatal)
        {
            End();
            return;
        }

        if (pushback.Forbids)
            _next = TimeSpan.MaxValue;
        else if (_next != TimeSpan.MaxValue)
            // The next one is sent at once, or when the server says; later ones follow at the delay.
            _next = pushback.After is { } after ? now + after : now;
        if (Outstanding == 0 && (NextAt is null || _next == TimeSpan.MaxValue))
            _isOver = true;
    }

    /// <summary>An attempt ended; whether another is sent in its place that counts for nothing.</summary>
    /// <param name="reach">How far the attempt came.</param>
    public bool IsTriedAtOnce(AttemptReach reach) => _unseen.IsTriedAtOnce(reach);

    /// <summary>An attempt succeeded: the others are cancelled.</summary>
    /// <returns>How many were cancelled.</returns>
    public int Succeeded()
    {
        throttle?.Succeeded();
        Outstanding--;
        return End();
    }

    int End()
    {
        var cancelled = Outstanding;
        (Outstanding, _isOver) = (0, true);
        return cancelled;
    }
}
