using Steelyard.Analysis.Policies.Scaling.Kubernetes;

namespace Steelyard.Analysis.Tests.Policies.Scaling;

/// <summary>What the documentation of Kubernetes says of its autoscaler, rule by rule (rows 1 to 9 of the
/// table).</summary>
public class HpaRuleTests
{
    static readonly TimeSpan Sync = TimeSpan.FromSeconds(15);

    static HorizontalPodAutoscaler Usual(int most = 1000) => new(1, most, HpaBehavior.Usual);

    [Theory]
    // 200m of 100m doubles, 50m halves (row 8).
    [InlineData(200, 8)]
    [InlineData(50, 2)]
    // Within a tenth nothing is done (row 1), at its very end neither.
    [InlineData(110, 4)]
    [InlineData(90, 4)]
    [InlineData(111, 5)]
    [InlineData(89, 4)]
    [InlineData(74, 3)]
    public void Replicas_are_current_times_metric_over_target(int metric, int replicas) => Assert.Equal(
        replicas,
        HpaCalculator.Usual.ForUsage(
            4, 100, [.. Enumerable.Repeat(new HpaPod(metric), 4)], default).Replicas);

    [Theory]
    [InlineData("0.5", "-", 140, "4")]
    [InlineData("0.5", "-", 160, "7")]
    [InlineData("-", "0.5", 140, "6")]
    [InlineData("-", "0.5", 60, "4")]
    [InlineData("-", "0.5", 40, "2")]
    public void A_tolerance_may_be_for_one_direction(string up, string down, int level, string replicas) =>
        Assert.Equal(replicas, Decided.Of("hpa", new Dictionary<string, string>
        {
            ["kind"] = "custom-pods", ["current"] = "4", ["target"] = "100",
            ["levels"] = string.Join(',', Enumerable.Repeat(level, 4)),
            ["tolerance-up"] = up, ["tolerance-down"] = down,
        })["replicas"]);

    [Fact]
    public void Times_are_those_of_a_cluster_in_which_nothing_is_said()
    {
        Assert.Equal(new(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30)), HpaReadinessTimes.Usual);
        Assert.Equal(new(0.1, 0.1), HpaTolerance.Usual);
        Assert.Equal(TimeSpan.Zero, HpaRules.UsualUp.Window);
        Assert.Equal([new(4, false, Sync), new(100, true, Sync)], HpaRules.UsualUp.Rules);
        Assert.Equal(TimeSpan.FromMinutes(5), HpaRules.UsualDown.Window);
        Assert.Equal([new(100, true, Sync)], HpaRules.UsualDown.Rules);
    }

    [Theory]
    // Taken for all of its request downwards, for idle upwards; on target nothing is done.
    [InlineData("100", "4", "4")]
    [InlineData("20", "4", "4")]
    [InlineData("20,20,20", "4", "2")]
    [InlineData("120,120,120", "4", "4")]
    [InlineData("400,400", "4", "8")]
    public void A_pod_of_which_nothing_was_measured_keeps_the_change_small(
        string levels, string current, string replicas) =>
        Assert.Equal(replicas, Decided.Of("hpa", new Dictionary<string, string>
        {
            ["current"] = current, ["levels"] = levels, ["target"] = "100", ["requests"] = "0.1",
        })["replicas"]);

    [Fact]
    public void Of_several_metrics_the_largest_counts_and_a_failed_one_lets_nothing_go()
    {
        HpaProposal failed = new(0, 0, null, "no metrics");
        Assert.Equal(7, HorizontalPodAutoscaler.Combined(5, [new(7, 0), new(3, 0)]));
        Assert.Equal(7, HorizontalPodAutoscaler.Combined(5, [new(7, 0), failed]));
        Assert.Null(HorizontalPodAutoscaler.Combined(5, [new(3, 0), failed]));
        Assert.Null(HorizontalPodAutoscaler.Combined(5, [failed]));
        Assert.Equal("FailedGetMetrics", Usual().Reconcile(default, 5, [failed]).Condition);
    }

    [Fact]
    public void From_80_to_10_with_4_pods_or_a_tenth_a_minute_goes_as_the_documentation_says()
    {
        var autoscaler = new HorizontalPodAutoscaler(1, 100, new(
            HpaRules.UsualUp, HpaRulesText.Read("down", "4p/60,10%/60", HpaRules.UsualDown)));
        var (now, current, steps) = (TimeSpan.Zero, 80, new List<int>());
        while (current > 10)
        {
            current = autoscaler.Reconcile(now, current, [new(10, 0)]).Replicas;
            steps.Add(current);
            now += TimeSpan.FromSeconds(61);
        }

        // Eight, eight again (7.2, and what is left is rounded down), and from 40 on four at a time.
        Assert.Equal([72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20, 16, 12, 10], steps);
    }

    [Fact]
    public void From_10_to_100_takes_four_steps_when_nothing_is_said()
    {
        var (autoscaler, current, steps) = (Usual(100), 10, new List<int>());
        for (var look = 0; current < 100; look++)
            steps.Add(current = autoscaler.Reconcile(
                // A hair more than a period: upstream's clock moves on between looks too.
                look * (Sync + TimeSpan.FromMilliseconds(1)), current, [new(500, 0)]).Replicas);

        Assert.Equal([20, 40, 80, 100], steps);
    }

    [Fact]
    public void Fewer_wait_for_the_highest_recommendation_of_five_minutes()
    {
        var autoscaler = Usual();
        Assert.Equal(8, autoscaler.Reconcile(TimeSpan.Zero, 8, [new(8, 0)]).Replicas);
        Assert.Equal("ScaleDownStabilized", autoscaler.Reconcile(
            TimeSpan.FromMinutes(1), 8, [new(2, 0)]).Stabilization);
        Assert.Equal(8, autoscaler.Reconcile(TimeSpan.FromMinutes(4), 8, [new(2, 0)]).Replicas);
        Assert.Equal(2, autoscaler.Reconcile(TimeSpan.FromMinutes(5.1), 8, [new(2, 0)]).Replicas);
    }

    [Theory]
    [InlineData(0, "0 ScalingDisabled")]
    [InlineData(2, "3 TooFewReplicas")]
    [InlineData(9, "8 TooManyReplicas")]
    public void What_is_outside_of_its_range_is_brought_back_whatever_was_measured(
        int current, string expected)
    {
        var decision = new HorizontalPodAutoscaler(3, 8, HpaBehavior.Usual).Reconcile(
            default, current, [new(5, 0)]);
        Assert.Equal(expected, $"{decision.Replicas} {decision.Condition}");
    }

    [Theory]
    // Without a behavior at all: twice as many, or four.
    [InlineData("current=3 desired=1000 max=2000 up=none", "6 ScaleUpLimit")]
    [InlineData("current=1 desired=1000 max=2000 up=none", "4 ScaleUpLimit")]
    [InlineData("current=3 desired=1 min=2 max=8 up=none", "2 TooFewReplicas")]
    [InlineData("current=1 desired=0 min=0 max=10 up=none", "0 DesiredWithinRange")]
    // With the usual one: all again, or four more.
    [InlineData("current=1 desired=1000 max=2000", "5 ScaleUpLimit")]
    [InlineData("current=5 desired=0 min=0 down=2p/60,50%/60,min", "3 ScaleDownLimit")]
    [InlineData("current=5 desired=9 up=disabled", "5 ScaleUpLimit")]
    [InlineData("current=5 desired=1 down=disabled", "5 ScaleDownLimit")]
    public void A_behavior_may_be_missing_or_disabled(string words, string expected)
    {
        var found = Decided.Of("hpa-limits", words);
        Assert.Equal(expected, $"{found["replicas"]} {found["condition"]}");
    }
}
