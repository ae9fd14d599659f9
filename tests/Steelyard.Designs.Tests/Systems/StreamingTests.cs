namespace Steelyard.Designs.Tests.Systems;

public sealed class StreamingTests
{
    static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public void What_is_there_for_the_peak_is_paid_all_day()
    {
        var (all, needed) = (Evening("scaling fixed", 2), Evening("scaling scheduled", 2));

        Assert.Equal("cost", all.Broken);
        Assert.Equal("", needed.Broken);
        Assert.True(needed["cost"] < all["cost"] / 2);
    }

    [Fact]
    public void Without_a_cooldown_what_starts_is_taken_away_before_it_serves()
    {
        var (patient, hasty) = (Evening("scaling reactive", 4), Evening("scaling reactive cooldown 0s", 4));

        Assert.True(hasty["streams-turns"] > 5 * patient["streams-turns"]);
        Assert.True(hasty["availability"] < patient["availability"] - 0.1);
        Assert.True(hasty["cost"] < patient["cost"]);
    }

    [Fact]
    public void A_forecast_misses_less_than_a_reaction_once_it_has_seen_a_day_and_costs_a_little_more()
    {
        var (ahead, after) = (TwoDays("predictive"), TwoDays("reactive"));

        Assert.True(ahead["availability"] > after["availability"]);
        Assert.InRange(ahead["cost"] / after["cost"], 1, 1.1);

        static MeasuredRun TwoDays(string scaling) =>
            MeasuredRun.Of("streaming-evening", $"scaling {scaling}", s_day * 2, rate: 3);
    }

    static MeasuredRun Evening(string options, double rate) =>
        MeasuredRun.Of("streaming-evening", options, s_day, rate);
}
