using System.Globalization;
using Spectre.Console;
using Steelyard.Analysis.Transactions;
using Steelyard.Histories;

namespace Steelyard.App.Terminals;

/// <summary>Verdicts in plain words, each Invalid with the few operations that show it.</summary>
internal sealed class VerdictLines(Terminal terminal)
{
    const int MostWitnesses = 8;
    const int MostOfOperation = 160;

    readonly AnomalyLines _anomalies = new(terminal);

    /// <summary>Writes them.</summary>
    /// <param name="history">What they judge.</param>
    /// <param name="verdicts">What was found.</param>
    /// <param name="promises">The names of those that are on promises; null where all are.</param>
    public void Write(
        History history, IReadOnlyList<Verdict> verdicts, IReadOnlyCollection<string>? promises = null)
    {
        var width = verdicts.Count == 0 ? 0 : verdicts.Max(verdict => verdict.Checker.Length);
        terminal.Console.MarkupLine(VerdictHeadline.Of(verdicts, promises));
        foreach (var verdict in verdicts)
        {
            var (mark, color) = Mark(verdict.Validity);
            var name = Markup.Escape(verdict.Checker.PadRight(width));
            terminal.Console.Markup($"  [{color}]{mark}[/] {name}  ");
            terminal.Line(verdict.Summary);
            WriteAnomalies(history, verdict);
            WriteModels(verdict);
        }
    }

    void WriteAnomalies(History history, Verdict verdict)
    {
        var kinds = verdict.Anomalies.DistinctBy(found => found.Type).ToList();
        var told = kinds.Where(found => found.Explanation != verdict.Summary).ToList();
        var judgesModels =
            verdict.NotModels.Count + verdict.HeldModels.Count + verdict.UndecidedModels.Count > 0;
        if (judgesModels)
            foreach (var found in told)
                _anomalies.WriteFound(history, found);
        // Sentences of transactions tell their witness; others leave it to be shown.
        if (verdict.Anomalies.Count > 0 && (!judgesModels || told.Count == 0))
            WriteWitness(history, verdict.Anomalies);
        _anomalies.WriteMeanings(verdict.Anomalies);
        if (judgesModels)
            _anomalies.WriteLegend(told);
    }

    void WriteModels(Verdict verdict)
    {
        if (verdict.NotModels.Count > 0)
            terminal.Line($"              ruled out: {string.Join(", ", verdict.NotModels)}");
        var held = ConsistencyLattice.Strongest(verdict.HeldModels);
        if (held.Count > 0)
            terminal.Line($"              checked and holds: {string.Join(", ", held)}, and all they imply");
        if (verdict.UndecidedModels.Count > 0)
            terminal.Line($"              not decided: {string.Join(", ", verdict.UndecidedModels)}");
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
            terminal.Line($"              {Place(history[index])}{Cut(history[index])}");
        if (witness.Count > MostWitnesses)
            terminal.Line($"              and {witness.Count - MostWitnesses} operations more");
        if (anomalies.Count > 1)
            terminal.Line($"              and {anomalies.Count - 1} more of the kind");
    }

    // An operation that returns a thousand elements would fill the screen.
    internal static string Cut(Operation operation) => ToldValue.Of(operation, MostOfOperation);

    static string Place(Operation operation) => operation.InvokedNs == 0
        ? $"operation {operation.RecordedIndex}, "
        : string.Create(
            CultureInfo.InvariantCulture,
            $"operation {operation.RecordedIndex} at {operation.InvokedNs / 1e9:0.000} s, ");
}
