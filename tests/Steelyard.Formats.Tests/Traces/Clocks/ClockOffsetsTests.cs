using Steelyard.Formats.Traces.Clocks;

namespace Steelyard.Formats.Tests.Traces.Clocks;

public sealed class ClockOffsetsTests
{
    const long Ms = 1_000_000;

    static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public void Messages_there_and_back_bound_an_offset_from_both_sides()
    {
        var offsets = Of([new(0, 1, 47 * Ms, 0), new(1, 0, 3 * Ms, 0), new(0, 1, 60 * Ms, 0)], 0);

        Assert.Equal((-3 * Ms, 47 * Ms), offsets.Between(1, 0, 0));
        Assert.Equal((-47 * Ms, 3 * Ms), offsets.Between(0, 1, 0));
        Assert.Equal((0, 0), offsets.Between(1, 1, 0));
    }

    [Fact]
    public void Bounds_add_up_over_the_hosts_between()
    {
        var offsets = Of(
            [new(0, 1, 2 * Ms, 0), new(1, 0, 1 * Ms, 0), new(1, 2, 5 * Ms, 0), new(2, 1, -4 * Ms, 0)], 0);

        Assert.Equal((3 * Ms, 7 * Ms), offsets.Between(2, 0, 0));
    }

    [Fact]
    public void What_no_message_reaches_has_no_bound()
    {
        var offsets = Of([new(0, 1, 2 * Ms, 0)], 0);

        Assert.True(OffsetBox.IsOpen(offsets.Between(2, 0, 0)));
        Assert.True(OffsetBox.IsOpen(offsets.Between(1, 0, 0)));
        Assert.Equal(2 * Ms, offsets.Between(1, 0, 0).MostNs);
    }

    [Fact]
    public void Messages_that_no_offset_fits_contradict_each_other()
    {
        var offsets = Of([new(0, 1, -50 * Ms, 0), new(1, 0, -50 * Ms, 0)], 100 * Ms);

        Assert.Equal(("a", "b"), offsets.Contradiction);
        Assert.True(OffsetBox.IsOpen(offsets.Between(1, 0, 0)));
    }

    [Fact]
    public void A_clock_that_drifts_is_followed_and_the_drift_is_told()
    {
        // A millisecond a second: a thousand parts of a million. One clock gains 60 ms on the other.
        var links = Enumerable.Range(0, 600).SelectMany(tenth => new ClockLink[]
        {
            new(0, 1, (tenth * Ms / 10) + (Ms / 2), tenth * 100 * Ms),
            new(1, 0, (-tenth * Ms / 10) + (Ms / 2), tenth * 100 * Ms),
        });

        var offsets = Of([.. links], 60_000 * Ms);

        Assert.Null(offsets.Contradiction);
        Assert.Equal(1_000, offsets.DriftPpm);
        foreach (var tenth in new[] { 5, 250, 595 })
        {
            var (least, most) = offsets.Between(1, 0, offsets.CellOf(0, tenth * 100 * Ms));
            Assert.InRange(tenth * Ms / 10, least, most);
            Assert.InRange(most - least, 1, 5 * Ms);
        }
    }

    [Fact]
    public void A_bound_loses_its_worth_with_time()
    {
        var offsets = Of([new(0, 1, 1 * Ms, 0), new(1, 0, 1 * Ms, 0)], 10_000 * Ms);

        var widths = Enumerable.Range(0, offsets.Cells)
            .Select(cell => offsets.Between(1, 0, cell).MostNs - offsets.Between(1, 0, cell).LeastNs)
                .ToList();
        Assert.Equal(widths.Order(), widths);
        Assert.InRange(widths[^1] - widths[0], 1, 3 * Ms);
    }

    static ClockOffsets Of(List<ClockLink> links, long lengthNs) =>
        ClockOffsets.Of(Names, links, (0, lengthNs), lengthNs == 0 ? double.Epsilon : null);
}
