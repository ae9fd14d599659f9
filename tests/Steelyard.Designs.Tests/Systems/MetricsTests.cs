namespace Steelyard.Designs.Tests.Systems;

public sealed class MetricsTests
{
    [Theory]
    [InlineData("counting sampled", "")]
    [InlineData("counting aggregated", "")]
    [InlineData("counting exact counters 3", "")]
    [InlineData("counting exact", "latency-p99; availability; counter-count-off")]
    [InlineData("counting lossy", "counter-count-off")]
    public void A_sample_will_do_and_an_exact_count_has_its_price(string options, string broken) =>
        Assert.Equal(broken, Run(options).Broken);

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void A_sample_is_off_as_chance_says_and_no_more(int oneIn)
    {
        var run = Run($"counting sampled one-in {oneIn}");
        var error = Math.Sqrt((oneIn - 1) / run["requests-due"]);

        Assert.InRange(run["counter-count-off"], 1e-9, 4 * error);
    }

    [Fact]
    public void What_is_dropped_for_want_of_room_makes_a_count_too_small_by_as_much()
    {
        var run = Run("counting lossy");
        var kept = 500 * 30 / run["requests-due"];

        Assert.InRange(run["counter-count-off"], 1 - kept - 0.01, 1 - kept + 0.01);
    }

    [Fact]
    public void What_is_counted_together_is_exact_and_costs_as_many_messages_as_seconds()
    {
        var run = Run("counting aggregated");

        Assert.Equal(0, run["counter-count-off"]);
        Assert.InRange(run.Account.MetersOf("counter").Sum(meter => meter.Came), 28, 31);
        Assert.Equal(3, Run("counting exact counters 3")["cost"] / run["cost"], 1e-9);
    }

    static MeasuredRun Run(string options) => MeasuredRun.Of("metrics", options);
}
