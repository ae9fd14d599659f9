using Steelyard.Analysis.Laws.Queueing;

namespace Steelyard.Designs.Tests.Systems;

public sealed class ScaleTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(30);

    // Two links of 250 µs each way to the machine, and two more by the balancer.
    const double LinkMs = 0.25;

    [Fact]
    public void One_of_eight_machines_fails_and_hardly_anybody_sees_it_the_one_large_and_all_do()
    {
        var (some, one) = (MeasuredRun.Of("scale-up-or-out", "", s_short),
            MeasuredRun.Of("scale-up-or-out", "way up", s_short));

        Assert.Equal("", some.Broken);
        Assert.Contains("availability", one.Broken, StringComparison.Ordinal);
        // A twelfth of the run, and the time until it is seen that it is back.
        Assert.InRange(1 - one["availability"], 2.5 / 30, 4.0 / 30);
    }

    [Fact]
    public void A_large_machine_is_one_line_for_all_of_its_workers()
    {
        var run = MeasuredRun.Of("scale-up-or-out", "way up calm true", s_short);
        var law = new MultiServerQueue(32, 560, 0.04);

        // 16,800 requests of 40 ms: the mean has a standard error of 0.3 ms.
        Assert.Equal((law.MeanResponseSeconds * 1e3) + (2 * LinkMs), run["latency-mean"], 1.2);
    }

    [Fact]
    public void Small_machines_chosen_at_random_are_a_line_each()
    {
        var run = MeasuredRun.Of("scale-up-or-out", "balance random calm true", s_short);
        var law = new MultiServerQueue(4, 70, 0.04);

        // Requests in line depend on each other: about ten times the variance of independent ones.
        Assert.Equal((law.MeanResponseSeconds * 1e3) + (4 * LinkMs), run["latency-mean"], 3.0);
        Assert.True(run["latency-mean"]
            > MeasuredRun.Of("scale-up-or-out", "calm true", s_short)["latency-mean"] + 3);
    }

    [Fact]
    public void Up_ends_at_the_largest_machine_there_is_and_costs_more_near_it()
    {
        var (up, @out) = (Run("way up"), Run("way out"));

        Assert.Contains("availability", up.Broken, StringComparison.Ordinal);
        Assert.Equal("", @out.Broken);
        Assert.Equal((80, 64.5), (Math.Round(up["cost"], 1), Math.Round(@out["cost"], 1)));

        static MeasuredRun Run(string way) => MeasuredRun.Of(
            "scale-up-or-out", $"{way} units 64 calm true", TimeSpan.FromSeconds(5));
    }
}
