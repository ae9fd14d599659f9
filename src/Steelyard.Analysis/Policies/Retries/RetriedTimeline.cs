namespace Steelyard.Analysis.Policies.Retries;

/// <summary>A call under gRPC's retry policy, played from its beginning to its end.</summary>
public static class RetriedTimeline
{
    /// <summary>Plays it.</summary>
    /// <param name="policy">When it is tried again.</param>
    /// <param name="script">What becomes of its attempts.</param>
    /// <param name="draw">Draws numbers evenly from 0 up to 1, for the waits; 0.5 is their mean.</param>
    public static CallTimeline Of(GrpcRetryPolicy policy, CallScript script, Func<double> draw)
    {
        var call = new GrpcRetriedCall(policy, TimeSpan.MaxValue, script.Throttle);
        var attempts = new List<CallAttempt>();
        TimeSpan? next = TimeSpan.Zero;
        while (next is { } from)
        {
            if (from >= script.End)
                return new(attempts, script.Deadline, GrpcStatus.DeadlineExceeded);
            var outcome = script.Outcome(attempts.Count);
            if (script.Answered(outcome, from) is not { } until)
            {
                var status = script.Deadline is null ? (GrpcStatus?)null : GrpcStatus.DeadlineExceeded;
                attempts.Add(new(from, script.Deadline, status, false, script.Throttle?.Tokens));
                return new(attempts, script.Deadline, status);
            }

            next = After(call, script, outcome, until, draw, out var isTransparent);
            attempts.Add(new(from, until, outcome.Status, isTransparent, script.Throttle?.Tokens));
        }

        return new(attempts, attempts[^1].Until, attempts[^1].Status);
    }

    static TimeSpan? After(
        GrpcRetriedCall call, CallScript script, AttemptOutcome outcome, TimeSpan until, Func<double> draw,
        out bool isTransparent)
    {
        var again = call.TriedAtOnce(until, outcome.Reach);
        isTransparent = again is not null;
        if (isTransparent)
            return again;
        if (outcome.Status != GrpcStatus.Ok)
            return call.Failed(until, script.TriedAgain.Contains(outcome.Status), outcome.Pushback, draw());
        script.Throttle?.Succeeded();
        return null;
    }
}
