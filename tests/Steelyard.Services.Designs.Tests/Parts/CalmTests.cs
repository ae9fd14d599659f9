using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Tests.Parts;

public sealed class CalmTests
{
    static readonly FaultFreeTime s_calm = Of(
        ("crash", 0, FaultPhase.Start, 100), ("partition", 1, FaultPhase.Start, 150),
        ("crash", 0, FaultPhase.End, 200), ("partition", 1, FaultPhase.End, 300),
        ("clock-jump", 2, FaultPhase.Instant, 350));

    [Fact]
    public void It_is_calm_before_and_after_what_breaks() =>
        Assert.Equal([(0, 100), (300, 600)], s_calm.Parts(0, 600));

    [Fact]
    public void It_can_be_asked_to_have_been_calm_for_a_while() =>
        Assert.Equal([(10, 100), (350, 600)], s_calm.Parts(10, 600, forNs: 50));

    [Fact]
    public void What_begins_while_something_is_broken_has_no_calm_before_its_end() =>
        Assert.Equal([(300, 400)], s_calm.Parts(120, 400));

    [Fact]
    public void What_breaks_later_does_not_count()
    {
        Assert.Equal([(10, 50)], s_calm.Parts(10, 50));
        Assert.Equal([(10, 100)], s_calm.Parts(10, 100));
    }

    [Theory]
    [InlineData(0, 99, true)]
    [InlineData(50, 100, false)]
    [InlineData(250, 260, false)]
    [InlineData(301, 600, true)]
    public void It_lasts_while_nothing_breaks(long fromNs, long toNs, bool lasts) =>
        Assert.Equal(lasts, s_calm.Lasts(fromNs, toNs));

    [Fact]
    public void What_is_never_mended_ends_it()
    {
        var calm = Of(("crash", 0, FaultPhase.Start, 100));

        Assert.Equal([(0, 100)], calm.Parts(0, 1_000, forNs: 50));
    }

    static FaultFreeTime Of(params (string Kind, int Fault, FaultPhase Phase, long AtNs)[] faults)
    {
        var history = new HistoryBuilder();
        foreach (var (kind, fault, phase, atNs) in faults)
            history.Add(new()
            {
                TimeNs = atNs, Phase = phase, Kind = kind, Fault = fault, Description = kind,
            });
        return FaultFreeTime.Of(history.Build());
    }
}
