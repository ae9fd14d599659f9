using Steelyard.Live.Clocks;

namespace Steelyard.Live.Tests.Clocks;

public sealed class ClockLeadTests
{
    [Theory]
    [InlineData(0, 10, 11, 20, 1, true)]
    [InlineData(0, 10, 9, 20, 1, false)]
    [InlineData(0, 10, -9, -1, -1, true)]
    [InlineData(0, 10, -9, 1, -1, false)]
    [InlineData(0, 10, 11, 20, -1, false)]
    public void It_has_moved_only_where_no_delay_of_an_answer_could_look_so(
        int least, int most, int leastNow, int mostNow, int towards, bool hasMoved) => Assert.Equal(
            hasMoved,
            new ClockLead(Of(leastNow), Of(mostNow)).HasMoved(new(Of(least), Of(most)), Of(towards)));

    [Fact]
    public void Of_a_node_that_did_not_say_before_nothing_is_known() =>
        Assert.False(new ClockLead(Of(100), Of(101)).HasMoved(null, Of(1)));

    [Fact]
    public async Task The_answer_that_came_soonest_tells_most()
    {
        var asked = 0;

        var lead = await ClockLead.By(async () =>
        {
            await Task.Delay(++asked == 3 ? 0 : 100);
            return DateTimeOffset.UtcNow + TimeSpan.FromSeconds(10);
        });

        Assert.InRange(10, lead.Least.TotalSeconds, lead.Most.TotalSeconds);
        Assert.InRange((lead.Most - lead.Least).TotalSeconds, 0, 0.09);
    }

    static TimeSpan Of(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
