using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;

namespace Steelyard.Designs.Tests.Architecture.Running;

/// <summary>A batch is worked at as long as anybody in it waits, and no longer.</summary>
public sealed class BatcherDeadlineTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_is_called_learns_how_long_a_batch_is_waited_for(bool isTold)
    {
        var account = Simulated.Run(Batched(
            new("batcher") { Size = 5, Calls = [new("server") { Deadline = isTold }] },
            new("server") { Workers = 1, Time = TakesTime.Parse("200ms"), DropExpired = true }));

        // A batch takes twice as long as its callers wait: it works at one, and the next is not worth it.
        Assert.Equal(isTold, account.MeterOf("server", 0).ExpiredInLine > 20);
        Assert.Equal(isTold, account.CallsOf("batcher", 0).Ends[(int)CallStatus.TimedOut] > 20);
    }

    [Fact]
    public void The_most_patient_of_a_batch_is_waited_for_and_not_the_first()
    {
        // The first of ten has waited 90 ms of 100 when the last comes, which needs 30 ms more.
        var account = Simulated.Run(Batched(
            new("batcher") { Size = 10, Linger = null, Calls = [new("server") { Deadline = true }] },
            new("server") { Time = TakesTime.Parse("30ms") }));

        Assert.Equal(0, account.CallsOf("batcher", 0).Ends[(int)CallStatus.TimedOut]);
        Assert.InRange((double)account.Counted.Answered / account.Counted.Due, 0.6, 0.8);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_nobody_waits_for_any_more_is_not_passed_on_where_it_is_dropped(bool drops)
    {
        // Twenty come in 200 ms: half of them have given up when the last of their batch comes.
        var account = Simulated.Run(Batched(
            new("batcher") { Size = 20, Linger = null, DropExpired = drops, Calls = [new("server")] },
            new("server")));
        var (came, items) = (account.MeterOf("batcher", 0).Came, account.MeterOf("server", 0).Items);

        Assert.InRange((double)items / came, drops ? 0.45 : 0.95, drops ? 0.6 : 1);
        // But for the last ones, of which there are too few for a batch.
        Assert.InRange(came - items - account.MeterOf("batcher", 0).ExpiredInLine, 0, 19);
        Assert.Equal(drops, account.MeterOf("batcher", 0).ExpiredInLine > 0);
    }

    // A hundred a second at even times, whose callers wait for 100 ms.
    static ArchitectureGraph Batched(BatcherPart batcher, ServicePart server) => new("batched",
    [
        new ClientsPart("clients")
        {
            Rate = 100, IsEven = true, Sessions = 1,
            Calls = [new("batcher") { Timeout = TimeSpan.FromMilliseconds(100) }],
        },
        batcher,
        server,
    ])
    {
        Link = TakesTime.Parse("10us"), Duration = TimeSpan.FromSeconds(10), Settle = TimeSpan.FromSeconds(5),
    };
}
