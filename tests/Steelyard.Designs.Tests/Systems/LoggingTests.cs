namespace Steelyard.Designs.Tests.Systems;

public sealed class LoggingTests
{
    [Theory]
    [InlineData("spill", "")]
    [InlineData("lossy", "no-lost-effects")]
    [InlineData("blocking", "latency-p99; availability")]
    public void A_slow_collector_costs_lines_or_time_or_a_disk(string whenFull, string broken) =>
        Assert.Equal(broken, Run($"when-full {whenFull}").Broken);

    [Fact]
    public void What_is_lost_is_what_came_too_much_but_for_what_the_buffer_keeps()
    {
        // 500 a second come and 250 go, for ten seconds.
        var law = (10 * (500 - 250)) - 1_000;
        var error = 4 * Math.Sqrt(10 * 500);

        Assert.InRange(Run("when-full lossy")["lost-effects"], law - error, law + error);
        Assert.Equal("", Run("when-full lossy buffer 3000").Broken);
    }

    [Fact]
    public void What_went_by_the_disk_arrives_later_and_all_of_it()
    {
        var spill = Run("when-full spill");

        Assert.Equal(0, spill["lost-effects"]);
        Assert.True(spill["buffer-spilled"] > 1_500);
        // 2,500 lines behind, at 500 a second more than come.
        Assert.InRange(spill["buffer-delivery-p99"], 3_500, 6_500);
        Assert.Equal(
            spill.Account.Counted.Answered,
            spill.Account.MetersOf("collector").Sum(meter => meter.AnsweredWell));
    }

    static MeasuredRun Run(string options) => MeasuredRun.Of("logging", options);
}
