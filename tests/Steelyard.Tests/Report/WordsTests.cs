using Steelyard.Analysis.Measurements;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Report;

namespace Steelyard.Tests.Report;

public sealed class WordsTests
{
    [Theory]
    [InlineData("VV", "Bank kept both promises")]
    [InlineData("VVV", "Bank kept all three promises")]
    [InlineData("II", "Bank broke both promises")]
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

    [Fact]
    public void The_trade_of_a_partition_is_told_side_by_side()
    {
        var trade = Trade.Of(Samples.Run().Measures);

        Assert.StartsWith(
            "During the 4 s partition, answered within 1 s: on the majority side (n1 n2) 100 % of ", trade[0],
            StringComparison.Ordinal);
        Assert.Contains(
            " requests due and on the minority side (n3) none of ", trade[0], StringComparison.Ordinal);
        // The clients of the west never catch up with what was due meanwhile.
        Assert.Equal("After the last fault had ended it did not come back to where it was before", trade[1]);
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

        Assert.Equal(
            ["Answered within 1 s: 50 % of 2 requests due"], Trade.Of(RunMeasures.Of(history, new())));
    }

    static Verdict Of(char validity) => validity switch
    {
        'V' => Verdict.Holds("a", "it is"),
        'I' => Verdict.Broken("a", new Anomaly("t", "it is not", [])),
        _ => Verdict.Undecided("a", "10 steps"),
    };
}
