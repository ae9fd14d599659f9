using System.CommandLine;
using System.Globalization;
using System.Text.Json;
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
    /// <param name="told">What else there is to tell; null where that is nothing.</param>
    public void Show(
        Terminal terminal, ParseResult parsed, IReadOnlyList<LawFigure> figures, Plot? plot,
        IReadOnlyList<string> notes, FigureText? told = null)
    {
        if (parsed.GetValue(_plot) is { } file)
            AtomicFile.Write(file, SvgPlot.Of(plot ?? throw new Histories.UserMistakeException(
                "--plot: expected what is a curve, found what is a number")));
        if (parsed.GetValue(_json))
        {
            terminal.Json(json => Write(json, figures, told?.Words ?? []));
            return;
        }

        foreach (var line in told?.Lines ?? Lines(figures))
            terminal.Line(line.Length == 0 ? "" : $"  {line}");
        terminal.Line("");
        foreach (var note in notes)
            terminal.Line($"  {note}");
        if (plot is null || plot.Series[0].Points.Count < 2)
            return;
        terminal.Line("");
        foreach (var line in TerminalPlot.Lines(plot, Math.Min(WidestPlot, terminal.Width - 4), PlotLines))
            terminal.Line($"  {line}");
    }

    static void Write(
        Utf8JsonWriter json, IReadOnlyList<LawFigure> figures,
        IReadOnlyList<(string Name, string? Word)> words)
    {
        json.WriteStartObject();
        foreach (var (name, word) in words)
            json.WriteString(name, word);
        foreach (var figure in figures)
            if (double.IsFinite(figure.Value))
                json.WriteNumber(figure.Name, figure.Value);
            else
                json.WriteNull(figure.Name);
        json.WriteEndObject();
    }

    static IEnumerable<string> Lines(IReadOnlyList<LawFigure> figures)
    {
        var widest = figures.Max(figure => figure.Meaning.Length);
        return figures.Select(figure => $"{figure.Meaning.PadRight(widest)}  {Shown(figure)}");
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

/// <summary>What figures do not tell.</summary>
/// <param name="Words">Words of the JSON object, beside its numbers.</param>
/// <param name="Lines">What stands in the terminal in place of a line for each figure.</param>
internal sealed record FigureText(
    IReadOnlyList<(string Name, string? Word)> Words, IReadOnlyList<string> Lines);
