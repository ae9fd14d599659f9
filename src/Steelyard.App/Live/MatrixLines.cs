using Spectre.Console;
using Steelyard.App.Terminals;

namespace Steelyard.App.Live;

/// <summary>The matrix on the console: a row as soon as it was tried, and a sum.</summary>
internal sealed class MatrixLines(Terminal terminal)
{
    /// <summary>One row: what was tried, expected and found, and the evidence.</summary>
    public void Write(MatrixOutcome outcome)
    {
        var row = outcome.Row;
        var (word, colour) = outcome.Agrees switch
        {
            true => ("as expected", "green"),
            false => ("DIFFERS", "red"),
            null => ("undecided", "yellow"),
        };
        terminal.Console.MarkupLine(
            $"[{colour}]{word,-11}[/]  {Plain($"{outcome.Engine}, {row.Configuration}: {row.Workload}")}"
            + (row.Nemesis == "none" ? "" : Plain($", {row.Nemesis}")));
        terminal.Console.MarkupLine(Plain($"{"",-13}expected: {outcome.Expected}, found: {outcome.Found}"));
        terminal.Console.MarkupLine($"[grey]{Plain($"{"",-13}{outcome.Evidence}")}[/]");
        if (outcome.Agrees == false && row.Note is { } note)
            terminal.Console.MarkupLine(Plain($"{"",-13}note: {note}"));
    }

    /// <summary>How many are as expected.</summary>
    /// <param name="outcomes">What was tried.</param>
    /// <param name="isPartial">Whether it was interrupted before the rest.</param>
    public void WriteSum(IReadOnlyList<MatrixOutcome> outcomes, bool isPartial)
    {
        var differ = outcomes.Count(outcome => outcome.Agrees == false);
        var open = outcomes.Count(outcome => outcome.Agrees is null);
        terminal.Line("");
        terminal.Line(
            $"{outcomes.Count} tried: {outcomes.Count - differ - open} as expected, {differ} different,"
            + $" {open} undecided{(isPartial ? "; interrupted before the rest" : "")}.");
    }

    static string Plain(string text) => Markup.Escape(text);
}
