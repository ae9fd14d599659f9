namespace Steelyard.Designs.Tests.Systems;

public sealed class ServerlessTests
{
    [Theory]
    [InlineData("20s", 20)]
    [InlineData("60s", 60)]
    public void As_many_are_cold_as_come_after_an_idle_one_is_gone(string keepWarm, int seconds)
    {
        const double perSecond = 0.05;
        var run = MeasuredRun.Of("serverless", $"warm 0 keep-warm {keepWarm}", TimeSpan.FromHours(48));
        var requests = run["requests-due"];

        // A gap longer than that, or the only warm one at work (100 ms, and 1 s where it was cold).
        var gone = Math.Exp(-perSecond * seconds);
        var cold = gone + ((1 - gone) * perSecond * (0.1 + gone));
        Assert.Equal(cold, run["function-cold-starts"] / requests, 4 * Math.Sqrt(cold / requests));
    }

    [Fact]
    public void A_warm_one_takes_the_wait_away_and_is_paid_for_at_all_times()
    {
        var (warm, cold) = (MeasuredRun.Of("serverless"), MeasuredRun.Of("serverless", "warm 0"));

        Assert.Equal("", warm.Broken);
        Assert.Equal("latency-p99", cold.Broken);
        Assert.True(cold["latency-p99"] > warm["latency-p99"] + 400);
        Assert.True(warm["cost"] > 20 * cold["cost"]);
    }

    [Fact]
    public void Without_a_cold_start_there_is_nothing_to_keep_warm() =>
        Assert.Equal("", MeasuredRun.Of("serverless", "warm 0 cold-start 0s").Broken);

    [Fact]
    public void Functions_are_cheaper_than_a_server_as_long_as_they_are_seldom_called()
    {
        Assert.True(Cost("functions", 0.05) < 0.1 * Cost("servers", 0.05));
        Assert.True(Cost("functions", 20) > 1.5 * Cost("servers", 20));

        static double Cost(string runOn, double rate) => MeasuredRun.Of(
            "serverless", $"run-on {runOn} warm 0", TimeSpan.FromMinutes(10), rate)["cost"];
    }
}
