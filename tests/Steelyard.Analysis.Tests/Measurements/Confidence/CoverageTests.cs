using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Measurements.Confidence;

namespace Steelyard.Analysis.Tests.Measurements.Confidence;

/// <summary>Intervals hold the true figure as often as they say, within what chance allows.</summary>
public sealed class CoverageTests
{
    const int Seeds = 400;

    // Of 400 intervals of 95 % at least 364 and at most 394 hold, but for one time in a thousand.
    const int Least = 364;
    const int Most = 394;

    [Fact]
    public void Batch_means_hold_the_mean_of_a_queue_whose_values_depend_on_each_other() => Assert.InRange(
        Observed.Count(Seeds, seed => BatchMeans.Of(Steady(seed, 0.7)).Holds(1 / 0.3)), Least, Most);

    [Fact]
    public void Taken_for_independent_the_same_values_hold_it_far_too_seldom() => Assert.InRange(
        Observed.Count(Seeds, seed => Replications.Mean(Steady(seed, 0.7)).Holds(1 / 0.3)), 0, 200);

    [Fact]
    public void Batch_quantiles_hold_the_quantile_of_a_queue() => Assert.InRange(
        Observed.Count(Seeds, seed => BatchQuantiles.Of(Steady(seed, 0.5), 0.95).Holds(2 * Math.Log(20))),
        Least, Most);

    [Theory]
    [InlineData(0.5, 200)]
    [InlineData(0.99, 2_000)]
    public void Order_statistics_hold_the_quantile_of_independent_values(double share, int count) =>
        Assert.InRange(
            Observed.Count(Seeds, seed => OrderStatistics
                .Quantile([.. Observed.Independent(seed, count).Order()], share)
                .Holds(-Math.Log(1 - share))),
            Least, Seeds);

    [Theory]
    [InlineData(0.002, 500)]
    [InlineData(0.3, 100)]
    public void Wilsons_interval_holds_the_share(double share, int trials)
    {
        var held = Observed.Count(Seeds, seed =>
        {
            var random = new Random(seed);
            var successes = Enumerable.Range(0, trials).Count(_ => random.NextDouble() < share);
            return WilsonInterval.Of(successes, trials).Holds(share);
        });

        Assert.InRange(held, Least, Seeds);
    }

    [Fact]
    public void Replications_hold_the_mean_of_few() => Assert.InRange(
        Observed.Count(Seeds, seed => Replications.Mean(
            [.. Observed.Independent(seed, 4_000).Chunk(400).Select(run => run.Average())]).Holds(1)),
        Least, Most);

    [Fact]
    public void Order_statistics_of_counted_latencies_are_those_of_the_values()
    {
        var values = Observed.Independent(3, 5_000).Select(value => Math.Round(value * 1e6)).Order().ToList();
        var counted = new LatencyHistogram(5);
        foreach (var value in values)
            counted.Record((long)value);

        var (exact, found) =
            (OrderStatistics.Quantile(values, 0.99), OrderStatistics.QuantileNs(counted, 0.99));

        Assert.Equal(exact.Low, found.Low, exact.Low * 1e-5);
        Assert.Equal(exact.Estimate, found.Estimate, exact.Estimate * 1e-5);
        Assert.Equal(exact.High, found.High, exact.High * 1e-5);
    }

    // What lies before the steady state is left away.
    static IReadOnlyList<double> Steady(int seed, double busy) =>
        Observed.Responses(seed, 21_000, busy)[1_000..];
}
