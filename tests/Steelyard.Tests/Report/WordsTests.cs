using Steelyard.Histories;
using Steelyard.Report;

namespace Steelyard.Tests.Report;

public sealed class WordsTests
{
    [Theory]
    [InlineData("VV", "Bank kept all two promises")]
    [InlineData("V", "Bank kept its promise")]
    [InlineData("I", "Bank broke its promise")]
    [InlineData("VIV", "Bank broke one of three promises")]
    [InlineData("IU", "Bank broke one of two promises, and one could not be decided")]
    [InlineData("VU", "Bank kept one of two promises; one could not be decided")]
    [InlineData("U", "Bank kept none of its promises for sure; one could not be decided")]
    [InlineData("", "Bank was run; nothing was asked of it")]
    public void The_headline_counts_what_held_and_never_takes_unknown_for_success(string verdicts,
        string headline)
    {
        Assert.Equal(headline, PlainWords.Headline("Bank", [.. verdicts.Select(Of)]));
    }

    [Theory]
    [InlineData(1, "100 %")]
    [InlineData(0, "0 %")]
    [InlineData(0.998, "99.8 %")]
    [InlineData(0.9999, "99.99 %")]
    [InlineData(0.99999999, "99.999 %")]
    [InlineData(0.0001, "under 0.1 %")]
    public void A_share_is_never_rounded_up_to_all_or_down_to_none(double share, string text)
    {
        Assert.Equal(text, Trade.Percent(share));
    }

    [Fact]
    public void The_trade_of_a_partition_is_told_side_by_side()
    {
        var trade = Trade.Of(Samples.Run().World.History);

        Assert.StartsWith("During the 4 s partition, the majority side (n1 n2) answered 100 % of", trade[0],
            StringComparison.Ordinal);
        Assert.Contains("and the minority side (n3) answered 0 %", trade[0], StringComparison.Ordinal);
        Assert.Contains("after the last fault had ended", trade[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_partition_the_trade_is_told_of_all_requests()
    {
        var history = History.Parse("""
            0 invoke read
            0 ok     read 1
            1 invoke read
            1 fail   read
            """);

        Assert.Equal(["50 % of 2 requests were answered"], Trade.Of(history));
    }

    static Verdict Of(char validity) => validity switch
    {
        'V' => Verdict.Holds("a", "it is"),
        'I' => Verdict.Broken("a", new Anomaly("t", "it is not", [])),
        _ => Verdict.Undecided("a", "10 steps"),
    };
}
