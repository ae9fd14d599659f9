using Steelyard.Analysis.Measurements.Confidence;

namespace Steelyard.Analysis.Tests.Measurements.Confidence;

public sealed class ConfidenceIntervalTests
{
    [Fact]
    public void Students_t_over_three_runs_is_what_a_table_gives()
    {
        // Mean 2, standard deviation 1, t(0.975; 2) = 4.302653.
        var interval = Replications.Mean([1, 2, 3]);

        Assert.Equal(4.302653 / Math.Sqrt(3), interval.HalfWidth, 1e-6);
        Assert.Equal(2, interval.Estimate);
        Assert.Equal(1.2420, interval.RelativeHalfWidth, 1e-4);
    }

    [Fact]
    public void One_run_says_nothing_of_its_error()
    {
        var interval = Replications.Mean([7]);

        Assert.False(interval.IsKnown);
        Assert.Equal(double.PositiveInfinity, interval.RelativeHalfWidth);
        Assert.True(interval.Holds(1e9));
    }

    [Theory]
    // Newcombe 1998, table I, method 3 (the score method without a correction).
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilsons_interval_is_what_was_published(int successes, int trials, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, trials);
        var mirrored = WilsonInterval.Of(trials - successes, trials);

        Assert.Equal(low, interval.Low, 5e-5);
        Assert.Equal(high, interval.High, 5e-5);
        Assert.Equal(1 - interval.High, mirrored.Low, 1e-12);
    }

    [Theory]
    // Of a binomial table: P(B <= 7) = 0.0075 and P(B <= 8) = 0.0271 for 16 and 0.75.
    [InlineData(16, 0.75, 8, 16)]
    [InlineData(10, 0.5, 2, 9)]
    [InlineData(200, 0.99, 195, 201)]
    [InlineData(5, 0.01, 0, 2)]
    public void The_ranks_around_a_quantile_are_those_of_the_binomial_distribution(
        int count, double share, long low, long high) =>
        Assert.Equal((low, high), OrderStatistics.Ranks(count, share));

    [Fact]
    public void Too_few_values_leave_the_far_end_of_a_quantile_open()
    {
        var interval = OrderStatistics.Quantile(
            [.. Enumerable.Range(1, 200).Select(one => (double)one)], 0.99);

        Assert.Equal(195, interval.Low);
        Assert.Equal(double.PositiveInfinity, interval.High);
    }

    [Fact]
    public void Values_that_depend_on_each_other_all_along_have_no_batches()
    {
        var climbing = Enumerable.Range(0, 5_000).Select(value => (double)value).ToList();

        Assert.False(BatchMeans.Of(climbing).IsKnown);
        Assert.Contains("depend on each other", BatchMeans.Of(climbing).How, StringComparison.Ordinal);
        Assert.True(BatchMeans.Of(Observed.Independent(1, 5_000)).IsKnown);
    }

    [Fact]
    public void Batches_that_hold_few_values_beyond_a_quantile_say_nothing_of_it()
    {
        var series = Observed.Independent(1, 2_000);

        Assert.False(BatchQuantiles.Of(series, 0.999).IsKnown);
        Assert.True(BatchQuantiles.Of(series, 0.5).IsKnown);
    }

    [Fact]
    public void It_is_repeated_until_the_interval_is_narrow_or_there_are_enough()
    {
        var rule = new PrecisionRule(0.02, Least: 5, Most: 9);
        var (narrow, wide) = (Replications.Mean([100, 100.1, 99.9]), Replications.Mean([1, 2, 3]));

        Assert.Equal(PrecisionStep.More, rule.After(3, [narrow]));
        Assert.Equal(PrecisionStep.Enough, rule.After(5, [narrow]));
        Assert.Equal(PrecisionStep.More, rule.After(5, [narrow, wide]));
        Assert.Equal(PrecisionStep.GivenUp, rule.After(9, [narrow, wide]));
        Assert.Equal([5, 7, 9], [rule.Next(0), rule.Next(5), rule.Next(8)]);
    }
}
