using Spectre.Console;
using Steelyard.Histories.Measuring;
using Steelyard.Plots;
using Steelyard.Sweeps;

namespace Steelyard.App.Terminals;

/// <summary>What a sweep found: all points as a table, the trade drawn, and what is to be said of
/// it.</summary>
internal sealed class SweepLines(Terminal terminal, SweepResult result, SweepFolder folder)
{
    const int PlotLines = 16;
    const int WidestPlot = 96;
    const int MostWhy = 8;
    const int MostWhyOfOne = 2;

    public void Write(TimeSpan elapsed)
    {
        terminal.Console.MarkupLine(
            $"[bold]{Markup.Escape(result.Request.What.Design.Name)}[/]: {result.Points.Count:N0} points,"
            + $" {SweepWords.Seeds(result)} seeds each, {result.Runs:N0} runs"
            + FormattableString.Invariant($" in {elapsed.TotalSeconds:0.0} s"));
        terminal.Console.MarkupLine($"[grey]{Markup.Escape(SweepWords.Same(result))}[/]");
        terminal.Line("");
        terminal.Line($"{SweepWords.Headline(result)}.");
        terminal.Line("");
        terminal.Console.Write(Table());
        WriteWhy();
        WritePlot();
        WriteSentences();
        terminal.Line("");
        terminal.Line($"Page     {folder.Page}");
        terminal.Line($"Repeat   {terminal.Named(SweepCommand.Of(result))}");
    }

    Table Table()
    {
        var table = LatencyTable.Plain();
        table.AddColumn(LatencyTable.Column("[grey]#[/]", isRight: true));
        foreach (var variation in result.Request.Variations)
            table.AddColumn(LatencyTable.Column($"[bold]{Markup.Escape(variation.Name)}[/]", isRight: false));
        foreach (var aim in result.Aims)
            table.AddColumn(LatencyTable.Column(
                Markup.Escape($"{WithUnit(aim)}{(aim.Better == Direction.MoreIsBetter ? " ↑" : " ↓")}"),
                isRight: true));
        table.AddColumn(LatencyTable.Column("standing", isRight: false));
        table.AddColumn(LatencyTable.Column("judged", isRight: false));
        foreach (var point in result.Points)
            table.AddRow([.. Cells(point).Select(cell => Dimmed(point, Markup.Escape(cell)))]);
        return table;
    }

    IEnumerable<string> Cells(SweptPoint point)
    {
        yield return $"{point.Point.Number}";
        foreach (var value in point.Point.Values)
            yield return value;
        foreach (var aim in result.Aims)
            yield return point.Interval(aim.Id) is { } interval
                ? SweepFigure.Short(interval, aim.Unit)
                : "none";
        yield return StandingWords.Short(point.Standing) + (point.IsPrecise ? "" : ", too wide");
        yield return SweepWords.VerdictWord(point)
            + (point.Runs.Any(run => run.Unstable is not null) ? ", no steady state" : "");
    }

    static string Dimmed(SweptPoint point, string cell) => point.Standing switch
    {
        PointStanding.Frontier => $"[bold]{cell}[/]",
        PointStanding.Dominated or PointStanding.NotPlaced => $"[grey]{cell}[/]",
        _ => cell,
    };

    void WriteWhy()
    {
        // By one objective alone the figures say it.
        var most = result.Aims.Count == 1 ? MostWhyOfOne : MostWhy;
        var told = result.Points.Where(point => point.Rival is not null).ToList();
        if (told.Count > 0)
            terminal.Line("");
        foreach (var point in told.Take(most))
            terminal.Line(
                $"{point.Point.Short} {(point.Standing == PointStanding.Dominated ? "is " : "")}"
                + $"{StandingWords.Of(point.Standing)} by {point.Rival!.Short}:"
                + $" {string.Join("; ", SweepWords.Why(result, point))}.");
        if (told.Count > most)
            terminal.Line($"and {told.Count - most} more (on the page)");
        foreach (var point in result.Points.Where(point => point.Validity == Histories.Validity.Invalid)
                     .Take(MostWhy))
            terminal.Line($"{point.Point.Short} {SweepWords.Verdict(point)}.");
        foreach (var refused in result.Refused.Take(MostWhy))
            terminal.Line($"{refused.Name} was left out: {refused.Why}");
    }

    void WritePlot()
    {
        var lines = SweepCurves.Of(result) is { } curves && result.Aims.Count == 1
            ? TerminalPlot.Lines(CurvePlot(curves), Width, PlotLines)
            : result.Aims.Count > 1 ? TerminalScatter.Lines(TradePlot(), Width, PlotLines)
            : [];
        var isFirst = true;
        foreach (var line in lines)
        {
            if (isFirst)
                terminal.Line("");
            isFirst = false;
            terminal.Line($"  {line}");
        }

        if (result.Aims.Count == 1 && SweepCurves.Of(result) is { Curves.Count: > 1 } several)
            terminal.Line($"  at the right, from above: {string.Join(", ", FromAbove(several))}");
    }

    IEnumerable<string> FromAbove(SweepCurves curves) => curves.Curves
        .OrderByDescending(curve => curve.Points[^1].Point.Interval(result.Aims[0].Id)?.Estimate)
        .Select(curve => curve.Name);

    int Width => Math.Min(WidestPlot, terminal.Width - 4);

    Plot CurvePlot(SweepCurves curves) => new(
        "", curves.Over.Unit.Length == 0 ? curves.Over.Name : $"{curves.Over.Name}, {curves.Over.Unit}",
        NameOf(result.Aims[0]),
        [
            .. curves.Curves.Select(curve => new PlotSeries(
                curve.Name,
                [
                    .. curve.Points.Where(one => one.Point.Interval(result.Aims[0].Id) is not null)
                        .Select(one => (one.X, Scaled(one.Point, result.Aims[0]))),
                ])),
        ]);

    ScatterPlot TradePlot() => new(
        NameOf(result.Aims[0]), NameOf(result.Aims[1]),
        [
            .. result.Points.Where(point => point.Standing != PointStanding.NotPlaced)
                .OrderByDescending(point => point.Standing)
                .Select(point => new ScatterMark(
                    Scaled(point, result.Aims[0]), Scaled(point, result.Aims[1]),
                    point.Standing switch
                    {
                        PointStanding.Frontier => '●',
                        PointStanding.MayBeDominated => '◐',
                        _ => '○',
                    },
                    $"{point.Point.Number}")),
        ]);

    static double Scaled(SweptPoint point, Aim aim) =>
        point.Interval(aim.Id)!.Estimate * (aim.Unit == "share" ? 100 : 1);

    // Messages per operation are messages.
    static string WithUnit(Aim aim) => aim.Id.StartsWith(aim.Unit, StringComparison.Ordinal)
        ? aim.Id
        : $"{aim.Id}, {SweepFigure.UnitOf(aim.Unit)}";

    static string NameOf(Aim aim) => WithUnit(aim)
        + (aim.Better == Direction.MoreIsBetter ? " (more is better)" : " (less is better)");

    void WriteSentences()
    {
        var curves = SweepCurves.Of(result)?.Sentences(result.Aims) ?? [];
        foreach (var (at, sentence) in curves.Concat(SweepWords.Notes(result)).Index())
        {
            if (at == 0)
                terminal.Line("");
            terminal.Line($"{sentence}.");
        }
    }
}
