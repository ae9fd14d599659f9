using System.Text;

namespace Steelyard.Plots;

/// <summary>A plot in a terminal: eight dots to a letter, as braille has them.</summary>
internal static class TerminalPlot
{
    const int DotsAcross = 2;
    const int DotsUp = 4;
    const char Blank = '\u2800';
    const int TicksUp = 4;

    // The bit of each dot of a letter: columns, and rows from the top.
    static readonly int[][] Bits = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

    /// <summary>Its lines.</summary>
    /// <param name="plot">What to draw.</param>
    /// <param name="width">Letters across, all in all.</param>
    /// <param name="height">Lines of the field itself.</param>
    public static IEnumerable<string> Lines(Plot plot, int width, int height)
    {
        var (low, high) = plot.YRange;
        var labels = AxisTicks.Of(low, high, TicksUp)
            .GroupBy(tick => height - 1 - (int)((tick - low) / (high - low) * (height - 1)))
            .ToDictionary(row => row.Key, row => AxisTicks.Label(row.First()));
        var margin = labels.Values.Max(label => label.Length);
        var field = Field(plot, Math.Max(10, width - margin - 2), height);
        yield return $"{plot.Y}";
        for (var row = 0; row < height; row++)
            yield return labels.GetValueOrDefault(row, "").PadLeft(margin)
                + (labels.ContainsKey(row) ? " ┤" : " │")
                + new string(field[row]).TrimEnd(Blank);
        yield return $"{new string(' ', margin)} └{new string('─', field[0].Length)}";
        yield return $"{new string(' ', margin + 2)}{Under(plot, field[0].Length)}";
    }

    static char[][] Field(Plot plot, int columns, int rows)
    {
        var field = new char[rows][];
        for (var row = 0; row < rows; row++)
            Array.Fill(field[row] = new char[columns], Blank);
        var ((left, right), (low, high)) = (plot.XRange, plot.YRange);
        foreach (var series in plot.Series)
        {
            var dots = series.Points.Select(point => (
                Across: (int)Math.Round((point.X - left) / (right - left) * ((columns * DotsAcross) - 1)),
                Up: (int)Math.Round((point.Y - low) / (high - low) * ((rows * DotsUp) - 1)))).ToList();
            foreach (var (across, up) in series.IsJoined ? Joined(dots) : dots)
            {
                var down = (rows * DotsUp) - 1 - up;
                ref var letter = ref field[down / DotsUp][across / DotsAcross];
                letter = (char)(letter | Bits[across % DotsAcross][down % DotsUp]);
            }
        }

        return field;
    }

    // A line between two dots has as many dots as the longer of its sides.
    static IEnumerable<(int Across, int Up)> Joined(List<(int Across, int Up)> dots)
    {
        foreach (var (from, to) in dots.Zip(dots.Skip(1)))
        {
            var (across, up) = (to.Across - from.Across, to.Up - from.Up);
            var steps = Math.Max(1, Math.Max(Math.Abs(across), Math.Abs(up)));
            for (var step = 0; step <= steps; step++)
                yield return (from.Across + (across * step / steps), from.Up + (up * step / steps));
        }
    }

    static string Under(Plot plot, int columns)
    {
        var (left, right) = (AxisTicks.Label(plot.XRange.Low), AxisTicks.Label(plot.XRange.High));
        var text = new StringBuilder(left);
        var middle = Math.Max(1, (columns - plot.X.Length) / 2);
        text.Append(' ', Math.Max(1, middle - text.Length)).Append(plot.X);
        return text.Append(' ', Math.Max(1, columns - text.Length - right.Length)).Append(right).ToString();
    }
}
