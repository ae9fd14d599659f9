using Steelyard.Analysis.Naming;
using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>A cycle of transactions as the page draws it: the transactions in order, and why each comes
/// before the next; the last edge leads back to the first.</summary>
internal static class CycleParts
{
    // Of longer cycles the beginning and the end are drawn, and the rest is counted.
    const int MostDrawn = 10;
    const int EndDrawn = 2;
    const int MostSteps = 8;
    const int MostLetters = 34;

    /// <summary>The cycle of an anomaly, or null where it is none.</summary>
    public static CycleData? Of(History history, Anomaly anomaly)
    {
        var cycle = anomaly.Cycle;
        if (cycle.Count == 0)
            return null;
        var leftOut = cycle.Count > MostDrawn ? cycle.Count - MostDrawn : 0;
        var begin = leftOut > 0 ? MostDrawn - EndDrawn : cycle.Count;
        var drawn = Enumerable.Range(0, cycle.Count).Where(i => i < begin || i >= begin + leftOut);
        return new(
            IsWholeStory(anomaly) ? null : "One of the circles told above:",
            [.. drawn.Select(i => Node(history, cycle[i], cycle[(i + cycle.Count - 1) % cycle.Count]))],
            [.. drawn.Select(i => new CycleEdgeData(cycle[i].Kind, Label(cycle[i]), cycle[i].Explanation))],
            begin, leftOut, Legend(cycle));
    }

    /// <summary>What a cycle's anomaly says besides the sentences of its edges.</summary>
    public static string Explanation(Anomaly anomaly)
    {
        if (anomaly.Cycle.Count == 0 || !IsWholeStory(anomaly))
            return anomaly.Explanation;
        return $"{ReportParts.Count(anomaly.Cycle.Count)} transactions, each of which must come before the"
            + " next, and the last before the first";
    }

    // The sentence of an anomaly that is nothing but a cycle begins with those of its edges.
    static bool IsWholeStory(Anomaly anomaly) => anomaly.Explanation.StartsWith(
        string.Join("; ", anomaly.Cycle.Select(step => step.Explanation)), StringComparison.Ordinal);

    // Only what occurs is explained.
    static IReadOnlyList<LegendData> Legend(IReadOnlyList<CycleStep> cycle) =>
        [.. EdgeWords.All.Where(edge => cycle.Any(step => step.Kind == edge.Kind))
            .Select(edge => new LegendData(edge.Kind, edge.PlainName, edge.Meaning))];

    static CycleNodeData Node(History history, CycleStep step, CycleStep before)
    {
        var operation = history[step.From];
        var steps = Steps(operation).Select(one => new CycleStepData(
            ReportParts.Shortened(one.Text, MostLetters),
            one.Key is { } key && (key == step.Key || key == before.Key))).ToList();
        // What the cycle is not about goes first where there are too many.
        var spare = Math.Max(0, steps.Count - MostSteps);
        var shown = steps.Where(one => one.IsAbout || spare-- <= 0).Take(MostSteps).ToList();
        return new(
            $"T{operation.RecordedIndex}", $"process {operation.ProcessName}", shown,
            steps.Count - shown.Count);
    }

    static IEnumerable<(string Text, Value? Key)> Steps(Operation operation)
    {
        var steps = operation.Output.IsNil ? operation.Input : operation.Output;
        if (!IsTransaction(operation.Function, steps))
        {
            yield return (OperationText.Label(operation), null);
            yield break;
        }

        var texts = new List<(string, Value?)>();
        foreach (var step in steps.AsList)
            texts.Add(step.Kind == ValueKind.List && step.AsList.Length > 1
                ? (StepText(step), step.AsList[1])
                : (step.ToString(), null));
        foreach (var text in texts)
            yield return text;
    }

    // Transactions may be called anything, and other operations have lists too: their values are no steps.
    static bool IsTransaction(string function, Value steps)
    {
        if (steps.Kind != ValueKind.List || function == Functions.Txn)
            return steps.Kind == ValueKind.List;
        foreach (var step in steps.AsList)
            if (step is not { Kind: ValueKind.List, AsList: [{ Kind: ValueKind.Text }, _, ..] })
                return false;
        return !steps.AsList.IsEmpty;
    }

    // The end of a long list is what tells.
    static string StepText(Value step)
    {
        var words = step.AsList[0].ToString().Trim('"') + " " + step.AsList[1];
        var value = step.AsList.Length > 2 ? step.AsList[2].ToString() : "";
        var room = MostLetters - words.Length - 1;
        return value.Length <= room || room < 8
            ? $"{words} {value}".TrimEnd()
            : $"{words} …{value[^(room - 1)..]}";
    }

    static string Label(CycleStep step) => step.Key.IsNil
        ? ""
        : ReportParts.Shortened($"{step.Key}: {step.Change}", 30);
}
