using Steelyard.Analysis.Policies.Retries;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Policies.Retries;

public class BackoffTests
{
    static readonly TimeSpan Base = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan Cap = TimeSpan.FromMilliseconds(2000);

    [Theory]
    [InlineData("none", 3, 0, 0)]
    [InlineData("exponential", 0, 5, 5)]
    [InlineData("exponential", 3, 40, 40)]
    [InlineData("exponential", 60, 2000, 2000)]
    [InlineData("full", 3, 0, 40)]
    [InlineData("equal", 3, 20, 40)]
    [InlineData("decorrelated", 0, 5, 15)]
    public void Waits_lie_where_the_formula_says(string name, int retry, double least, double most)
    {
        var backoff = Backoff.Named(name);
        Assert.Equal(least, backoff.Of(retry, Base, Base, Cap, 0).TotalMilliseconds, 1e-3);
        Assert.Equal(most, backoff.Of(retry, Base, Base, Cap, 0.99999999).TotalMilliseconds, 1e-3);
    }

    [Fact]
    public void Decorrelated_waits_grow_from_the_wait_before_up_to_the_cap()
    {
        var backoff = Backoff.Named("decorrelated");
        Assert.Equal(300, backoff.Of(
            9, TimeSpan.FromMilliseconds(100), Base, Cap, 0.99999999).TotalMilliseconds, 1e-3);
        Assert.Equal(2000, backoff.Of(9, Cap, Base, Cap, 0.9).TotalMilliseconds, 1e-3);
        Assert.Throws<UserMistakeException>(() => Backoff.Named("jitter"));
    }

    [Theory]
    [InlineData("exponential", 3, 20, 20, 20)]
    [InlineData("full", 3, 0, 10, 20)]
    [InlineData("equal", 20, 1000, 1500, 2000)]
    [InlineData("decorrelated", 1, 5, 10, 15)]
    [InlineData("decorrelated", 4, 5, 45.625, 405)]
    public void Waits_have_the_mean_and_the_range_of_their_formula(
        string name, int retry, double least, double mean, double most)
    {
        var wait = WaitTimeline.Of(Backoff.Named(name), 5, 2000, retry)[^1];
        Assert.Equal(least, wait.LeastMs, 1e-9);
        Assert.Equal(mean, wait.MeanMs, mean * 1e-4);
        Assert.Equal(most, wait.MostMs, 1e-9);
    }

    [Fact]
    public void The_mean_of_a_capped_decorrelated_wait_is_that_of_trials()
    {
        var (random, sum, trials) = (new Random(3), 0.0, 200_000);
        var backoff = Backoff.Named("decorrelated");
        for (var trial = 0; trial < trials; trial++)
        {
            var wait = 5.0;
            for (var retry = 0; retry < 9; retry++)
                wait = backoff.Wait(retry, wait, 5, 2000, random.NextDouble());
            sum += wait;
        }

        Assert.Equal(sum / trials, WaitTimeline.Of(backoff, 5, 2000, 9)[^1].MeanMs, 5.0);
    }
}
