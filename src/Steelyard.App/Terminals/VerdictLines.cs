using Spectre.Console;
using Steelyard.Analysis;
using Steelyard.Histories;

namespace Steelyard.App.Terminals;

/// <summary>Verdicts in plain words, each Invalid with the few operations that show it.</summary>
internal sealed class VerdictLines(Terminal terminal)
{
    const int MostWitnesses = 8;

    public void Write(History history, IReadOnlyList<Verdict> verdicts)
    {
        var width = verdicts.Count == 0 ? 0 : verdicts.Max(verdict => verdict.Checker.Length);
        terminal.Console.MarkupLine(Headline(verdicts));
        foreach (var verdict in verdicts)
        {
            var (mark, color) = Mark(verdict.Validity);
            var name = Markup.Escape(verdict.Checker.PadRight(width));
            terminal.Console.Markup($"  [{color}]{mark}[/] {name}  ");
            terminal.Line(verdict.Summary);
            if (verdict.NotModels.Count + verdict.StandingModels.Count > 0)
                WriteModels(verdict);
            else if (verdict.Anomalies.Count > 0)
                WriteWitness(history, verdict.Anomalies);
        }
    }

    // Where models are judged, each type of anomaly stands for itself: its first sentence, then the models.
    void WriteModels(Verdict verdict)
    {
        foreach (var found in verdict.Anomalies.DistinctBy(found => found.Type))
            terminal.Line($"              {found.Type}: {found.Explanation}");
        if (verdict.NotModels.Count > 0)
            terminal.Line($"              ruled out: {string.Join(", ", verdict.NotModels)}");
        var standing = ConsistencyLattice.Strongest(verdict.StandingModels);
        if (standing.Count > 0)
            terminal.Line($"              not ruled out: {string.Join(", ", standing)}, and all they imply");
    }

    static string Headline(IReadOnlyList<Verdict> verdicts)
    {
        var broken = verdicts.Count(verdict => verdict.Validity == Validity.Invalid);
        var unknown = verdicts.Count(verdict => verdict.Validity == Validity.Unknown);
        if (verdicts.Count == 0)
            return "[bold]No promise was made, so none was judged.[/]";
        if (broken > 0)
            return $"[bold red]{broken} of {verdicts.Count} promises broken.[/]";
        if (unknown > 0)
            return $"[bold yellow]{unknown} of {verdicts.Count} promises not decided.[/]";
        return verdicts.Count == 1 ? "[bold green]The promise held.[/]"
            : $"[bold green]All {verdicts.Count} promises held.[/]";
    }

    static (string Mark, string Color) Mark(Validity validity) => validity switch
    {
        Validity.Valid => ("valid  ", "green"),
        Validity.Invalid => ("INVALID", "red"),
        _ => ("unknown", "yellow"),
    };

    void WriteWitness(History history, IReadOnlyList<Anomaly> anomalies)
    {
        var witness = anomalies[0].Witness;
        foreach (var index in witness.Take(MostWitnesses))
            terminal.Line($"              {Time(history[index])}{history[index]}");
        if (witness.Count > MostWitnesses)
            terminal.Line($"              and {witness.Count - MostWitnesses} operations more");
        if (anomalies.Count > 1)
            terminal.Line($"              and {anomalies.Count - 1} more of the kind");
    }

    static string Time(Operation operation) => operation.InvokedNs == 0
        ? $"operation {operation.Index}, "
        : $"{operation.InvokedNs / 1e9,8:0.000} s  ";
}
