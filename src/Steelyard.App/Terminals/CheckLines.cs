using Steelyard.Analysis.Proving;
using Steelyard.App.Commands;
using Steelyard.Checks;
using Steelyard.Histories;

namespace Steelyard.App.Terminals;

/// <summary>Judged histories in plain words.</summary>
internal sealed class CheckLines(Terminal terminal)
{
    const int MostOperations = 20;

    /// <summary>One history: what it is, its verdicts, their proofs.</summary>
    public void Write(HistoryCheck check)
    {
        var history = check.Read.History;
        terminal.Line(
            $"{check.Path}: {history.Count:N0} {(history.Count == 1 ? "operation" : "operations")}"
                + $" ({check.Read.Format.Name}), "
                + $"judged as {check.Model}");
        if (check.Read.PartialReason is { } reason)
            terminal.Line($"  PARTIAL: {reason}");
        if (check.Read.Warning is { } warning)
            terminal.Line($"  WARNING: {warning}");
        if (check.Read.Note is { } note)
            terminal.Line($"  {note}");
        new VerdictLines(terminal).Write(history, check.Verdicts);
        if (check.PassedOver.Count > 0)
            terminal.Line($"  {PassedOver.Told(check.PassedOver)}");
        if (check.Measures is { } measures)
            new MeasureTables(terminal, measures).Write();
        foreach (var proof in check.Proofs)
            WriteProof(history, proof);
    }

    /// <summary>Several files in one line.</summary>
    public void WriteSummary(IReadOnlyList<CheckedFile> files)
    {
        var words = new List<string>();
        foreach (var group in files.Where(file => file.Check is not null)
                     .GroupBy(file => Verdict.Overall(file.Check!.Verdicts)).OrderBy(group => group.Key))
            words.Add($"{group.Count():N0} {group.Key.ToString().ToLowerInvariant()}");
        if (files.Count(file => file.Mistake is not null) is > 0 and var mistaken)
            words.Add($"{mistaken:N0} not judged");
        terminal.Line($"{files.Count:N0} files: {string.Join(", ", words)}.");
    }

    void WriteProof(History history, VerdictProof proof)
    {
        terminal.Line($"  proof   {proof.Checker}: {proof.Sentence}");
        foreach (var index in proof.Operations.Take(MostOperations))
            terminal.Line($"              {history[index].RecordedIndex,6}  "
                + VerdictLines.Cut(history[index]));
        if (proof.Operations.Count > MostOperations)
            terminal.Line($"              and {proof.Operations.Count - MostOperations:N0} more;"
                + " --out or --json has all");
    }
}
