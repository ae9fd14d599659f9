using Steelyard.Analysis.Laws.Queueing;
using Steelyard.Analysis.Measurements;

namespace Steelyard.Designs.Tests.Systems;

public sealed class SearchTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(10);

    [Fact]
    public void What_is_rare_at_one_shard_is_the_rule_for_all_of_them()
    {
        var run = MeasuredRun.Of("search", "hedge 0s", s_short);
        var leaves = new LatencyHistogram(significantDigits: 2);
        foreach (var meter in run.Account.MetersOf("leaf"))
            leaves.Merge(meter.Times);

        // Half a percent of the answers of a shard are slower than this, and 39 % of searches; four ways of
        // 250 µs and 1 ms at the front come on top of it.
        var slow = leaves.PercentileNs(0.995);
        var searches = MeasuredRun.ShareAbove(run.Account.Counted.Latencies, slow + 2e6);

        Assert.InRange(slow / 1e6, 20, 80);
        // Pauses of 100 servers begin at 100 random times of ten seconds: what they leave free has a standard
        // deviation of 2.5 points.
        Assert.Equal(new FanOut(100).SlowRequests(0.005), searches, 3 * 0.025);
    }

    [Fact]
    public void A_second_try_elsewhere_costs_little_and_takes_the_tail_away()
    {
        var hedged = MeasuredRun.Of("search", "", s_short);
        var plain = MeasuredRun.Of("search", "hedge 0s", s_short);

        Assert.Equal("", hedged.Broken);
        Assert.Equal("latency-p99", plain.Broken);
        Assert.True(hedged["latency-p99"] < plain["latency-p99"] / 2);
        Assert.InRange(hedged["front-leaf-attempts"], 1.005, 1.05);
    }

    [Fact]
    public void A_second_try_too_early_is_paid_for_by_every_server()
    {
        var run = MeasuredRun.Of("search", "hedge 2ms", s_short);

        Assert.Equal("front-leaf-attempts", run.Broken);
        Assert.True(
            run["leaf-utilisation"] > 1.3 * MeasuredRun.Of("search", "", s_short)["leaf-utilisation"]);
    }

    [Fact]
    public void Without_pauses_there_is_nothing_to_hedge() =>
        Assert.Equal("", MeasuredRun.Of("search", "hedge 0s pause 0s", s_short).Broken);
}
