using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories.Measuring;

namespace Steelyard.Analysis.Tests.Measurements.Confidence;

public sealed class PairedComparisonTests
{
    [Fact]
    public void What_befalls_both_alike_does_not_hide_the_difference()
    {
        double[] first = [10, 50, 90, 30];
        double[] second = [13.2, 53.3, 93.1, 33.2];

        var comparison = Compare(first, second, "ms", Direction.LessIsBetter);

        Assert.Equal(Standing.Worse, comparison.Standing);
        Assert.Equal("B is 3.07 to 3.33 ms slower at p99, 95 %", comparison.Sentence);
        Assert.True(Replications.Mean(first).High > Replications.Mean(second).Low);
    }

    [Fact]
    public void Seen_from_the_other_it_is_faster()
    {
        var comparison = Compare([13.2, 53.3, 93.1], [10, 50, 90], "ms", Direction.LessIsBetter);

        Assert.Equal(Standing.Better, comparison.Standing);
        Assert.EndsWith("ms faster at p99, 95 %", comparison.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_of_both_signs_cannot_be_told_apart()
    {
        var comparison = Compare([10, 50, 90], [11, 49, 90.5], "ms", Direction.LessIsBetter);

        Assert.Equal(Standing.CannotTell, comparison.Standing);
        Assert.StartsWith(
            "A and B cannot be told apart at p99 (B less A is -", comparison.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_difference_at_all_is_the_same()
    {
        var comparison = Compare([1, 2], [1, 2], "share", Direction.MoreIsBetter);

        Assert.Equal(Standing.Same, comparison.Standing);
        Assert.Equal("A and B are the same at p99 in all 2 seeds", comparison.Sentence);
    }

    [Fact]
    public void One_seed_tells_no_difference() =>
        Assert.Equal(
            Standing.CannotTell, Compare([1], [100], "ms", Direction.LessIsBetter).Standing);

    [Fact]
    public void Shares_differ_by_points()
    {
        var comparison = Compare([0.9, 0.8, 0.7], [0.95, 0.851, 0.749], "share", Direction.MoreIsBetter);

        Assert.Equal(Standing.Better, comparison.Standing);
        Assert.Equal("B is 4.75 to 5.25 points higher at p99, 95 %", comparison.Sentence);
    }

    [Fact]
    public void Two_of_the_same_are_told_apart_as_seldom_as_said()
    {
        var apart = Observed.Count(400, seed => Compare(
            Runs(seed), Runs(seed + 10_000), "ms",
            Direction.LessIsBetter).Standing != Standing.CannotTell);

        // 5 % of 400, but for one time in a thousand.
        Assert.InRange(apart, 6, 36);
    }

    static List<double> Runs(int seed) =>
        [.. Observed.Independent(seed, 500).Chunk(100).Select(run => run.Average())];

    static PairedComparison Compare(
        IReadOnlyList<double> first, IReadOnlyList<double> second, string unit, Direction better) =>
        PairedComparison.Of(("A", first), ("B", second), "p99", unit, better);
}
