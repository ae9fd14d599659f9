using System.Globalization;
using System.Text;
using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Plots;
using static Steelyard.Report.PlainPage;

namespace Steelyard.Comparisons.Variants;

/// <summary>One figure of all variants as a small chart: a row a variant, a dot for the mean, a line for its
/// 95 % interval, one axis.</summary>
internal static class VariantChart
{
    const int Width = 360;
    const int Left = 118;
    const int Right = 14;
    const int Top = 8;
    const int RowHeight = 22;
    const int AxisHeight = 26;
    const int TicksAcross = 4;
    const int LongestName = 16;

    /// <summary>Draws it.</summary>
    public static string Of(ComparedFigure figure, IReadOnlyList<ComparedVariant> variants)
    {
        var found = variants.Select(one => (one.Name, Interval: figure.Of(one.Point))).ToList();
        var most = found.Max(one => one.Interval is { } shown ? Math.Max(shown.Estimate, High(shown)) : 0);
        // Shares are seen as parts of all, but where all of them are small.
        var high = figure.Unit != "%" ? Math.Max(1e-9, most) : most > 25 ? 100 : Math.Max(1, most);
        var height = Top + (RowHeight * found.Count) + AxisHeight;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <figure class="small"><figcaption>{Text(figure.Head)}</figcaption>
            <svg viewBox="0 0 {Width} {height}" role="img"><title>{Text(figure.Name)}</title>
            """);
        foreach (var tick in AxisTicks.Of(0, high, TicksAcross))
            svg.Append(Tick(X(tick, high), height, AxisTicks.Label(tick)));
        foreach (var (place, (name, interval)) in found.Index())
        {
            var y = Top + (RowHeight * place) + (RowHeight / 2);
            svg.Append(Words("ink", "end", $"{Left - 10}", y + 4, Short(name)));
            svg.Append(interval is null
                ? Words("faint", "start", $"{Left}", y + 4, "–")
                : Mark($"s{place % PlotColours.Count}", interval, high, y));
        }

        return svg.Append("</svg></figure>").ToString();
    }

    static string Tick(string x, int height, string label) =>
        $"<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{Top}\" y2=\"{height - AxisHeight}\"/>"
        + Words("faint", "middle", x, height - 8, label);

    static string Words(string kind, string anchor, string x, int y, string text) =>
        $"<text class=\"{kind}\" text-anchor=\"{anchor}\" x=\"{x}\" y=\"{y}\">{Text(text)}</text>";

    static string Mark(string kind, ConfidenceInterval interval, double high, int y)
    {
        var (from, to) = (X(Math.Max(0, Low(interval)), high), X(Math.Min(high, High(interval)), high));
        return $"<g class=\"{kind}\">"
            + $"<line stroke-width=\"3\" x1=\"{from}\" x2=\"{to}\" y1=\"{y}\" y2=\"{y}\"/>"
            + $"<circle cx=\"{X(interval.Estimate, high)}\" cy=\"{y}\" r=\"4.5\"/></g>";
    }

    // Of one seed there is no interval, and a dot stands alone.
    static double Low(ConfidenceInterval of) => of.IsKnown ? of.Low : of.Estimate;

    static double High(ConfidenceInterval of) => of.IsKnown ? of.High : of.Estimate;

    static string X(double value, double high) =>
        (Left + ((Width - Left - Right) * value / high)).ToString("0.#", CultureInfo.InvariantCulture);

    static string Short(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName - 1)]}…";
}
