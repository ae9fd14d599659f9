using Steelyard.Analysis.Laws.Scaling;
using Steelyard.Analysis.Policies.Scaling;
using Steelyard.Analysis.Policies.Scaling.Services;

namespace Steelyard.Analysis.Tests.Policies.Scaling;

/// <summary>What is said of elasticity, held against runs.</summary>
public class ScalingClaimsTests
{
    static ScaledRun Run(
        string policy, DemandTrace demand, ScalingSettings settings, TimeSpan learning = default) =>
        new ScaledService(new() { Settings = settings, Learning = learning }).Run(demand, policy);

    static DemandTrace Shape(string name, double low = 200, double high = 2000) =>
        DemandShape.Named(name).Trace(low, high);

    [Fact]
    public void Ten_times_the_traffic_takes_the_usual_hpa_four_steps()
    {
        // 600 a second keep ten busy by 0.6; then at once 6,000.
        var demand = new DemandTrace(
            "jump", [.. Enumerable.Repeat(600.0, 300), .. Enumerable.Repeat(6000.0, 300)],
            TimeSpan.FromSeconds(1));
        var run = Run("hpa:metric=requests", demand, new() { Initial = 10, StartUp = TimeSpan.Zero });

        var steps = run.Timeline.Select(second => second.Replicas).Where((count, at) =>
            at == 0 || count != run.Timeline[at - 1].Replicas).ToList();
        Assert.Equal([10, 20, 40, 80, 100], steps);
        // One step a look, and a look every 15 s.
        Assert.Equal(45, run.Timeline.First(second => second.Replicas == 100).Seconds
            - run.Timeline.First(second => second.Replicas == 20).Seconds);
    }

    [Fact]
    public void The_window_of_five_minutes_lowers_the_turns_on_a_noisy_demand()
    {
        var settings = new ScalingSettings { Initial = 10 };
        var with = Run("hpa", Shape("noisy"), settings);
        var without = Run("hpa:down-window=0s", Shape("noisy"), settings);

        Assert.True(without.Thrash > 2 * with.Thrash, $"{without.Thrash} turns without, {with.Thrash} with");
        Assert.True(without.SloMissShare > with.SloMissShare);
        Assert.True(without.InstanceHours < with.InstanceHours);
    }

    [Theory]
    [InlineData(150, 2)]
    [InlineData(730, 13)]
    [InlineData(730, 100)]
    [InlineData(1995, 2)]
    [InlineData(4001, 66)]
    [InlineData(4001, 2)]
    public void Target_tracking_with_a_warm_up_stays_within_one_instance_on_a_constant_demand(
        double rate, int initial)
    {
        var settings = new ScalingSettings { Initial = initial, StartUp = TimeSpan.FromMinutes(4) };
        var demand = DemandShape.Named("constant").Trace(0, rate, TimeSpan.FromHours(5));

        // What waited since an overloaded beginning is served by then, and what was started for it is gone.
        var counts = Run("aws-target", demand, settings).Timeline.Skip(3 * 3600)
            .Select(second => second.Replicas).ToList();

        Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        // As many as the target wants, or one more: fewer are taken only below nine tenths of it.
        var wanted = Math.Ceiling(rate / 60);
        Assert.InRange(counts[^1], wanted, Math.Max(wanted + 1, Math.Ceiling(rate / 60 / 0.9)));
    }

    [Fact]
    public void Target_tracking_without_its_warm_up_asks_for_what_is_starting_again()
    {
        var settings = new ScalingSettings { Initial = 2, StartUp = TimeSpan.FromMinutes(3) };
        var demand = Shape("constant", 0, 180);

        var with = Run("aws-target", demand, settings);
        var without = Run("aws-target:warm-up=0s", demand, settings);

        Assert.Equal(3, with.PeakReplicas);
        Assert.True(without.PeakReplicas > 4, $"{without.PeakReplicas} without");
    }

    [Fact]
    public void A_forecast_misses_less_of_a_day_that_comes_again_at_about_the_same_cost()
    {
        var (reactive, predictive) = Both(Shape("diurnal"));

        Assert.True(predictive.SloMissShare < reactive.SloMissShare / 10,
            $"{predictive.SloMissShare} with a forecast, {reactive.SloMissShare} without");
        Assert.InRange(predictive.Cost / reactive.Cost, 0.9, 1.1);
        Assert.InRange(predictive.ForecastError!.Value, 0.0001, 0.05);
    }

    [Fact]
    public void A_forecast_does_not_know_of_a_spike_that_never_was()
    {
        // Two nights of nothing unusual, and in the third 1,500 a second more for half an hour from 2 on.
        var rates = Shape("diurnal").RatesPerSecond.ToArray();
        var at = 50 * 3600;
        for (var second = at; second < at + 1800; second++)
            rates[second] += 1500;
        var (reactive, predictive) = Both(new("spike", rates, TimeSpan.FromSeconds(1)));
        var (calmReactive, calmPredictive) = Both(Shape("diurnal"));

        Assert.True(predictive.Missed - calmPredictive.Missed >= reactive.Missed - calmReactive.Missed);
        Assert.True(predictive.Missed > 1_000_000);
    }

    // Instances that start long, and little to spare: what a ramp is missed by.
    static (ScaledRun Reactive, ScaledRun Predictive) Both(DemandTrace demand)
    {
        var settings = new ScalingSettings
        {
            Initial = 4, Target = 0.9, StartUp = TimeSpan.FromMinutes(10),
        };
        var learning = TimeSpan.FromDays(1);
        return (Run("hpa", demand, settings, learning), Run("predictive", demand, settings, learning));
    }

    [Fact]
    public void Scaling_at_all_costs_less_than_the_most_all_the_time()
    {
        var settings = new ScalingSettings { Initial = 4, Maximum = 34 };
        var most = Run("fixed", Shape("diurnal"), settings);
        var reactive = Run("hpa", Shape("diurnal"), settings);
        Assert.Equal(0, most.Missed);
        Assert.True(reactive.Cost < 0.6 * most.Cost);
    }

    [Fact]
    public void Groups_in_regions_peak_together_no_higher_than_each_and_cost_more_than_one_for_all()
    {
        var options = new ScaledServiceOptions { Settings = new() { Minimum = 3 } };
        var runs = ScaledRegions.Compare(
            DemandShape.Named("diurnal").Trace(50, 900, TimeSpan.FromDays(1)), 3, options, ["hpa"]);

        Assert.Equal(["hpa ×3", "hpa global"], runs.Select(run => run.Policy));
        Assert.Equal(runs[1].Due, runs[0].Due, runs[1].Due * 1e-9);
        // Each region keeps its fewest through its night, and rounds up by itself.
        Assert.True(runs[0].InstanceHours > 1.1 * runs[1].InstanceHours);
    }

    [Fact]
    public void Twice_the_machines_cost_more_than_twice_for_twice_the_throughput()
    {
        var free = new ScaleCost(new(0, 0, 100), 0.1);
        var real = new ScaleCost(new(0.03, 0.0001, 100), 0.1);
        Assert.Equal(free.PerMillion(1), free.PerMillion(64), 1e-12);
        Assert.Equal(0.1 / 0.36, free.PerMillion(1), 1e-9);
        Assert.True(real.PerMillion(32) > 1.5 * real.PerMillion(1));
        Assert.True(real.PerMillion(64) > real.PerMillion(32));
    }

    [Theory]
    [InlineData("m5.large", "m5.24xlarge")]
    [InlineData("D2s_v5", "D8s_v5")]
    public void Within_a_family_a_core_costs_the_same_however_large_the_machine(string small, string large)
    {
        var (one, other) = (PriceTable.Usual.Named(small), PriceTable.Usual.Named(large));
        Assert.Equal(one.PricePerHour / one.Cores, other.PricePerHour / other.Cores, 1e-9);
    }
}
