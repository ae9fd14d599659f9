using System.Xml.Linq;
using Steelyard.Plots;

namespace Steelyard.Tests.Plots;

public class PlotTests
{
    static readonly Plot Line = new("A < B & C", "load", "time (ms)",
    [
        new("fit", [.. Enumerable.Range(0, 11).Select(x => ((double)x, (double)(x * x)))]),
        new("measured", [(3, 9), (8, 60)]) { IsJoined = false },
    ]);

    [Fact]
    public void Svg_is_well_formed_and_names_its_axes_and_curves()
    {
        var svg = XDocument.Parse(SvgPlot.Of(Line));

        var texts = svg.Descendants().Where(one => one.Name.LocalName == "text").Select(one =>
            one.Value).ToList();
        foreach (var text in new[] { "A < B & C", "load", "time (ms)", "fit", "measured", "0", "10", "100" })
            Assert.Contains(text, texts);
        Assert.Equal(2, svg.Descendants().Count(one => one.Name.LocalName == "circle"));
    }

    [Fact]
    public void In_a_terminal_a_curve_climbs_from_left_to_right()
    {
        var lines = TerminalPlot.Lines(Line, 60, 10).ToList();

        Assert.Equal("time (ms)", lines[0]);
        Assert.Contains("load", lines[^1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length <= 62, line));
        // Its last dot is above on the right, its first below on the left.
        Assert.True(lines[1].TrimEnd().Length > 50, lines[1]);
        Assert.Matches("0 ┤[^\u2800]", lines[10]);
    }

    [Theory]
    [InlineData(0, 100, 5, new[] { 0.0, 20, 40, 60, 80, 100 })]
    [InlineData(0, 1, 4, new[] { 0.0, 0.5, 1 })]
    [InlineData(-3, 3, 3, new[] { -2.0, 0, 2 })]
    public void Ticks_are_round(double low, double high, int about, double[] expected) =>
        Assert.Equal(expected, AxisTicks.Of(low, high, about).Select(tick => Math.Round(tick, 9)));

    [Fact]
    public void A_curve_that_is_flat_or_a_single_point_is_drawn_too()
    {
        foreach (var points in new[] { new[] { (1.0, 5.0) }, [(1.0, 0.0), (2.0, 0.0)], [] })
        {
            var plot = new Plot("t", "x", "y", [new("s", points)]);
            Assert.NotNull(XDocument.Parse(SvgPlot.Of(plot)).Root);
            Assert.NotEmpty(TerminalPlot.Lines(plot, 40, 5).ToList());
        }
    }

    [Fact]
    public void In_a_terminal_points_bear_their_letters_and_those_on_one_spot_their_names_together()
    {
        var lines = TerminalScatter.Lines(
            new("cost", "time", [new(0, 10, '●', "1"), new(100, 0, '○', "2"), new(100, 0, '●', "3")]), 40, 5)
            .ToList();

        Assert.Equal("time", lines[0]);
        Assert.Contains("●1", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("2,3●", lines[5], StringComparison.Ordinal);
        Assert.Contains("cost", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith("100", lines[^1], StringComparison.Ordinal);
        Assert.Empty(TerminalScatter.Lines(new("x", "y", []), 40, 5));
    }
}
