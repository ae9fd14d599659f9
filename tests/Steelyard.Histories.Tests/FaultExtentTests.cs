namespace Steelyard.Histories.Tests;

public sealed class FaultExtentTests
{
    [Theory]
    // Between start and end, at 10 and 20.
    [InlineData("crash", 5, 12, true)]
    [InlineData("crash", 12, 15, true)]
    [InlineData("crash", 19, 25, true)]
    [InlineData("crash", 5, 9, false)]
    [InlineData("crash", 21, 25, false)]
    // A clock that jumped at 10 goes on from there.
    [InlineData("clock-jump", 5, 12, true)]
    [InlineData("clock-jump", 12, 15, false)]
    // Who gave up at 10 is gone for good, and so is what nobody told the end of.
    [InlineData(FaultEvent.Stopped, 12, 15, true)]
    [InlineData("link", 5, 9, false)]
    [InlineData("link", 12, 15, true)]
    public void A_fault_falls_into_a_time(string kind, int from, int to, bool falls)
    {
        var phase = kind is "crash" or "link" ? FaultPhase.Start : FaultPhase.Instant;
        var end = kind == "crash" ? At(kind, FaultPhase.End, 20) : null;
        var fault = new FaultExtent(At(kind, phase, 10), end);

        Assert.Equal(falls, fault.Overlaps(from, to));
        Assert.Equal(falls, Enumerable.Range(from, to - from + 1).Any(time => fault.IsOn(time)));
    }

    static FaultEvent At(string kind, FaultPhase phase, int place) => new()
    {
        Position = place, TimeNs = place, Phase = phase, Kind = kind, Description = kind,
    };
}
