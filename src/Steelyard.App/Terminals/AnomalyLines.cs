using System.Globalization;
using Steelyard.Analysis.Naming;
using Steelyard.Histories;

namespace Steelyard.App.Terminals;

/// <summary>What anomalies are in plain words, and cycles in one line with a legend of their edges.</summary>
internal sealed class AnomalyLines(Terminal terminal)
{
    const string Indent = "              ";
    const int MostEdges = 8;

    /// <summary>What each kind of anomaly found means, and where that stands.</summary>
    public void WriteMeanings(IReadOnlyList<Anomaly> anomalies)
    {
        foreach (var type in anomalies.Select(found => found.Type).Distinct(StringComparer.Ordinal))
            if (AnomalyWords.Of(type) is { } words)
                terminal.Line($"{Indent}{type}, {words.PlainName}: {words.Sentence} ({words.Place})");
    }

    /// <summary>An anomaly's sentence under its name, and its cycle.</summary>
    public void WriteFound(History history, Anomaly found)
    {
        terminal.Line($"{Indent}{found.Type}: {Told(found)}");
        WriteCycle(history, found);
    }

    /// <summary>The cycle in one line: <c>T3 -rw x-> T5 -wr y-> T3</c>.</summary>
    public void WriteCycle(History history, Anomaly found)
    {
        if (found.Cycle.Count == 0)
            return;
        var edges = found.Cycle.Take(MostEdges).Select(step =>
            $"{Name(history, step.From)} -{Label(step)}-> ");
        var more = found.Cycle.Count - MostEdges;
        var end = more > 0 ? $"and {Count(more)} more, back to " : "";
        terminal.Line($"{Indent}{string.Concat(edges)}{end}{Name(history, found.Cycle[0].From)}");
    }

    /// <summary>What the edges of the cycles written mean.</summary>
    public void WriteLegend(IEnumerable<Anomaly> written)
    {
        var kinds = written.SelectMany(found => found.Cycle).Select(step => step.Kind).ToHashSet(
            StringComparer.Ordinal);
        foreach (var edge in EdgeWords.All.Where(edge => kinds.Contains(edge.Kind)))
            terminal.Line($"{Indent}{edge.Kind} ({edge.PlainName}): {edge.Meaning}");
    }

    // A long circle has a sentence for every edge: whole sentences are kept, and the rest is counted.
    static string Told(Anomaly found)
    {
        var steps = found.Cycle;
        if (steps.Count <= MostEdges || !found.Explanation.StartsWith(
            $"{steps[0].Explanation}; ", StringComparison.Ordinal))
            return found.Explanation;
        return string.Join("; ", steps.Take(MostEdges).Select(step => step.Explanation))
            + $"; and {Count(steps.Count - MostEdges)} more (--report html draws the cycle, --json has all)";
    }

    static string Name(History history, int operation) => $"T{history[operation].RecordedIndex}";

    static string Label(CycleStep step) => step.Key.IsNil ? step.Kind : $"{step.Kind} {step.Key}";

    static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
