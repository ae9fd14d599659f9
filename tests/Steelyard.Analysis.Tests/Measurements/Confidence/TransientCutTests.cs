using Steelyard.Analysis.Measurements.Confidence;

namespace Steelyard.Analysis.Tests.Measurements.Confidence;

public sealed class TransientCutTests
{
    [Fact]
    public void A_planted_transient_is_cut_and_little_more()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var steady = Observed.Independent(seed, 1_000);
            double[] series = [.. steady.Select((value, at) => at < 100 ? value + 8 - (at * 0.08) : value)];

            var cut = TransientCut.Find(series);

            Assert.True(cut.IsKnown);
            Assert.InRange(cut.Cut, 50, 300);
            Assert.Equal(1_000 - cut.Cut, cut.Rest(series).Count);
        }
    }

    [Fact]
    public void Without_its_transient_a_queue_that_began_full_has_its_mean()
    {
        var series = Observed.Responses(5, 20_000, 0.5, firstWait: 400);

        var cut = TransientCut.Find(series);

        Assert.InRange(cut.Cut, 300, 3_000);
        Assert.Equal(2, BatchMeans.Of(cut.Rest(series)).Estimate, 0.15);
        Assert.True(series.Average() > 4);
    }

    [Fact]
    public void A_series_without_a_transient_keeps_nearly_all()
    {
        var cuts = Enumerable.Range(1, 50)
            .Select(seed => TransientCut.Find(Observed.Independent(seed, 1_000))).ToList();

        Assert.InRange(cuts.Count(cut => cut.IsKnown), 45, 50);
        Assert.InRange(cuts.Average(cut => cut.Cut), 0, 100);
    }

    [Fact]
    public void A_series_that_never_changes_keeps_all() => Assert.Equal(
        new(0, 500, IsKnown: true), TransientCut.Find([.. Enumerable.Repeat(7.0, 500)]));

    [Fact]
    public void What_changes_beyond_the_middle_cannot_be_told_from_a_transient()
    {
        var cut = TransientCut.Find(
            [.. Observed.Independent(2, 1_000).Select((value, at) => value + Math.Max(0, 800 - at))]);

        Assert.False(cut.IsKnown);
        Assert.Equal(0, cut.Cut);
        Assert.Contains("too few", cut.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handful_of_values_tells_nothing() => Assert.False(TransientCut.Find([1, 2, 3]).IsKnown);
}
