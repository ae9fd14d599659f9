using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Measurements;

public class LatencyCurveTests
{
    [Fact]
    public void A_curve_ascends_and_says_no_more_than_its_samples_tell()
    {
        var history = new PartitionedHistory();
        for (var i = 1; i <= 100; i++)
            history.Ask("n1", Outcome.Ok, latencyNs: i * 1_000_000L);

        var points = LatencyCurve.Of(history.Build())[0].Points;

        Assert.Equal(points.OrderBy(point => point.Share).ThenBy(point => point.Ms), points);
        Assert.DoesNotContain(points, point => point.Share is > 0.99 and < 1);
        Assert.Equal(new PercentilePoint(1, 100), points[^1]);
        Assert.Equal(50, points.Single(point => point.Share is 0.5).Ms, 0.05);
    }

    [Fact]
    public void Refusals_are_not_counted_as_fast_answers()
    {
        var history = new PartitionedHistory()
            .Ask("n1", Outcome.Ok, 5_000_000).Ask("n1", Outcome.Fail, 1).Ask("n1", Outcome.Info, 1).Build();
        Assert.Equal(1, LatencyCurve.Of(history)[0].Histogram.Count);
    }
}
