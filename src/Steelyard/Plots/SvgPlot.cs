using System.Globalization;
using System.Net;
using System.Text;

namespace Steelyard.Plots;

/// <summary>A plot as SVG that stands by itself, light or dark as the reader has it.</summary>
internal static class SvgPlot
{
    const int Width = 760;
    const int Height = 440;
    const int Left = 76;
    const int Right = 24;
    const int Top = 48;
    const int Bottom = 60;
    const int TicksAcross = 8;
    const int TicksUp = 6;

    const string Style = """
        <style>
          .paper { fill: #ffffff } .ink { fill: #1d2733 } .faint { fill: #5b6875 }
          .grid { stroke: #e3e8ed } .axis { stroke: #8793a0 }
          .s0 { stroke: #2563a8; fill: #2563a8 } .s1 { stroke: #b4541a; fill: #b4541a }
          .s2 { stroke: #2f7d4f; fill: #2f7d4f } .s3 { stroke: #7a4ea3; fill: #7a4ea3 }
          path { fill: none; stroke-width: 2 } path.s0, path.s1, path.s2, path.s3 { fill: none !important }
          path.shade { fill: #b0330a; fill-opacity: 0.09; stroke: none }
          text { font: 13px system-ui, sans-serif }
          .title { font-size: 16px; font-weight: 600 }
          @media (prefers-color-scheme: dark) {
            .paper { fill: #12181f } .ink { fill: #e6ebf0 } .faint { fill: #9aa7b4 }
            .grid { stroke: #26313c } .axis { stroke: #5b6875 }
            .s0 { stroke: #6aa9ea; fill: #6aa9ea } .s1 { stroke: #e8935a; fill: #e8935a }
            .s2 { stroke: #6cc08d; fill: #6cc08d } .s3 { stroke: #bb95dd; fill: #bb95dd }
          }
        </style>
        """;

    const int Colours = 4;

    /// <summary>The whole file.</summary>
    public static string Of(Plot plot)
    {
        var frame = new Frame(plot.XRange, plot.YRange, plot.IsLogY);
        var svg = new StringBuilder();
        svg.Append($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img">
            <title>{Text(plot.Title)}</title>
            {Style}
            <rect class="paper" width="{Width}" height="{Height}"/>
            <text class="title ink" x="{Left}" y="28">{Text(plot.Title)}</text>

            """);
        foreach (var (from, to) in plot.Shaded)
            AddShade(svg, frame, Math.Max(from, plot.XRange.Low), Math.Min(to, plot.XRange.High));
        AddAxes(svg, plot, frame);
        foreach (var (place, series) in plot.Series.Index())
            AddSeries(svg, series, place % Colours, frame);
        if (plot.Series.Count > 1)
            AddLegend(svg, plot);
        return svg.Append("</svg>\n").ToString();
    }

    static void AddAxes(StringBuilder svg, Plot plot, Frame frame)
    {
        foreach (var tick in plot.IsLogY
            ? AxisTicks.Decades(plot.YRange.Low, plot.YRange.High)
            : AxisTicks.Of(plot.YRange.Low, plot.YRange.High, TicksUp))
        {
            Add(svg, "line", $"""class="grid" x1="{Left}" x2="{Width - Right}" y1="{frame.Y(
                tick)}" y2="{frame.Y(tick)}" """);
            AddText(svg, $"""class="faint" text-anchor="end" x="{Left - 8}" y="{frame.Y(tick, 4)}" """,
                AxisTicks.Label(tick));
        }

        foreach (var tick in AxisTicks.Of(plot.XRange.Low, plot.XRange.High, TicksAcross))
            AddText(
                svg, $"""class="faint" text-anchor="middle" x="{frame.X(
                    tick)}" y="{Height - Bottom + 20}" """,
                AxisTicks.Label(tick));
        var (floor, middle) = (Height - Bottom, (Top + Height - Bottom) / 2);
        Add(svg, "line", $"""class="axis" x1="{Left}" x2="{Width - Right}" y1="{floor}" y2="{floor}" """);
        AddText(
            svg, $"""class="ink" text-anchor="middle" x="{(Left + Width - Right) / 2}" y="{Height - 16}" """,
                plot.X);
        AddText(
            svg, $"""class="ink" text-anchor="middle" transform="translate(18 {middle}) rotate(-90)" """,
                plot.Y);
    }

    static void AddShade(StringBuilder svg, Frame frame, double from, double to)
    {
        if (from < to)
            Add(
                svg, "path", $"""class="shade" d="M{frame.X(from)} {Top}H{frame.X(to)}V{Height - Bottom}H{
                    frame.X(from)}Z" """);
    }

    static void Add(StringBuilder svg, string element, string attributes) =>
        svg.Append($"<{element} {attributes.TrimEnd()}/>\n");

    static void AddText(StringBuilder svg, string attributes, string text) =>
        svg.Append($"<text {attributes.TrimEnd()}>{Text(text)}</text>\n");

    static void AddSeries(StringBuilder svg, PlotSeries series, int colour, Frame frame)
    {
        var places = series.Points.Select(point => (X: frame.X(point.X), Y: frame.Y(point.Y))).ToList();
        if (!series.IsJoined)
            foreach (var (x, y) in places)
                Add(svg, "circle", $"""class="s{colour}" r="3.5" cx="{x}" cy="{y}" """);
        else if (places.Count > 0)
            Add(svg, "path", $"""class="s{colour}" d="M{string.Join('L', places.Select(one =>
                $"{one.X} {one.Y}"))}" """);
    }

    static void AddLegend(StringBuilder svg, Plot plot)
    {
        var x = Width - Right;
        foreach (var (place, series) in plot.Series.Index().Reverse())
        {
            x -= (series.Name.Length * 8) + 24;
            Add(svg, "rect", $"""class="s{place % Colours}" x="{x}" y="18" width="12" height="12" """);
            AddText(svg, $"""class="ink" x="{x + 17}" y="29" """, series.Name);
        }
    }

    static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>From values to places on the paper.</summary>
    sealed class Frame((double Low, double High) x, (double Low, double High) y, bool isLogY)
    {
        public string X(double value) => Number(
            Left + ((value - x.Low) / (x.High - x.Low) * (Width - Left - Right)));

        public string Y(double value, double below = 0) => Number(
            Height - Bottom - (ShareUp(value) * (Height - Top - Bottom)) + below);

        double ShareUp(double value) => isLogY
            ? Math.Log(value / y.Low) / Math.Log(y.High / y.Low)
            : (value - y.Low) / (y.High - y.Low);

        static string Number(double place) => place.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
