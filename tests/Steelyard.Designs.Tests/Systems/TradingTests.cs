using Steelyard.Analysis.Laws.Scaling;

namespace Steelyard.Designs.Tests.Systems;

public sealed class TradingTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(3);

    // 3 s of 1,000 orders a second begin and end with 8 orders of 32 that are counted on one side only.
    const double Tolerance = 0.01;

    [Fact]
    public void Servers_that_share_nothing_add_up()
    {
        var fit = Fit("own");

        Assert.Equal(0, fit.Law.Contention, Tolerance);
        Assert.Equal(0, fit.Law.Coherence, Tolerance);
        Assert.Equal(1_000, fit.Law.Rate, 1_000 * Tolerance);
        Assert.Equal("", MeasuredRun.Of("trading", "", s_short).Broken);
    }

    [Fact]
    public void A_shared_store_is_the_end_of_it_whatever_is_added()
    {
        // Two rows of 200 µs for each order: 2,500 orders a second.
        var fit = Fit("shared");

        Assert.InRange(fit.Law.Contention, 0.05, 0.5);
        Assert.Equal(2_500, Throughput("shared", 8), 2_500 * 0.03);
        Assert.Equal("goodput; latency-p99", MeasuredRun.Of("trading", "store shared", s_short).Broken);
    }

    [Fact]
    public void A_copy_beside_each_server_lets_throughput_fall_again()
    {
        var fit = Fit("copies");

        Assert.True(fit.Law.Coherence > 0);
        Assert.InRange(fit.Law.PeakLoad, 1.5, 6);
        Assert.True(Throughput("copies", 8) < Throughput("copies", 4));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void An_order_takes_as_long_as_its_rows_and_the_slowest_of_all_copies(int servers)
    {
        // 400 µs, and the largest of so many round trips of two exponential ways of 100 µs.
        var seconds = 400e-6 + (100e-6 * SlowestOfTwoWays(servers));

        Assert.Equal(1 / seconds, Throughput("copies", servers), 1 / seconds * 0.03);
    }

    static double SlowestOfTwoWays(int copies)
    {
        const double step = 1e-3;
        var mean = 0.0;
        for (var x = step / 2; x < 40; x += step)
            mean += (1 - Math.Pow(1 - (Math.Exp(-x) * (1 + x)), copies)) * step;
        return mean;
    }

    static double Throughput(string store, int servers) =>
        MeasuredRun.Of("trading", $"store {store} servers {servers}", s_short)["throughput"];

    static ScalabilityFit Fit(string store) => ScalabilityFit.Of(
        [.. new[] { 1, 2, 4, 8 }.Select(servers => ((double)servers, Throughput(store, servers)))]);
}
