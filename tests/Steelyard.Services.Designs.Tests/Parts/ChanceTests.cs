using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Tests.Parts;

public sealed class ChanceTests
{
    // Exact sums of binomial coefficients.
    [Theory]
    [InlineData(0, 4, 0.1, 1)]
    [InlineData(1, 4, 0.1, 0.3439)]
    [InlineData(4, 4, 0.1, 0.0001)]
    [InlineData(6, 10, 0.1, 0.0001469026)]
    [InlineData(7, 10, 0.1, 0.0000091216)]
    [InlineData(5, 10, 0.5, 0.623046875)]
    public void The_tail_is_the_sum_of_its_terms(int failures, int attempts, double rate, double expected) =>
        Assert.Equal(expected, Chance.OfAtLeast(failures, attempts, rate), 9);

    [Fact]
    public void Many_attempts_are_no_less_exact() =>
        Assert.InRange(Chance.OfAtLeast(1_100, 10_000, 0.1), 0.0004, 0.0006);
}
