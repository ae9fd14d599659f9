using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Tests.Architecture;

public sealed class EvenArrivalsTests
{
    [Fact]
    public void Each_session_asks_once_a_period_from_a_time_of_its_own_on()
    {
        var arrivals = new EvenArrivals(90, new(1, static _ => 1), sessions: 3, new(new(1), "test"));

        var bySession = Enumerable.Range(0, 300).Select(_ => arrivals.Next())
            .GroupBy(one => one.Whose, one => one.DueNs).OrderBy(session => session.Key).ToList();

        Assert.Equal([0, 1, 2], bySession.Select(session => session.Key));
        Assert.Equal(3, bySession.Select(session => session.First()).Distinct().Count());
        foreach (var times in bySession.Select(session => session.ToList()))
            Assert.All(times.Zip(times.Skip(1)), pair =>
                Assert.InRange(pair.Second - pair.First, 33_333_332, 33_333_335));
    }

    [Fact]
    public void A_rate_that_doubles_halves_the_period()
    {
        var arrivals = new EvenArrivals(
            100, new(2, static seconds => seconds < 1 ? 1 : 2), sessions: 1, new(new(1), "test"));

        var times = Enumerable.Range(0, 300).Select(_ => arrivals.Next().DueNs).ToList();

        Assert.InRange(times.Count(time => time < 1_000_000_000), 99, 101);
        Assert.InRange(times[^1], 1_980_000_000, 2_020_000_000);
    }
}
