using Spectre.Console;
using Steelyard.App.Terminals;
using Steelyard.Live.Engines;
using Steelyard.Live.Scripts;

namespace Steelyard.App.Live;

/// <summary>The table of a database on the console: its levels beside one another, an anomaly a
/// line.</summary>
internal sealed class IsolationLines(Terminal terminal)
{
    /// <summary>One database.</summary>
    /// <param name="engine">The database.</param>
    /// <param name="cells">What was tried.</param>
    /// <param name="isPartial">Whether it was interrupted before the rest.</param>
    public void Write(Engine engine, IReadOnlyList<IsolationCell> cells, bool isPartial)
    {
        var table = new Table().Border(TableBorder.None).AddColumn(engine.Name);
        foreach (var level in engine.IsolationTable!.Levels)
            table.AddColumn(Markup.Escape(level));
        foreach (var script in IsolationTable.Scripts)
            table.AddRow([
                script.Name,
                .. engine.IsolationTable.Levels.Select(level => Cell(cells.FirstOrDefault(
                    cell => cell.Script == script && cell.Level == level))),
            ]);
        terminal.Console.Write(table);
        terminal.Line("");
        foreach (var cell in cells.Where(cell => !cell.Agrees))
            terminal.Line(
                $"{cell.Level}, {cell.Script.Name}: {cell.Source} says that it "
                + $"{(cell.IsSaid ? "occurs" : "is prevented")}; found: {cell.Finding.Evidence}");
        var differ = cells.Count(cell => !cell.Agrees);
        terminal.Line(
            $"{cells.Count} tried, {cells.Count - differ} as is said of {engine.Name}, {differ} different"
            + (isPartial ? "; interrupted before the rest." : "."));
        terminal.Line("");
    }

    static string Cell(IsolationCell? cell) => cell is null ? "[grey]not tried[/]"
        : (cell.Occurs ? "[yellow]occurs[/]" : "[green]prevented[/]")
        + (cell.Agrees ? "" : " [red](differs)[/]");
}
