using Steelyard.Analysis.Policies.Retries;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Policies.Retries;

/// <summary>Whole calls by gRPC's proposal A6.</summary>
public class CallTimelineTests
{
    static readonly GrpcRetryPolicy Policy = new(4, Ms(100), Ms(1000), 2);
    static readonly HashSet<GrpcStatus> Retried = [GrpcStatus.Unavailable];
    static readonly AttemptOutcome Failure = new(GrpcStatus.Unavailable, Ms(20));
    static readonly AttemptOutcome Success = new(GrpcStatus.Ok, Ms(30));
    static readonly AttemptOutcome Silence = new(GrpcStatus.Unknown, null);

    [Fact]
    public void A_call_is_retried_after_its_waits_until_it_succeeds()
    {
        var call = Retry(null, null, Failure, Failure, Success);
        Assert.Equal([Ms(0), Ms(20 + 100), Ms(140 + 200)], call.Attempts.Select(one => one.From));
        Assert.Equal((GrpcStatus.Ok, Ms(370)), (call.Status, call.End));
    }

    [Fact]
    public void A_call_fails_with_its_last_status_when_no_attempt_is_left_or_it_is_not_retried()
    {
        Assert.Equal((4, GrpcStatus.Unavailable), Told(Retry(null, null, Failure)));
        Assert.Equal(
            (2, GrpcStatus.InvalidArgument),
            Told(Retry(null, null, Failure, new(GrpcStatus.InvalidArgument, Ms(1)))));
        Assert.Equal((1, GrpcStatus.Unavailable), Told(Retry(
            null, null, Failure with { Pushback = new(null, Forbids: true) })));
    }

    [Theory]
    [InlineData(130)]
    [InlineData(180)]
    public void The_deadline_ends_a_call_in_the_middle_of_an_attempt_or_of_a_wait(int deadline)
    {
        var call = Retry(Ms(deadline), null, Failure);
        Assert.Equal((GrpcStatus.DeadlineExceeded, Ms(deadline)), (call.Status, call.End));
        Assert.Equal(2, call.Attempts.Count);
    }

    [Fact]
    public void A_server_that_says_when_begins_the_waits_anew()
    {
        var call = Retry(null, null, Failure, Failure with { Pushback = new(Ms(700)) }, Failure, Success);
        Assert.Equal(
            [Ms(0), Ms(120), Ms(140 + 700), Ms(860 + 100)], call.Attempts.Select(one => one.From));
    }

    [Fact]
    public void What_nobody_saw_counts_for_nothing_and_takes_no_token()
    {
        var unsent = new AttemptOutcome(GrpcStatus.Unavailable, Ms(1), Reach: AttemptReach.NeverSent);
        var unseen = unsent with { Reach = AttemptReach.NeverSeen };
        var throttle = new RetryThrottle(10, 0.1);
        var call = Retry(null, throttle, unsent, unsent, unsent, unsent, unseen, Success);
        Assert.Equal((1, 6, Ms(5)), (call.Counted, call.Attempts.Count, call.Attempts[^1].From));
        Assert.Equal(10, throttle.Tokens);

        // The second time that the server's library drops it is a failure as any other.
        Assert.Equal(2, Retry(null, throttle, unseen, unseen, Success).Counted);
        Assert.Equal(9.1, throttle.Tokens, 1e-9);
        Assert.Throws<UserMistakeException>(() => Retry(null, null, unsent));
    }

    [Fact]
    public void With_half_of_the_tokens_a_call_is_not_retried()
    {
        var throttle = new RetryThrottle(4, 0.1);
        Assert.Equal((2, GrpcStatus.Unavailable), Told(Retry(null, throttle, Failure)));
        Assert.Equal(2, throttle.Tokens);
    }

    [Fact]
    public void Hedges_nobody_answers_are_on_their_way_together()
    {
        var call = Hedge(null, null, Silence);
        Assert.Equal(
            [1, 2, 3, 4, 4], new[] { 1, 501, 1001, 1501, 9000 }.Select(at => call.OutstandingAt(Ms(at))));
        Assert.Equal((null, null), (call.Status, call.End));
        Assert.Equal(GrpcStatus.DeadlineExceeded, Hedge(Ms(600), null, Silence).Status);
    }

    [Fact]
    public void A_failure_sends_the_next_hedge_at_once_and_a_success_cancels_the_others()
    {
        var call = Hedge(null, null, new(GrpcStatus.Unavailable, Ms(200)), Silence, Success);
        Assert.Equal([Ms(0), Ms(200), Ms(700)], call.Attempts.Select(one => one.From));
        Assert.Equal(
            [GrpcStatus.Unavailable, GrpcStatus.Cancelled, GrpcStatus.Ok],
            call.Attempts.Select(one => one.Status!.Value));
        Assert.Equal(Ms(730), call.End);
    }

    [Fact]
    public void A_fatal_failure_ends_a_hedged_call_and_a_server_may_forbid_or_delay_hedges()
    {
        Assert.Equal(
            (2, GrpcStatus.Internal), Told(Hedge(null, null, Silence, new(GrpcStatus.Internal, Ms(10)))));
        var forbidden = Hedge(null, null, Failure with { Pushback = new(null, Forbids: true) });
        Assert.Equal((1, GrpcStatus.Unavailable), Told(forbidden));
        var delayed = Hedge(null, null, Failure with { Pushback = new(Ms(300)) }, Success);
        Assert.Equal([Ms(0), Ms(320)], delayed.Attempts.Select(one => one.From));
    }

    [Fact]
    public void Hedges_that_never_left_the_client_are_sent_again_and_count_for_none()
    {
        var call = Hedge(
            null, null, new(GrpcStatus.Unavailable, Ms(5), Reach: AttemptReach.NeverSent), Success);
        Assert.Equal((1, 2, Ms(35)), (call.Counted, call.Attempts.Count, call.End));
    }

    static CallTimeline Retry(
        TimeSpan? deadline, RetryThrottle? throttle, params AttemptOutcome[] outcomes) =>
        RetriedTimeline.Of(Policy, new(outcomes, Retried, deadline, throttle), () => 0.5);

    static CallTimeline Hedge(
        TimeSpan? deadline, RetryThrottle? throttle, params AttemptOutcome[] outcomes) =>
        HedgedTimeline.Of(4, Ms(500), new(outcomes, Retried, deadline, throttle));

    static (int, GrpcStatus?) Told(CallTimeline call) => (call.Counted, call.Status);

    static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
