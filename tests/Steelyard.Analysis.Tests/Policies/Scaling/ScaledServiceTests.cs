using Steelyard.Analysis.Policies.Scaling;
using Steelyard.Analysis.Policies.Scaling.Services;

namespace Steelyard.Analysis.Tests.Policies.Scaling;

/// <summary>The service itself, against what can be computed by hand.</summary>
public class ScaledServiceTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    static ScaledServiceOptions Options(int instances, double startUp = 30) => new()
    {
        Settings = new() { Initial = instances, Maximum = 1000, StartUp = startUp * Second },
        PricePerHour = 0.5,
    };

    static DemandTrace Demand(params (int Seconds, double Rate)[] parts) => new(
        "test", [.. parts.SelectMany(part => Enumerable.Repeat(part.Rate, part.Seconds))], Second);

    [Fact]
    public void Below_capacity_nothing_waits_and_hours_are_instances_times_time()
    {
        var run = new ScaledService(Options(4)).Run(Demand((7200, 300)), "fixed:replicas=4");

        Assert.Equal(0, run.Missed);
        Assert.Equal(0, run.LongestQueue);
        Assert.Equal(8, run.InstanceHours, 1e-9);
        Assert.Equal(4, run.Cost, 1e-9);
        Assert.Equal(0.75, run.MeanUtilisation, 1e-9);
        Assert.Equal(2_160_000, run.Due, 1e-3);
    }

    [Fact]
    public void Above_capacity_the_queue_grows_by_what_is_too_much_and_drains_afterwards()
    {
        // 100 a second too many for 60 s, then 100 a second to spare.
        var run = new ScaledService(Options(4)).Run(
            Demand((60, 500), (120, 300)), "fixed:replicas=4");

        Assert.Equal(6000, run.LongestQueue, 1e-6);
        Assert.Equal(0, run.Timeline[^1].Queue, 1e-6);
        // Who comes at t waits t/4 while it grows: longer than 150 ms from 0.6 s on. At 60 s it is 15 s, and
        // it shrinks by a quarter of a second each second, to 150 ms after 59.4 s.
        Assert.Equal((59.4 * 500) + (59.4 * 300), run.Missed, 60.0);
    }

    [Fact]
    public void Who_is_never_served_has_missed()
    {
        var run = new ScaledService(Options(0)).Run(Demand((50, 10)), "fixed:replicas=0");
        Assert.Equal(1, run.SloMissShare, 1e-9);
    }

    [Theory]
    // From 10 to 30 instances at 60 s: cold after 30 s more, from beside after 2 s.
    [InlineData(0, 90, 30)]
    [InlineData(20, 62, 30)]
    [InlineData(5, 62, 15)]
    public void New_instances_serve_after_their_start_and_those_from_beside_sooner(
        int beside, int second, int ready)
    {
        var options = Options(10) with { WarmPool = beside };
        var run = new ScaledService(options).Run(Demand((200, 100)), "fixed:replicas=30");

        Assert.Equal(10, run.Timeline[second - 1].Ready);
        Assert.Equal(ready, run.Timeline[second].Ready);
        Assert.Equal(30, run.Timeline[60].Replicas);
        Assert.Equal(30, run.Timeline[90].Ready);
        Assert.Equal(beside * 200 / 3600.0, run.WarmHours, 1e-9);
    }

    [Fact]
    public void Turns_are_counted_and_not_changes_in_one_direction()
    {
        var run = new ScaledService(Options(10)).Run(
            Demand((400, 100)), new Told([20, 30, 10, 5, 7]), "told");

        Assert.Equal(5, run.Changes);
        Assert.Equal(2, run.Thrash);
    }

    [Fact]
    public void Learning_counts_for_nothing()
    {
        var run = new ScaledService(Options(1) with { Learning = 100 * Second }).Run(
            Demand((100, 200), (100, 0), (100, 50)), "fixed:replicas=1");

        Assert.Equal(5000, run.Due, 1e-6);
        Assert.Equal(0, run.Missed, 1e-6);
        Assert.Equal(200 / 3600.0, run.InstanceHours, 1e-9);
    }

    [Fact]
    public void A_trace_of_points_holds_each_rate_until_the_next()
    {
        var trace = DemandTrace.OfPoints("points", [(10, 5), (13, 7), (15, 9)]);
        Assert.Equal([5, 5, 5, 7, 7, 9, 9], trace.RatesPerSecond);
    }

    [Fact]
    public void Regions_share_the_demand_and_each_has_its_day_later()
    {
        var demand = DemandShape.Named("diurnal").Trace(0, 1000, TimeSpan.FromDays(1));
        var parts = Enumerable.Range(0, 3).Select(region => demand.Of(region, 3)).ToList();

        Assert.Equal(demand.Requests, parts.Sum(part => part.Requests), demand.Requests * 1e-9);
        Assert.Equal(demand.RatesPerSecond[8 * 3600] / 3, parts[1].RatesPerSecond[0], 1e-9);
        // Around the earth the sun always shines somewhere: the whole is nearly level.
        var whole = DemandTrace.Sum("whole", parts);
        Assert.InRange(whole.RatesPerSecond.Max() / whole.RatesPerSecond.Min(), 1, 1.01);
    }

    /// <summary>Decides as it was told, one count a minute.</summary>
    sealed class Told(int[] counts) : IScalingPolicy
    {
        int _looks;

        public TimeSpan Period => TimeSpan.FromMinutes(1);

        public ScalingDecision Decide(in ScalingObservation observation) =>
            new(counts[Math.Min(_looks++, counts.Length - 1)], "Told");
    }
}
