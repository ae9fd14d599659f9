using Steelyard.Analysis.Policies.Retries;

namespace Steelyard.Analysis.Tests.Policies.Retries;

/// <summary>The rows of gRPC's proposal A6.</summary>
public class GrpcTests
{
    static readonly GrpcRetryPolicy Policy = new(4, Ms(100), Ms(1000), 3);

    [Theory]
    [InlineData(1, 80, 120)]
    [InlineData(2, 240, 360)]
    [InlineData(3, 720, 1080)]
    [InlineData(4, 800, 1200)]
    public void Waits_grow_to_their_cap_within_a_fifth(int retry, double least, double most)
    {
        Assert.Equal(least, Policy.WaitBefore(retry, 0).TotalMilliseconds, 0.01);
        Assert.Equal(most, Policy.WaitBefore(retry, 0.9999999).TotalMilliseconds, 0.01);
    }

    [Fact]
    public void Hedges_follow_at_the_delay_while_nobody_answers()
    {
        var call = new HedgedCall(4, Ms(500));
        foreach (var (at, outstanding) in new[] { (1, 1), (501, 2), (1001, 3), (1501, 4), (9000, 4) })
        {
            call.Advance(Ms(at));
            Assert.Equal(outstanding, call.Outstanding);
        }
    }

    [Fact]
    public void After_a_failure_the_next_hedge_is_sent_at_once_and_later_ones_at_the_delay()
    {
        var call = new HedgedCall(4, Ms(500));
        call.Advance(Ms(0));
        call.Failed(Ms(200), isFatal: false);
        Assert.Equal(Ms(200), call.NextAt);
        Assert.Equal(1, call.Advance(Ms(200)));
        Assert.Equal(Ms(700), call.NextAt);
    }

    [Fact]
    public void A_success_or_a_fatal_failure_cancels_the_others()
    {
        var call = new HedgedCall(4, Ms(500));
        call.Advance(Ms(1100));
        Assert.Equal(2, call.Succeeded());
        Assert.Equal((true, 0), (call.IsOver, call.Outstanding));
        Assert.Null(call.NextAt);

        var fatal = new HedgedCall(4, Ms(500));
        fatal.Advance(Ms(600));
        fatal.Failed(Ms(700), isFatal: true);
        Assert.Equal((true, 0), (fatal.IsOver, fatal.Outstanding));
    }

    [Fact]
    public void A_hedged_call_is_over_when_all_have_failed_or_the_server_forbids_more()
    {
        var call = new HedgedCall(2, Ms(500));
        call.Advance(Ms(600));
        call.Failed(Ms(700), isFatal: false);
        Assert.False(call.IsOver);
        call.Failed(Ms(800), isFatal: false);
        Assert.True(call.IsOver);

        var forbidden = new HedgedCall(4, Ms(500));
        forbidden.Advance(Ms(0));
        forbidden.Failed(Ms(100), isFatal: false, new(null, Forbids: true));
        Assert.True(forbidden.IsOver);
    }

    [Fact]
    public void Five_failures_of_ten_tokens_stop_retries_and_one_success_allows_them()
    {
        var throttle = new RetryThrottle(10, 0.1);
        for (var failure = 1; failure <= 5; failure++)
            Assert.Equal(failure < 5, throttle.Failed());
        Assert.Equal(5, throttle.Tokens);
        throttle.Succeeded();
        Assert.Equal(5.1, throttle.Tokens, 1e-12);
        Assert.True(throttle.Allows);
    }

    [Fact]
    public void Tokens_keep_three_decimals_and_their_bounds()
    {
        Assert.Equal(0.546, new RetryThrottle(10, 0.5466).TokenRatio);
        var throttle = new RetryThrottle(2, 1);
        throttle.Succeeded();
        Assert.Equal(2, throttle.Tokens);
        for (var failure = 0; failure < 5; failure++)
            throttle.Failed();
        Assert.Equal(0, throttle.Tokens);
    }

    [Fact]
    public void What_is_not_retried_takes_no_token_but_a_server_that_forbids_does()
    {
        var throttle = new RetryThrottle(10, 0.1);
        Assert.Null(new GrpcRetriedCall(Policy, Ms(9000), throttle).Failed(Ms(1), false, Pushback.None, 0));
        Assert.Equal(10, throttle.Tokens);
        Assert.Null(new GrpcRetriedCall(Policy, Ms(9000), throttle).Failed(
            Ms(1), true, new(null, Forbids: true), 0));
        Assert.Equal(9, throttle.Tokens);
    }

    [Fact]
    public void Nine_attempts_are_five()
    {
        var call = new GrpcRetriedCall(new(9, Ms(1), Ms(1), 1), Ms(9000));
        var retries = 0;
        for (var now = Ms(0); call.Failed(now, true, Pushback.None, 0) is { } next; now = next)
            retries++;
        Assert.Equal(4, retries);
        Assert.Equal(5, call.Attempts);
    }

    [Fact]
    public void A_server_says_when_and_the_waits_begin_anew()
    {
        var call = new GrpcRetriedCall(new(5, Ms(100), Ms(1000), 2), Ms(9000));
        Assert.Equal(Ms(80), call.Failed(Ms(0), true, Pushback.None, 0));
        Assert.Equal(Ms(80 + 700), call.Failed(Ms(80), true, new(Ms(700)), 0));
        Assert.Equal(Ms(1000 + 80), call.Failed(Ms(1000), true, Pushback.None, 0));
    }

    [Fact]
    public void The_deadline_covers_all_attempts_and_what_nobody_saw_counts_for_none()
    {
        var call = new GrpcRetriedCall(Policy, Ms(100));
        Assert.Equal(Ms(5), call.TriedAtOnce(Ms(5), AttemptReach.NeverSent));
        Assert.Equal(Ms(6), call.TriedAtOnce(Ms(6), AttemptReach.NeverSent));
        Assert.Equal(Ms(7), call.TriedAtOnce(Ms(7), AttemptReach.NeverSeen));
        Assert.Null(call.TriedAtOnce(Ms(8), AttemptReach.NeverSeen));
        Assert.Equal(1, call.Attempts);
        Assert.Equal(Ms(90), call.Failed(Ms(10), true, Pushback.None, 0));
        Assert.Null(call.Failed(Ms(95), true, Pushback.None, 0));
    }

    static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
