using Steelyard.Designs.Architecture.Measuring;

namespace Steelyard.Designs.Tests.Systems;

public sealed class FeedTests
{
    const double OneSeconds = 0.001;
    const double EachSeconds = 0.0001;

    static readonly TimeSpan s_short = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("hybrid", "")]
    [InlineData("on-write", "outbox-delivery-p99")]
    [InlineData("on-read", "latency-p99")]
    public void Only_celebrities_are_gathered_when_they_are_read(string fanOut, string broken) =>
        Assert.Equal(broken, MeasuredRun.Of("feed", $"fan-out {fanOut}").Broken);

    [Fact]
    public void A_read_that_gathers_costs_as_much_as_there_are_to_be_gathered()
    {
        var run = MeasuredRun.Of("feed", "fan-out on-read", s_short);
        var (reads, posts) = (Came(run, "readers"), Came(run, "authors"));
        var law = ((reads * (OneSeconds + (99 * EachSeconds))) + (posts * OneSeconds)) / 20;

        Assert.InRange(Working(run, "posts"), 0.98 * law, 1.01 * law);
    }

    [Fact]
    public void A_post_that_is_spread_costs_as_much_as_its_author_has_followers()
    {
        var run = MeasuredRun.Of("feed", "fan-out on-write", TimeSpan.FromSeconds(40));
        var (reads, posts) = (Came(run, "readers"), Came(run, "authors"));
        var (mean, square) = Spread();
        var error = 4 * Math.Sqrt(posts * square) / 40;
        var law = ((reads * OneSeconds) + (posts * mean)) / 40;

        Assert.InRange(Working(run, "timelines"), (0.98 * law) - error, (1.01 * law) + error);
    }

    [Fact]
    public void Where_more_is_written_than_read_it_is_reading_that_should_gather()
    {
        var (mean, _) = Spread();
        // 5.3 posts to a read.
        Assert.True(50 * mean > 10 * 99 * EachSeconds);
        Assert.True(Work("reads 10 posts 50", "on-write") > 2 * Work("reads 10 posts 50", "on-read"));
        Assert.True(Work("reads 500 posts 5", "on-write") < Work("reads 500 posts 5", "on-read") / 2);

        static double Work(string load, string fanOut)
        {
            var run = MeasuredRun.Of("feed", $"{load} fan-out {fanOut}", TimeSpan.FromSeconds(10));
            return Working(run, "posts") + (fanOut == "on-write" ? Working(run, "timelines") : 0);
        }
    }

    static long Came(MeasuredRun run, string clients) => run.Account.MetersOf(clients)[0].Came;

    static double Working(MeasuredRun run, string part) =>
        new PartFigures(run.Account, run.Account.Graph.PartOf(part)).Working;

    // What a post costs in chunks of 500 followers, by who writes it: its mean, and that of its square.
    static (double Mean, double Square) Spread()
    {
        var weights = Enumerable.Range(1, 20_000).Select(rank => Math.Pow(rank, -0.6)).ToList();
        var sum = weights.Sum();
        var costs = weights.Select(weight => Math.Max(1, Math.Round(weight * 100 * 20_000 / sum)))
            .Select(followers =>
                (Math.Ceiling(followers / 500) * (OneSeconds - EachSeconds)) + (followers * EachSeconds))
            .ToList();
        return (
            weights.Zip(costs, (weight, cost) => weight / sum * cost).Sum(),
            weights.Zip(costs, (weight, cost) => weight / sum * cost * cost).Sum());
    }
}
