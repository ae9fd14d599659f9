using Steelyard.Analysis.Measurements;

namespace Steelyard.Analysis.Tests.Measurements;

public class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_right_to_three_digits_against_sorted_values()
    {
        var random = new Random(7);
        var values = new long[10_000];
        var histogram = new LatencyHistogram();
        for (var i = 0; i < values.Length; i++)
        {
            // Spread over eleven powers of ten.
            values[i] = (long)Math.Pow(10, random.NextDouble() * 11);
            histogram.Record(values[i]);
        }

        Array.Sort(values);
        foreach (var share in new[] { 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1 })
        {
            var exact = values[(int)Math.Ceiling(share * values.Length) - 1];
            Assert.InRange(histogram.PercentileNs(share), exact, exact * 1.001);
        }

        Assert.Equal(values[^1], histogram.MaxNs);
        Assert.Equal(values.Average(), histogram.MeanNs, values.Average() * 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(1_000_000_000_000)]
    [InlineData(long.MaxValue)]
    public void A_single_value_is_every_percentile(long value)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(value);
        Assert.Equal(value, histogram.PercentileNs(0));
        Assert.Equal(value, histogram.PercentileNs(0.5));
        Assert.Equal(value, histogram.PercentileNs(1));
    }

    [Fact]
    public void Merged_histograms_count_as_one()
    {
        var (left, right, whole) = (new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
        for (var i = 0; i < 1000; i++)
        {
            (i % 3 == 0 ? left : right).Record(i * i * 1000L);
            whole.Record(i * i * 1000L);
        }

        left.Merge(right);
        Assert.Equal(whole.Count, left.Count);
        Assert.Equal(whole.MaxNs, left.MaxNs);
        foreach (var share in new[] { 0.1, 0.5, 0.99, 1 })
            Assert.Equal(whole.PercentileNs(share), left.PercentileNs(share));
    }

    [Fact]
    public void Fewer_digits_are_coarser_and_never_below_the_value()
    {
        var histogram = new LatencyHistogram(significantDigits: 1);
        histogram.Record(123_456);
        histogram.Record(999_999_999);
        Assert.InRange(histogram.PercentileNs(0.5), 123_456, 123_456 * 1.1);
    }

    [Fact]
    public void Histograms_of_other_digits_do_not_merge() =>
        Assert.Throws<ArgumentException>(() => new LatencyHistogram(2).Merge(new LatencyHistogram(3)));

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Digits_outside_one_to_five_are_refused(int digits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LatencyHistogram(digits));

    [Fact]
    public void It_counts_what_is_at_most_a_value()
    {
        var histogram = new LatencyHistogram();
        for (var ms = 1; ms <= 1_000; ms++)
            histogram.Record(ms * 1_000_000L);

        Assert.Equal(0, histogram.CountAtMost(-1));
        Assert.Equal(0, histogram.CountAtMost(500_000));
        Assert.Equal(1_000, histogram.CountAtMost(long.MaxValue));
        foreach (var ms in new[] { 10, 250, 999 })
            Assert.InRange(histogram.CountAtMost(ms * 1_000_000L), ms - 1 - (ms / 500), ms);
    }
}
