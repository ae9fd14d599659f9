namespace Steelyard.Designs.Tests.Systems;

public sealed class BlackFridayTests
{
    static readonly TimeSpan s_short = TimeSpan.FromMinutes(11);

    [Fact]
    public void Who_has_the_day_in_the_calendar_is_ready_when_they_come() =>
        Assert.Equal("", MeasuredRun.Of("black-friday", "", s_short).Broken);

    [Fact]
    public void Who_waits_until_they_are_there_is_late_by_a_start_up_each_time()
    {
        var (slow, soon) = (Reactive("start-up 60s"), Reactive("start-up 10s"));

        Assert.Equal("availability", slow.Broken);
        Assert.Equal("", soon.Broken);
        Assert.True(slow["availability"] < soon["availability"] - 0.2);
    }

    [Fact]
    public void Instances_that_wait_to_be_used_take_the_start_up_away() =>
        Assert.Equal("", Reactive("warm-pool 20").Broken);

    [Fact]
    public void A_forecast_from_quiet_minutes_does_not_know_the_day() => Assert.Equal(
        "availability", MeasuredRun.Of("black-friday", "scaling predictive", s_short).Broken);

    [Fact]
    public void Two_more_above_seventy_percent_are_too_few()
    {
        var run = MeasuredRun.Of("black-friday", "scaling steps", s_short);

        Assert.True(run["availability"] < 0.4);
        // Those that warm up count for what they will do: two more in five minutes.
        Assert.InRange(run.Account.Scalings[^1].Instances, 12, 16);
    }

    // The default rules of autoscaling/v2: as many again, or four, every 15 s.
    [Fact]
    public void Ten_times_as_many_instances_take_four_steps()
    {
        var steps = MeasuredRun.Of(
            "black-friday", "policy hpa:metric=requests ramp 0s", TimeSpan.FromMinutes(6)).Account.Scalings;

        Assert.Equal([20, 40, 80], steps.Take(3).Select(step => step.Instances));
        Assert.InRange(steps[3].Instances, 95, 105);
        Assert.Equal(45e9, steps[3].TimeNs - steps[0].TimeNs, 1e6);
    }

    // Of workers that are all busy, with a target of 60 %, it asks for two thirds more and no further, until
    // those that it asked for are measured.
    [Fact]
    public void By_utilisation_it_cannot_see_how_many_are_missing()
    {
        var steps = MeasuredRun.Of(
            "black-friday", "policy hpa ramp 0s", TimeSpan.FromMinutes(8)).Account.Scalings;

        Assert.Equal([17, 29], steps.Take(2).Select(step => step.Instances));
        Assert.True(steps[1].TimeNs - steps[0].TimeNs >= 60e9);
    }

    static MeasuredRun Reactive(string options) =>
        MeasuredRun.Of("black-friday", $"scaling reactive {options}", s_short);
}
