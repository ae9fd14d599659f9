using Steelyard.Sweeps;

namespace Steelyard.Tests.Sweeps;

public sealed class FrontierTests
{
    // What a seed brings befalls all points: far more than their differences.
    static readonly double[] Luck = [0, 40, 90];

    [Fact]
    public void A_point_that_is_worse_at_something_and_better_at_nothing_is_dominated()
    {
        var found = Swept.Result("rate=1,2,3", At(10, 20), At(20, 10), At(20, 20));

        Assert.Equal(
            [PointStanding.Frontier, PointStanding.Frontier, PointStanding.Dominated],
            found.Points.Select(point => point.Standing));
        Assert.Equal("rate=1", found.Points[2].Rival!.Name);
        Assert.Equal(
            ["rate=1 is 10 ms faster at x, 95 %", "y is the same in all 3 seeds"],
            SweepWords.Why(found, found.Points[2]));
    }

    [Fact]
    public void What_seeds_cannot_tell_may_be_dominated()
    {
        var found = Swept.Result(
            "rate=1,2", At(10, 20), [(11, 25), (49, 65), (101, 115)]);

        Assert.Equal(
            [PointStanding.Frontier, PointStanding.MayBeDominated],
            found.Points.Select(point => point.Standing));
        Assert.Equal("rate=1", found.Points[1].Rival!.Name);
    }

    [Fact]
    public void Two_that_are_the_same_do_not_dominate_each_other() => Assert.All(
        Swept.Result("rate=1,2", At(10, 20), At(10, 20)).Points,
        point => Assert.Equal(PointStanding.Frontier, point.Standing));

    [Fact]
    public void With_one_seed_what_it_showed_counts_and_that_is_said()
    {
        var found = Swept.Result("rate=1,2", [(1, 1)], [(2, 1)]);

        Assert.Equal(
            [PointStanding.Frontier, PointStanding.Dominated], found.Points.Select(point => point.Standing));
        Assert.Contains(
            "One seed a point: there are no intervals, and what stands here is what that seed showed",
            SweepWords.Notes(found));
    }

    [Fact]
    public void A_point_without_a_figure_is_not_placed_and_dominates_nobody()
    {
        var found = Swept.Result("rate=1,2", [(double.NaN, 1), (double.NaN, 1)], [(2, 2), (2, 3)]);

        Assert.Equal(
            [PointStanding.NotPlaced, PointStanding.Frontier], found.Points.Select(point => point.Standing));
        Assert.Contains("rate=1 could not be placed: no run of it measured x", SweepWords.Notes(found));
    }

    [Fact]
    public void Where_seeds_differ_by_their_luck_only_the_frontier_is_that_of_the_definition()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            (double X, double Y)[] true_ =
                [.. Enumerable.Range(0, 12).Select(_ => ((double)random.Next(6), (double)random.Next(6)))];

            var found = Swept.Result("rate=1..12", [.. true_.Select(one => At(one.X, one.Y))]);

            Assert.Equal(
                true_.Select(one => true_.Any(other => other.X <= one.X && other.Y <= one.Y && other != one)
                    ? PointStanding.Dominated : PointStanding.Frontier),
                found.Points.Select(point => point.Standing));
        }
    }

    static (double X, double Y)[] At(double x, double y) => [.. Luck.Select(luck => (x + luck, y + luck))];
}
