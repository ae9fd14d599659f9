using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.App.Terminals;
using Steelyard.Files;
using Steelyard.Plots;

namespace Steelyard.App.Commands;

/// <summary>How figures are shown: as lines with a curve, as one flat JSON object, as SVG.</summary>
internal sealed class FigureOptionSet
{
    const int PlotLines = 14;
    const int WidestPlot = 96;

    readonly Option<bool> _json = new("--json") { Description = "Print the figures as one JSON object" };
    readonly Option<string?> _plot = CommonOptionSet.Text(
        "--plot", "file.svg", "Draw the curve into this file too");

    public void AddTo(Command command)
    {
        command.Add(_json);
        command.Add(_plot);
    }

    /// <summary>Shows them; a curve is drawn in the terminal too.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="parsed">What was asked.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="plot">The curve; null where there is none.</param>
    /// <param name="notes">The formula and the source.</param>
    public void Show(
        Terminal terminal, ParseResult parsed, IReadOnlyList<LawFigure> figures, Plot? plot,
        IReadOnlyList<string> notes)
    {
        if (parsed.GetValue(_plot) is { } file)
            AtomicFile.Write(file, SvgPlot.Of(plot ?? throw new Histories.UserMistakeException(
                "--plot: expected a law that is a curve, found one that is a number")));
        if (parsed.GetValue(_json))
        {
            terminal.Json(json =>
            {
                json.WriteStartObject();
                foreach (var figure in figures)
                    if (double.IsFinite(figure.Value))
                        json.WriteNumber(figure.Name, figure.Value);
                    else
                        json.WriteNull(figure.Name);
                json.WriteEndObject();
            });
            return;
        }

        var widest = figures.Max(figure => figure.Meaning.Length);
        foreach (var figure in figures)
            terminal.Line($"  {figure.Meaning.PadRight(widest)}  {Shown(figure)}");
        terminal.Line("");
        foreach (var note in notes)
            terminal.Line($"  {note}");
        if (plot is null || plot.Series[0].Points.Count < 2)
            return;
        terminal.Line("");
        foreach (var line in TerminalPlot.Lines(plot, Math.Min(WidestPlot, terminal.Width - 4), PlotLines))
            terminal.Line($"  {line}");
    }

    static string Shown(LawFigure figure)
    {
        if (!double.IsFinite(figure.Value))
            return double.IsNaN(figure.Value) ? "none" : "without end";
        var size = Math.Abs(figure.Value);
        var text = size is >= 1e9 or (> 0 and < 1e-4)
            ? figure.Value.ToString("0.####e0", CultureInfo.InvariantCulture)
            : figure.Value.ToString(
                size >= 1000 ? "#,0.##" : size >= 1 ? "0.####" : "0.######", CultureInfo.InvariantCulture);
        return figure.Unit.Length == 0 ? text : figure.Unit.StartsWith('/') ? text + figure.Unit
            : $"{text} {figure.Unit}";
    }
}
