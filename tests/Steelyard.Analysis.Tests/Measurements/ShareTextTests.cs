using Steelyard.Analysis.Measurements;

namespace Steelyard.Analysis.Tests.Measurements;

public sealed class ShareTextTests
{
    [Theory]
    [InlineData(1, "100 %")]
    [InlineData(0, "0 %")]
    [InlineData(1 / 3.0, "33.3 %")]
    [InlineData(0.998, "99.8 %")]
    [InlineData(0.9996, "99.96 %")]
    [InlineData(0.9999, "99.99 %")]
    [InlineData(0.99996, "99.996 %")]
    [InlineData(0.99999999, "99.9999 %")]
    [InlineData(0.0001, "under 0.1 %")]
    [InlineData(1e-12, "under 0.1 %")]
    [InlineData(0.001, "0.1 %")]
    public void A_share_is_never_rounded_up_to_all_or_down_to_none(double share, string text) =>
        Assert.Equal(text, ShareText.Percent(share));

    [Fact]
    public void No_part_of_a_whole_is_told_as_all_or_none_of_it()
    {
        for (var whole = 2L; whole < 10_000_000_000; whole *= 3)
        {
            Assert.NotEqual("100 %", ShareText.Percent((double)(whole - 1) / whole));
            Assert.NotEqual("0 %", ShareText.Percent(1.0 / whole));
        }
    }

    [Theory]
    [InlineData(200, "200 ms")]
    [InlineData(0.25, "0.25 ms")]
    [InlineData(1000, "1 s")]
    [InlineData(1500, "1.5 s")]
    [InlineData(180_000, "3 min")]
    [InlineData(12_960_000, "3.6 h")]
    public void A_limit_is_told_in_the_unit_that_suits_it(double ms, string text) =>
        Assert.Equal(text, LimitText.Of(TimeSpan.FromMilliseconds(ms)));
}
