using Steelyard.Histories;
using Steelyard.Services.Designs.RateLimit;
using Steelyard.Services.Designs.RateLimit.Api;
using Steelyard.Services.Designs.RateLimit.Promises;

namespace Steelyard.Services.Designs.Tests.RateLimit.Promises;

/// <summary>A bucket of three that is filled with ten a second; times are in ms.</summary>
public sealed class RateLimitPromisesTests
{
    const long NsOfMs = 1_000_000;

    // Three at once, ten in the second, and two for clocks that are apart.
    const int Most = 15;

    static readonly Quota s_quota = new(PerSecond: 10, Burst: 3);

    [Theory]
    [InlineData(Most, 50, null)]
    [InlineData(Most + 1, 50, "over-limit")]
    [InlineData(Most + 1, 70, null)]
    public void No_window_admits_more_than_the_quota(int requests, int everyMs, string? anomaly)
    {
        var history = new HistoryBuilder();
        for (var i = 0; i < requests; i++)
            Call(history, "a", i * everyMs, 200);

        Assert.Equal(anomaly, Found(new LimitHolds(s_quota), history));
    }

    [Fact]
    public void Tenants_have_quotas_of_their_own()
    {
        var history = new HistoryBuilder();
        for (var i = 0; i <= Most; i++)
            Call(history, i % 2 == 0 ? "a" : "b", i * 50, 200);

        Assert.Null(Found(new LimitHolds(s_quota), history));
    }

    [Theory]
    [InlineData(3, "a", null)]
    [InlineData(0, "a", "starved")]
    [InlineData(3, "b", "starved")]
    public void Only_who_used_his_quota_up_is_rejected(int before, string whose, string? anomaly)
    {
        var history = new HistoryBuilder();
        for (var i = 0; i < before; i++)
            Call(history, whose, i * 10, 200);
        Call(history, "a", 100, 429);

        Assert.Equal(anomaly, Found(new NobodyStarved(s_quota), history));
    }

    [Theory]
    [InlineData(3_900, null)]
    [InlineData(4_100, "starved")]
    public void What_was_held_up_takes_its_tokens_later(int rejectedMs, string? anomaly)
    {
        var history = new HistoryBuilder();
        Pause(history, 0, 1_000);
        Call(history, "a", rejectedMs, 429);

        Assert.Equal(anomaly, Found(new NobodyStarved(s_quota), history));
    }

    [Fact]
    public void A_bucket_that_had_time_to_fill_rejects_nobody()
    {
        var history = new HistoryBuilder();
        for (var i = 0; i < 3; i++)
            Call(history, "a", i * 10, 200);
        Call(history, "a", 2_000, 429);

        Assert.Equal("starved", Found(new NobodyStarved(s_quota), history));
    }

    [Theory]
    [InlineData(502, "no-goodput")]
    [InlineData(429, null)]
    [InlineData(200, null)]
    public void Long_after_an_outage_work_is_done(int status, string? anomaly)
    {
        var history = new HistoryBuilder();
        Pause(history, 0, 1_000);
        Call(history, "a", 2_000, 502);
        for (var i = 0; i < 5; i++)
            Call(history, "a", 10_000 + i, status);

        Assert.Equal(anomaly, Found(new GoodputRecovers(), history));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(5, "no-goodput")]
    public void Long_after_an_outage_prices_are_known_too(int without, string? anomaly)
    {
        var history = new HistoryBuilder();
        Pause(history, 0, 1_000);
        for (var i = 0; i < 20; i++)
            Call(history, "a", 10_000, 200);
        for (var i = 0; i < 5; i++)
        {
            var lookUp = history.Invoke(0, RateLimitWorkload.LookUp, "prices", Value.Nil, 10_000 * NsOfMs);
            history.Complete(
                lookUp, i >= without ? Outcome.Ok : Outcome.Fail,
                Value.List([new Prices(HostSince: 5, Edition: 7).ToValue("api-1")]), 10_100 * NsOfMs);
        }

        Assert.Equal(anomaly, Found(new GoodputRecovers(), history));
    }

    [Theory]
    [InlineData(1, 1_001, null)]
    [InlineData(1, 990, "too-early")]
    [InlineData(0, 2_000, "no-retry-after")]
    public void Who_is_rejected_waits_as_long_as_he_is_told(int seconds, int againMs, string? anomaly)
    {
        var history = new HistoryBuilder();
        Call(
            history, "a", 0, new Attempt(0, 1, 429, seconds),
            new Attempt(1 + againMs, 2 + againMs, 200, 0));

        Assert.Equal(anomaly, Found(new RetryAfterHonoured(), history));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(6, null)]
    [InlineData(7, "no-goodput")]
    public void One_call_in_ten_may_fail_and_as_many_more_as_chance_makes(int failures, string? anomaly)
    {
        var history = new HistoryBuilder();
        for (var i = 0; i < 10; i++)
            Call(history, "a", i * 10, i < failures ? 502 : 200);

        Assert.Equal(anomaly, Found(new GoodputRecovers(), history));
    }

    [Fact]
    public void Where_nothing_was_to_be_judged_nothing_is_said()
    {
        var history = new HistoryBuilder();
        Pause(history, 0, 1_000);
        Call(history, "a", 500, 503);
        IChecker[] checkers =
        [
            new LimitHolds(s_quota), new NobodyStarved(s_quota), new GoodputRecovers(),
            new RetryAfterHonoured(),
        ];

        Assert.All(
            checkers, checker => Assert.Equal(Validity.Unknown, checker.Check(history.Build()).Validity));
    }

    static string? Found(IChecker checker, HistoryBuilder history) =>
        checker.Check(history.Build()).Anomalies.Select(anomaly => anomaly.Type).FirstOrDefault();

    static void Pause(HistoryBuilder history, int fromMs, int toMs)
    {
        foreach (var (phase, atMs) in new[] { (FaultPhase.Start, fromMs), (FaultPhase.End, toMs) })
            history.Add(new()
            {
                TimeNs = atMs * NsOfMs, Phase = phase, Kind = "pause", Fault = 0, Description = "a pause",
            });
    }

    static void Call(HistoryBuilder history, string tenant, int atMs, int status) =>
        Call(history, tenant, atMs, new Attempt(0, 1, status, status == 429 ? 1 : 0));

    static void Call(HistoryBuilder history, string tenant, int atMs, params Attempt[] attempts)
    {
        var call = history.Invoke(
            0, RateLimitWorkload.Call, tenant, Value.Map(("requests", 1)), atMs * NsOfMs);
        history.Complete(
            call, attempts[^1].Status == 200 ? Outcome.Ok : Outcome.Fail,
            Value.List([Attempt.ToValue(attempts)]), (atMs + attempts[^1].EndedMs) * NsOfMs);
    }
}
