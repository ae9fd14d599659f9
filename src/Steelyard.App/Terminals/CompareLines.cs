using Spectre.Console;
using Steelyard.Comparisons.Variants;
using Steelyard.Histories;

namespace Steelyard.App.Terminals;

/// <summary>A comparison of variants on the console: a row a variant, then what is known of each, then where
/// the page is.</summary>
internal sealed class CompareLines(Terminal terminal, VariantComparison comparison)
{
    // What a terminal has room for; the page has them all.
    static readonly string[] s_shown =
        ["availability", "availability-minority", "latency-p50", "latency-p99", "stale-reads"];

    public void Write(string page)
    {
        var design = comparison.Result.Request.What.Design.Name;
        terminal.Console.MarkupLine(
            $"[bold]{Markup.Escape(design)}[/]: {comparison.Variants.Count} variants");
        terminal.Console.MarkupLine($"[grey]The same for each: {Markup.Escape(comparison.Same)}[/]");
        if (comparison.Result.IsPartial)
            terminal.Console.MarkupLine("[yellow]PARTIAL: stopped before the end.[/]");
        terminal.Line("");
        terminal.Console.Write(Figures());
        terminal.Line("");
        terminal.Line(comparison.Headline);
        foreach (var variant in comparison.Variants)
            WriteVariant(variant);
        foreach (var refused in comparison.Result.Refused)
            terminal.Line($"  {refused.Name} is refused: {refused.Why}");
        terminal.Line("");
        terminal.Line($"Page     {page}");
        terminal.Line($"Again    {terminal.Named(comparison.Repeat)}");
    }

    void WriteVariant(ComparedVariant variant)
    {
        terminal.Line("");
        terminal.Console.MarkupLine($"[bold]{Markup.Escape(variant.Name)}[/]");
        Indented($"{variant.Verdict}.");
        if (variant.Known is not { } known)
            return;
        Indented($"Known: {known.Sentence}{(known.Source is { } source ? $" ({source})" : "")}");
        Indented($"Choose it if {known.ChooseIf}.");
    }

    void Indented(string text) => terminal.Line($"  {text}");

    Table Figures()
    {
        var shown = comparison.Figures.Where(figure => s_shown.Contains(figure.Id)).ToList();
        var table = LatencyTable.Plain();
        table.AddColumn(LatencyTable.Column("", isRight: false));
        table.AddColumn(LatencyTable.Column("[bold]promises[/]", isRight: true));
        foreach (var figure in shown)
            table.AddColumn(LatencyTable.Column($"[bold]{Markup.Escape(figure.Head)}[/]", isRight: true));
        foreach (var variant in comparison.Variants)
            table.AddRow(
            [
                $"  {Markup.Escape(variant.Name)}", Promises(variant),
                .. shown.Select(figure => Markup.Escape(figure.Words(variant.Point))),
            ]);
        return table;
    }

    static string Promises(ComparedVariant variant) => variant.Point.Validity switch
    {
        Validity.Valid => $"[green]held {variant.Point.Runs.Count}/{variant.Point.Runs.Count}[/]",
        Validity.Invalid => $"[red]broken {Count(variant, Validity.Invalid)}[/]",
        _ => $"[yellow]open {Count(variant, Validity.Unknown)}[/]",
    };

    static string Count(ComparedVariant variant, Validity validity) =>
        $"{variant.Point.Runs.Count(run => run.Validity == validity)}/{variant.Point.Runs.Count}";
}
