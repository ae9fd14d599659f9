using Steelyard.Analysis.Measurements;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Worlds.Tests.Load;

public sealed class MillionRequestsTests
{
    [Fact]
    public void A_million_requests_are_driven_and_counted_without_a_million_rows()
    {
        var load = new OfferedLoad
        {
            CreateWorkload = () => new Numbered(),
            Arrivals = new PooledArrivals(200),
            RatePerSecond = 100_000,
            Duration = TimeSpan.FromSeconds(10.1),
        };
        var recorder = new AggregateRecorder();
        var world = new OneServer(load, it => new Asked(it, _ => TimeSpan.Zero), recorder);

        var history = world.Run();

        Assert.True(recorder.Due > 1_000_000, $"{recorder.Due} were due");
        Assert.Equal(
            (world.Driver.Counts.Due, world.Driver.Counts.Sent, world.Driver.Counts.Answered),
            (recorder.Due, recorder.Sent, recorder.Answered));
        Assert.Equal(recorder.Due, recorder.Latencies.Count);
        Assert.Equal(11, recorder.Windows.Count);
        Assert.InRange(recorder.Samples.Count, 500, 1_000);
        Assert.Equal(0, history.Count);
    }
}
