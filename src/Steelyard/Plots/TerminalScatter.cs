using System.Text;

namespace Steelyard.Plots;

/// <summary>Points by two figures, each with a mark and a name.</summary>
/// <param name="X">The name of the horizontal axis, with its unit.</param>
/// <param name="Y">The name of the vertical axis.</param>
/// <param name="Marks">The points; those in one place are drawn as the last of them.</param>
internal sealed record ScatterPlot(string X, string Y, IReadOnlyList<ScatterMark> Marks);

/// <summary>A point.</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Up.</param>
/// <param name="Letter">How it is drawn.</param>
/// <param name="Name">What stands beside it, where there is room.</param>
internal sealed record ScatterMark(double X, double Y, char Letter, string Name);

/// <summary>A scatter in a terminal: a letter for each point.</summary>
internal static class TerminalScatter
{
    const int TicksUp = 4;

    /// <summary>Its lines.</summary>
    /// <param name="plot">What to draw.</param>
    /// <param name="width">Letters across, all in all.</param>
    /// <param name="height">Lines of the field itself.</param>
    public static IEnumerable<string> Lines(ScatterPlot plot, int width, int height)
    {
        if (plot.Marks.Count == 0)
            yield break;
        var (left, right) = Range([.. plot.Marks.Select(mark => mark.X)]);
        var (low, high) = Range([.. plot.Marks.Select(mark => mark.Y)]);
        var labels = AxisTicks.Of(low, high, TicksUp)
            .GroupBy(tick => height - 1 - (int)Math.Round((tick - low) / (high - low) * (height - 1)))
            .ToDictionary(row => row.Key, row => AxisTicks.Label(row.First()));
        var margin = labels.Values.Max(label => label.Length);
        var columns = Math.Max(10, width - margin - 2);
        var field = Enumerable.Range(0, height).Select(_ => new string(' ', columns).ToCharArray()).ToArray();
        foreach (var here in plot.Marks.GroupBy(mark => (
            Row: height - 1 - (int)Math.Round((mark.Y - low) / (high - low) * (height - 1)),
            Column: (int)Math.Round((mark.X - left) / (right - left) * (columns - 1)))))
            Place(
                field[here.Key.Row], here.Key.Column, here.Last().Letter,
                string.Join(',', here.Select(mark => mark.Name)));
        yield return plot.Y;
        for (var row = 0; row < height; row++)
            yield return labels.GetValueOrDefault(row, "").PadLeft(margin)
                + (labels.ContainsKey(row) ? " ┤" : " │") + new string(field[row]).TrimEnd();
        yield return $"{new string(' ', margin)} └{new string('─', columns)}";
        yield return $"{new string(' ', margin + 2)}{Under(plot.X, left, right, columns)}";
    }

    static void Place(char[] line, int at, char letter, string name)
    {
        line[at] = letter;
        var (after, before) = (at + 1, at - name.Length);
        var place = IsFree(line, after, name.Length) ? after
            : IsFree(line, before, name.Length) ? before : -1;
        if (place >= 0)
            name.CopyTo(0, line, place, name.Length);
    }

    static bool IsFree(char[] line, int from, int length) =>
        from >= 0 && from + length <= line.Length && line.AsSpan(from, length).IndexOfAnyExcept(' ') < 0;

    static (double Low, double High) Range(IReadOnlyList<double> values)
    {
        var (low, high) = (values.Min(), values.Max());
        // A figure that hardly differs is not to look as if it did.
        var least = Math.Max(Math.Abs(high), Math.Abs(low)) / 100;
        if (high - low < Math.Max(least, double.Epsilon))
            return (low - Math.Max(least, 0.5), high + Math.Max(least, 0.5));
        return low >= 0 && low < (high - low) / 2 ? (0, high) : (low, high);
    }

    static string Under(string name, double left, double right, int columns)
    {
        var text = new StringBuilder(AxisTicks.Label(Rounded(left)));
        var end = AxisTicks.Label(Rounded(right));
        text.Append(' ', Math.Max(1, ((columns - name.Length) / 2) - text.Length)).Append(name);
        return text.Append(' ', Math.Max(1, columns - text.Length - end.Length)).Append(end).ToString();
    }

    static double Rounded(double value) => value == 0 ? 0
        : double.Parse(value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture),
            System.Globalization.CultureInfo.InvariantCulture);
}
