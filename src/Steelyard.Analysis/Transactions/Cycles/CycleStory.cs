using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>Tells a cycle as a sentence for each edge.</summary>
/// <param name="columns">The transactions.</param>
/// <param name="wrote">The past tense of a write: appended or wrote.</param>
/// <param name="orders">The orders of lists; null for registers.</param>
internal sealed class CycleStory(TransactionColumns columns, string wrote, ListOrders? orders)
{
    /// <summary>The transactions of a cycle, in its order.</summary>
    public static int[] Transactions(DependencyGraph graph, IReadOnlyList<int> cycle) =>
        [.. Steps(graph, cycle).Select(step => step.To)];

    /// <summary>The cycle as data, in its order.</summary>
    public IReadOnlyList<CycleStep> Cycle(DependencyGraph graph, IReadOnlyList<int> cycle) =>
        [.. Steps(graph, cycle).Select(step => new CycleStep(
            columns.Operations[step.From], columns.Operations[step.To], Word(step.Kind),
            step.Key < 0 ? Value.Nil : columns.Key(step.Key), Change(step), Sentence(step)))];

    /// <summary>The cycle in words.</summary>
    public string Tell(DependencyGraph graph, IReadOnlyList<int> cycle)
    {
        var steps = Steps(graph, cycle);
        var names = steps.Select(step => Name(step.From)).ToList();
        return $"{string.Join("; ", steps.Select(Sentence))}: so"
            + $" {string.Join(" before ", names)} before {names[0]}";
    }

    // Nodes that are no transactions only save edges: what leads into them goes on to the next transaction.
    static List<Step> Steps(DependencyGraph graph, IReadOnlyList<int> cycle)
    {
        var steps = new List<Step>();
        var (kind, key) = (EdgeKinds.None, -1);
        foreach (var edge in cycle)
        {
            if (graph.Kinds[edge] != EdgeKinds.Onward)
                (kind, key) = (graph.Kinds[edge], graph.Keys[edge]);
            if (graph.To[edge] < graph.TransactionCount)
                steps.Add(new(-1, graph.To[edge], kind, key));
        }

        for (var i = 0; i < steps.Count; i++)
            steps[i] = steps[i] with { From = steps[(i + steps.Count - 1) % steps.Count].To };
        return steps;
    }

    string Sentence(Step step) => step.Kind switch
    {
        EdgeKinds.Ww => $"{Name(step.From)} {wrote} {Written(step.From, step.Key)} to {columns.Key(step.Key)}"
            + $" before {Name(step.To)} {wrote} {Written(step.To, step.Key)}",
        EdgeKinds.Wr => $"{Name(step.To)} read {columns.Key(step.Key)} = {Read(step.To, step.Key)}, to which"
            + $" {Name(step.From)} had {Participle} {Written(step.From, step.Key)}",
        EdgeKinds.Rw => $"{Name(step.From)} read {columns.Key(step.Key)} = {Read(step.From, step.Key)},"
            + $" without {Written(step.To, step.Key)}, which {Name(step.To)} {wrote}",
        EdgeKinds.Process => $"{Name(step.From)} came before {Name(step.To)} in the same process",
        _ => $"{Name(step.From)} had completed before {Name(step.To)} began",
    };

    static string Word(EdgeKinds kind) => kind switch
    {
        EdgeKinds.Ww => "ww",
        EdgeKinds.Wr => "wr",
        EdgeKinds.Rw => "rw",
        EdgeKinds.Process => "process",
        _ => "realtime",
    };

    string Change(Step step) => step.Kind switch
    {
        EdgeKinds.Ww => $"{Written(step.From, step.Key)} → {Written(step.To, step.Key)}",
        EdgeKinds.Wr => Written(step.From, step.Key),
        EdgeKinds.Rw => $"{Read(step.From, step.Key)} → {Written(step.To, step.Key)}",
        _ => "",
    };

    string Participle => wrote == "wrote" ? "written" : wrote;

    string Name(int transaction) => columns.Name(transaction);

    string Written(int transaction, int key)
    {
        var values = new List<string>();
        for (var step = columns.FirstSteps[transaction]; step < columns.StepsEnd(transaction); step++)
            if (columns.StepKeys[step] == key && columns.Kinds[step] == StepKind.Write)
                values.Add(columns.VersionValue(columns.StepVersions[step]).ToString());
        return string.Join(" and ", values);
    }

    string Read(int transaction, int key)
    {
        var values = new List<string>();
        for (var step = columns.FirstSteps[transaction]; step < columns.StepsEnd(transaction); step++)
            if (columns.StepKeys[step] == key && columns.Kinds[step] == StepKind.Read)
                values.Add(ShowRead(step));
        return string.Join(" and then ", values.Distinct(StringComparer.Ordinal));
    }

    string ShowRead(int step)
    {
        if (orders is not null)
            return ListText.Of(columns, columns.ListRead(step));
        var version = columns.StepVersions[step];
        return version < 0 ? "nil" : columns.VersionValue(version).ToString();
    }

    readonly record struct Step(int From, int To, EdgeKinds Kind, int Key);
}
