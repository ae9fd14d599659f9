namespace Steelyard.Analysis.Policies.Retries;

/// <summary>A call under gRPC's hedging policy, played from its beginning to its end.</summary>
public sealed class HedgedTimeline
{
    readonly HedgedCall _call;
    readonly CallScript _script;
    readonly List<CallAttempt> _attempts = [];
    readonly List<AttemptOutcome> _outcomes = [];
    readonly PriorityQueue<int, (TimeSpan At, int Attempt)> _answers = new();

    HedgedTimeline(HedgedCall call, CallScript script) => (_call, _script) = (call, script);

    /// <summary>Plays it.</summary>
    /// <param name="maxAttempts">All attempts, at least 2; more than 5 count as 5.</param>
    /// <param name="delay">Between attempts, at least 0.</param>
    /// <param name="script">What becomes of its attempts.</param>
    public static CallTimeline Of(int maxAttempts, TimeSpan delay, CallScript script) =>
        new HedgedTimeline(new(maxAttempts, delay, script.Throttle), script).Play();

    CallTimeline Play()
    {
        while (true)
        {
            var send = _call.NextAt ?? TimeSpan.MaxValue;
            var isAnswer = _answers.TryPeek(out var attempt, out var next) && next.At <= send;
            var now = isAnswer ? next.At : send;
            if (now == TimeSpan.MaxValue || now >= _script.End)
                return Ended(_script.Deadline, _script.Deadline is null ? null : GrpcStatus.DeadlineExceeded);
            if (!isAnswer)
            {
                for (var sent = _call.Advance(now); sent > 0; sent--)
                    Send(now);
                continue;
            }

            _answers.Dequeue();
            if (Answer(attempt, now))
                return Ended(now, _outcomes[attempt].Status);
        }
    }

    void Send(TimeSpan now)
    {
        var outcome = _script.Outcome(_attempts.Count);
        if (_script.Answered(outcome, now) is { } at)
            _answers.Enqueue(_attempts.Count, (at, _attempts.Count));
        _outcomes.Add(outcome);
        _attempts.Add(new(now, null, null, false, null));
    }

    // True where the call is over.
    bool Answer(int attempt, TimeSpan now)
    {
        var outcome = _outcomes[attempt];
        var isTransparent = _call.IsTriedAtOnce(outcome.Reach);
        if (isTransparent)
            Send(now);
        else if (outcome.Status == GrpcStatus.Ok)
            _call.Succeeded();
        else
            _call.Failed(now, !_script.TriedAgain.Contains(outcome.Status), outcome.Pushback);
        _attempts[attempt] = _attempts[attempt] with
        {
            Until = now, Status = outcome.Status, IsTransparent = isTransparent,
            Tokens = _script.Throttle?.Tokens,
        };
        return _call.IsOver;
    }

    CallTimeline Ended(TimeSpan? end, GrpcStatus? status)
    {
        var unanswered = status is null or GrpcStatus.DeadlineExceeded ? status : GrpcStatus.Cancelled;
        return new(
            [
                .. _attempts.Select(attempt => attempt.Until is not null ? attempt : attempt with
                {
                    Until = end, Status = unanswered, Tokens = _script.Throttle?.Tokens,
                }),
            ],
            end, status);
    }
}
