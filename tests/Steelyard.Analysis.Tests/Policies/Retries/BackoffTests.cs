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
}
