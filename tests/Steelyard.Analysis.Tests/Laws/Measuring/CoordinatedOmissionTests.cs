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

    [Fact]
    public void Where_nothing_stalled_nothing_is_added() =>
        Assert.Equal([1.0, 5, 19], CoordinatedOmission.Corrected([1, 5, 19], 10));
}
