using System.Net;
using System.Text;

namespace Steelyard.Plots;

/// <summary>A plot as SVG that stands by itself, light or dark as the reader has it.</summary>
internal sealed class SvgPlot
{
    const int TicksUp = 6;

    static readonly string s_style = $$"""
        <style>
          .paper { fill: #ffffff } .ink { fill: #1d2733 } .faint { fill: #5b6875 }
          .grid { stroke: #e3e8ed } .axis { stroke: #8793a0 }
        {{PlotColours.Rules((place, light, _) => Stroked(place, light))}}
          path { fill: none; stroke-width: 2 } path.curve { fill: none !important }
          path.shade { fill: #b0330a; fill-opacity: 0.09; stroke: none }
          text { font: 13px system-ui, sans-serif }
          .title { font-size: 16px; font-weight: 600 }
          @media (prefers-color-scheme: dark) {
            .paper { fill: #12181f } .ink { fill: #e6ebf0 } .faint { fill: #9aa7b4 }
            .grid { stroke: #26313c } .axis { stroke: #5b6875 }
        {{PlotColours.Rules((place, _, dark) => Stroked(place, dark))}}
          }
        </style>
        """;

    static string Stroked(int place, string colour) =>
        $"  .s{place} {{ stroke: {colour}; fill: {colour} }}";

    readonly Plot _plot;
    readonly SvgPaper _paper;
    readonly SvgFrame _frame;
    readonly StringBuilder _svg = new();

    SvgPlot(Plot plot, SvgPaper paper) => (_plot, _paper, _frame) = (plot, paper, new(plot, paper));

    /// <summary>The whole file.</summary>
    /// <param name="plot">What is drawn.</param>
    /// <param name="paper">On what; null is as a file of its own.</param>
    public static string Of(Plot plot, SvgPaper? paper = null) =>
        new SvgPlot(plot, paper ?? SvgPaper.Wide).Draw();

    string Draw()
    {
        _svg.Append($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_paper.Width} {_paper.Height}" role="img">
            <title>{Text(_plot.Title)}</title>
            {s_style}
            <rect class="paper" width="{_paper.Width}" height="{_paper.Height}"/>
            <text class="title ink" x="{_frame.Left}" y="28">{Text(_plot.Title)}</text>

            """);
        foreach (var (from, to) in _plot.Shaded)
            AddShade(Math.Max(from, _plot.XRange.Low), Math.Min(to, _plot.XRange.High));
        AddAxisUp();
        AddAxisAcross();
        foreach (var (place, series) in _plot.Series.Index())
            AddSeries(series, place % PlotColours.Count);
        if (_paper.HasLegend && _plot.Series.Count > 1)
            AddLegend();
        return _svg.Append("</svg>\n").ToString();
    }

    void AddAxisUp()
    {
        var (low, high) = _plot.YRange;
        foreach (var tick in _plot.IsLogY ? AxisTicks.Decades(low, high) : AxisTicks.Of(low, high, TicksUp))
        {
            var y = _frame.Y(tick);
            Add("line", $"""class="grid" x1="{_frame.Left}" x2="{_frame.Right}" y1="{y}" y2="{y}" """);
            AddText(
                $"""class="faint" text-anchor="end" x="{_frame.Left - 8}" y="{_frame.Y(tick, 4)}" """,
                AxisTicks.Label(tick));
        }

        AddText(
            $"""class="ink" text-anchor="middle" transform="translate(18 {_frame.Middle}) rotate(-90)" """,
            _plot.Y);
    }

    void AddAxisAcross()
    {
        var (low, high) = _plot.XRange;
        foreach (var tick in AxisTicks.Of(low, high, _paper.TicksAcross))
            AddText(
                $"""class="faint" text-anchor="middle" x="{_frame.X(tick)}" y="{_frame.Floor + 20}" """,
                AxisTicks.Label(tick));
        var floor = _frame.Floor;
        Add("line", $"""class="axis" x1="{_frame.Left}" x2="{_frame.Right}" y1="{floor}" y2="{floor}" """);
        AddText(
            $"""class="ink" text-anchor="middle" x="{_frame.Centre}" y="{_paper.Height - 16}" """, _plot.X);
    }

    void AddShade(double from, double to)
    {
        if (from < to)
            Add("path", $"""class="shade" d="M{_frame.X(from)} {_frame.Top}H{_frame.X(to)}V{_frame.Floor}H{
                _frame.X(from)}Z" """);
    }

    void AddSeries(PlotSeries series, int colour)
    {
        var places = series.Points.Select(point => (X: _frame.X(point.X), Y: _frame.Y(point.Y))).ToList();
        if (!series.IsJoined)
            foreach (var (x, y) in places)
                Add("circle", $"""class="s{colour}" r="3.5" cx="{x}" cy="{y}" """);
        else if (places.Count > 0)
            Add("path", $"""class="curve s{colour}" d="M{string.Join('L', places.Select(one =>
                $"{one.X} {one.Y}"))}" """);
    }

    void AddLegend()
    {
        var x = _frame.Right;
        foreach (var (place, series) in _plot.Series.Index().Reverse())
        {
            x -= (series.Name.Length * 8) + 24;
            Add("rect", $"""class="s{place % PlotColours.Count}" x="{x}" y="18" width="12" height="12" """);
            AddText($"""class="ink" x="{x + 17}" y="29" """, series.Name);
        }
    }

    void Add(string element, string attributes) => _svg.Append($"<{element} {attributes.TrimEnd()}/>\n");

    void AddText(string attributes, string text) =>
        _svg.Append($"<text {attributes.TrimEnd()}>{Text(text)}</text>\n");

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
