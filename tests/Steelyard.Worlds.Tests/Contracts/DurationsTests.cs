using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Tests.Contracts;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("250us")]
    [InlineData("250ms")]
    [InlineData("5s")]
    [InlineData("2m")]
    [InlineData("1h")]
    [InlineData("0s")]
    [InlineData("-5s")]
    [InlineData("1500ms")]
    public void A_duration_is_written_as_it_is_read(string text) =>
        Assert.Equal(text, Durations.Format(Durations.Parse(text)));

    [Fact]
    public void Every_tick_survives_the_round_trip()
    {
        var random = new SeededRandom(new(5), "test");
        for (var i = 0; i < 1000; i++)
        {
            var duration = TimeSpan.FromTicks(random.NextLong(TimeSpan.TicksPerDay));
            Assert.Equal(duration, Durations.Parse(Durations.Format(duration)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("five s")]
    [InlineData("99999999999999h")]
    public void Text_that_is_no_duration_is_refused(string text) =>
        Assert.Throws<UserMistakeException>(() => Durations.Parse(text));
}
