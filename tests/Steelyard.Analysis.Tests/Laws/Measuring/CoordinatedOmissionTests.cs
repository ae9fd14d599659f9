using Steelyard.Analysis.Laws.Measuring;

namespace Steelyard.Analysis.Tests.Laws.Measuring;

/// <summary>HdrHistogram's own test: a hundred requests a second of 1 ms, then one pause of 100 s.</summary>
public class CoordinatedOmissionTests
{
    [Fact]
    public void What_a_pause_left_out_comes_back()
    {
        var raw = Enumerable.Repeat(1_000.0, 10_000).Append(100_000_000).ToList();
        var corrected = CoordinatedOmission.Corrected(raw, 10_000).Order().ToList();

        Assert.Equal(10_998.90, raw.Average(), 0.01);
        Assert.Equal(1_000, CoordinatedOmission.Percentile(raw, 99));
        Assert.Equal(1_000, CoordinatedOmission.Percentile(raw, 99.99));
        Assert.Equal(20_000, corrected.Count);
        Assert.Equal(1_000, CoordinatedOmission.Percentile(corrected, 30));
        Assert.Equal(1_000, CoordinatedOmission.Percentile(corrected, 50));
        Assert.Equal(50_000_000, CoordinatedOmission.Percentile(corrected, 75), 50_000.0);
        Assert.Equal(98_000_000, CoordinatedOmission.Percentile(corrected, 99), 98_000.0);
        Assert.Equal(100_000_000, CoordinatedOmission.Percentile(corrected, 100));
    }

    [Fact]
    public void Percentiles_are_values_that_were_measured()
    {
        Assert.Equal(1, CoordinatedOmission.Percentile([1, 2], 50.00000000000001));
        Assert.Equal(2, CoordinatedOmission.Percentile([1, 2, 2, 2, 2], 25));
        Assert.Equal(1, CoordinatedOmission.Percentile([1, 2, 2, 2, 2], 20));
    }

    /// <summary>The shape of wrk2's two runs: 2,000 requests a second over a hundred connections for half a
    /// minute, and everything stands for 1.4 s.</summary>
    [Fact]
    public void A_stall_of_a_second_is_two_hundred_times_the_p99_of_who_waits_for_its_connections()
    {
        const int connections = 100;
        const double stallMs = 1_400;
        const double everyMs = 50;
        var sent = (int)((30_000 - stallMs) / everyMs * connections);
        var random = new Random(1);
        var raw = Enumerable.Range(0, sent - connections).Select(_ => 3 + (4 * random.NextDouble()))
            .Concat(Enumerable.Repeat(stallMs, connections)).Order().ToList();

        var corrected = CoordinatedOmission.Corrected(raw, everyMs).Order().ToList();

        Assert.InRange(CoordinatedOmission.Percentile(raw, 99), 3, 7);
        var (waited, charged) =
            (CoordinatedOmission.Percentile(raw, 99), CoordinatedOmission.Percentile(corrected, 99));
        Assert.InRange(charged / waited, 150, 250);
        Assert.Equal(stallMs, CoordinatedOmission.Percentile(raw, 99.9), stallMs * 0.02);
        Assert.Equal(stallMs, CoordinatedOmission.Percentile(corrected, 99.9), stallMs * 0.05);
    }

    [Fact]
    public void Where_nothing_stalled_nothing_is_added() =>
        Assert.Equal([1.0, 5, 19], CoordinatedOmission.Corrected([1, 5, 19], 10));
}
