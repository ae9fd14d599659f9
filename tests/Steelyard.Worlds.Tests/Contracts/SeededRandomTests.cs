using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Tests.Contracts;

public sealed class SeededRandomTests
{
    [Fact]
    public void A_stream_is_the_same_in_every_process()
    {
        var random = new SeededRandom(new(42), "workload");
        Assert.Equal(
            [15369354460610484808, 18299143659215186919], new[] { random.NextBits(), random.NextBits() });
    }

    [Fact]
    public void The_generator_is_xoshiro256_starstar()
    {
        // The authors' reference code, started from the state 1, 2, 3, 4, gives these.
        var random = new SeededRandom(1, 2, 3, 4);
        Assert.Equal(
            [11520UL, 0UL, 1509978240UL, 1215971899390074240UL],
            Enumerable.Range(0, 4).Select(_ => random.NextBits()));
    }

    [Fact]
    public void Purposes_and_numbers_split_streams()
    {
        var firsts = new[]
        {
            new SeededRandom(new(1), "network").NextBits(),
            new SeededRandom(new(1), "faults").NextBits(),
            new SeededRandom(new(1), "node", 1).NextBits(),
            new SeededRandom(new(1), "node", 2).NextBits(),
            new SeededRandom(new(2), "node", 2).NextBits(),
        };
        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    [Fact]
    public void Draws_below_a_bound_are_uniform()
    {
        var random = new SeededRandom(new(7), "test");
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
            counts[random.Next(10)]++;
        // Chi-square with 9 degrees of freedom: 27.9 is exceeded once in a thousand; the seed is fixed.
        var chiSquare = counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000);
        Assert.InRange(chiSquare, 0, 27.9);
    }

    [Fact]
    public void An_exponential_draw_has_its_mean()
    {
        var random = new SeededRandom(new(7), "test");
        var mean = Enumerable.Range(0, 100_000).Average(_ => random.Exponential(3));
        Assert.InRange(mean, 2.95, 3.05);
    }

    [Theory]
    [InlineData("42", 42)]
    [InlineData("0x2a", 42)]
    [InlineData("0xFFFFFFFFFFFFFFFF", ulong.MaxValue)]
    public void A_seed_is_read_in_decimal_and_hex(string text, ulong value) =>
        Assert.Equal(value, Seed.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0x")]
    [InlineData("forty-two")]
    public void Text_that_is_no_seed_is_refused(string text)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Seed.Parse(text));
        Assert.Equal($"expected a seed such as 42 or 0x2a, found \"{text}\"", mistake.Message);
    }
}
