using Spectre.Console;
using Steelyard.Histories;
using Steelyard.SideBySide;

namespace Steelyard.App.Terminals;

/// <summary>A comparison of worlds as tables and sentences.</summary>
internal sealed class WorldsTable(Terminal terminal, WorldComparison comparison)
{
    /// <summary>Writes it.</summary>
    /// <param name="page">Where its page is.</param>
    public void Write(string page)
    {
        terminal.Line($"{comparison.Design}: {comparison.Load}, seed {comparison.Columns[0].Result.Seed}");
        foreach (var plan in comparison.Faults)
            terminal.Line($"  {plan}");
        terminal.Line("");
        terminal.Console.Write(Draw());
        terminal.Line("");
        foreach (var difference in comparison.Differences)
            terminal.Line($"  {difference}");
        terminal.Line("");
        terminal.Line($"Page     {page}");
        terminal.Line($"Again    {terminal.Named(comparison.Repeat)}");
    }

    Table Draw()
    {
        var table = LatencyTable.Plain();
        table.AddColumn(LatencyTable.Column("", isRight: false));
        foreach (var column in comparison.Columns)
            table.AddColumn(LatencyTable.Column($"[bold]{Markup.Escape(column.Name)}[/]", isRight: true));
        foreach (var promise in comparison.Promises)
            table.AddRow(Row(promise, column => Words(column.Found(promise))));
        foreach (var figure in comparison.Figures)
            table.AddRow(Row(figure.Words, column => Markup.Escape(figure.Of(column))));
        return table;
    }

    string[] Row(string words, Func<WorldColumn, string> cell) =>
        [$"  {Markup.Escape(words)}", .. comparison.Columns.Select(cell)];

    static string Words(Verdict? verdict) => verdict?.Validity switch
    {
        Validity.Valid => "[green]held[/]",
        Validity.Invalid => "[red]broken[/]",
        Validity.Unknown => "[yellow]open[/]",
        _ => "–",
    };
}
