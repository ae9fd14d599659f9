using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// A user's last word stands. An acknowledged status must be visible in every final read of its user, unless
/// another update of that user may have overwritten it: one that did not end before this one began (it is
/// later or concurrent in real time, or its outcome is unknown). Visible means: it is the value, one of the
/// siblings (a list), or the value of a device (a map).
/// </summary>
/// <remarks>
/// Last-writer-wins by wall clocks breaks this when clocks are apart: an older update with a faster clock
/// hides the newer one, though the newer was made after the older had been acknowledged.
/// </remarks>
/// <param name="outranks">The application's own rule, where it has one: true when the first status, being
/// visible, may hide the second. Null is no such rule.</param>
public sealed class StatusKept(Func<Value, Value, bool>? outranks = null) : IChecker
{
    /// <inheritdoc/>
    public string Name => "status-kept";

    /// <inheritdoc/>
    public string Sentence => "No status update is silently overwritten";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var lastWords = LastWords(history, out var users);
        var begin = FinalReadsBegin(history, Functions.SetStatus);
        var anomalies = new List<Anomaly>();
        var lost = new HashSet<Value>();
        var read = new HashSet<Value>();
        var (reads, siblings) = (0, 0);
        foreach (var operation in history.Operations)
        {
            if (operation.Function != Functions.GetStatus || operation.Outcome != Outcome.Ok
                || operation.InvokedAt < begin)
                continue;
            reads++;
            read.Add(operation.Key);
            var visible = Visible(operation.Output);
            siblings += operation.Output.Kind == ValueKind.List && visible.Count > 1 ? 1 : 0;
            if (lastWords.TryGetValue(operation.Key, out var word) && !Stands(word, visible)
                && lost.Add(operation.Key))
                anomalies.Add(Lost(history, word, operation));
        }

        if (anomalies.Count > 0)
            return Verdict.Broken(Name, [.. anomalies.Take(MostAnomalies)]);
        if (reads == 0)
            return Verdict.Undecided(Name, "no status was read after the heal");
        foreach (var user in lastWords.Keys)
            if (!read.Contains(user))
                return Verdict.Undecided(Name, $"nobody read the status of {user} after the heal");
        var others = users == lastWords.Count
            ? ""
            : $" (of {users:N0}; the others' last updates were concurrent)";
        var some = siblings == 0 ? "" : $"; {siblings:N0} of them show siblings for the reader to merge";
        return Verdict.Holds(
            Name,
            $"the last acknowledged status of {Count(lastWords.Count, "user")}{others} stands in"
            + $" {Count(reads, "final read")}{some}");
    }

    /// <summary>
    /// By user, the acknowledged update before which every other update of that user had ended.
    /// </summary>
    static SortedDictionary<Value, Operation> LastWords(History history, out int users)
    {
        var last = new SortedDictionary<Value, Operation>();
        // The latest end among the user's other updates: those invoked before the last one.
        var otherEnds = new SortedDictionary<Value, int>();
        foreach (var operation in history.Operations)
        {
            if (operation.Function != Functions.SetStatus || !operation.MayHaveHappened)
                continue;
            if (last.TryGetValue(operation.Key, out var before))
                otherEnds[operation.Key] = Math.Max(
                    otherEnds.GetValueOrDefault(operation.Key, -1), EndOfEffect(before));
            last[operation.Key] = operation;
        }

        users = last.Count;
        foreach (var (user, operation) in last.ToArray())
            if (operation.Outcome != Outcome.Ok
                || otherEnds.GetValueOrDefault(user, -1) > operation.InvokedAt)
                last.Remove(user);
        return last;
    }

    bool Stands(Operation word, List<Value> visible)
    {
        var status = StatusOf(word);
        foreach (var shown in visible)
            if (shown == status || (outranks is not null && outranks(shown, status)))
                return true;
        return false;
    }

    static Value StatusOf(Operation update) => Field(update.Input, "status", update.Input);

    static List<Value> Visible(Value output)
    {
        var visible = new List<Value>();
        switch (output.Kind)
        {
            case ValueKind.Nil:
                break;
            case ValueKind.List:
                foreach (var sibling in output.AsList)
                    visible.AddRange(Visible(sibling));
                break;
            case ValueKind.Map:
                foreach (var (_, value) in output.AsMap)
                    visible.AddRange(Visible(value));
                break;
            default:
                visible.Add(output);
                break;
        }

        return visible;
    }

    static Anomaly Lost(History history, Operation word, Operation read)
    {
        var witness = new List<int> { word.Index, read.Index };
        var shown = Visible(read.Output);
        var why = "";
        foreach (var operation in history.Operations)
            // A map shows every device's own: none of them stands in the way of the lost one.
            if (operation.Function == Functions.SetStatus && operation.Key == word.Key
                && read.Output.Kind != ValueKind.Map && operation.Index != word.Index
                && shown.Contains(StatusOf(operation)))
            {
                witness.Add(operation.Index);
                why = $", which was set{At(operation)} and acknowledged before";
            }

        return new(
            "lost-update",
            $"{word.Key} set the status \"{StatusOf(word)}\"{At(word)} and it was acknowledged, no later"
            + $" update overwrote it, yet after the heal process {read.ProcessName} reads"
            + $" \"{read.Output}\"{why}",
            [.. witness.Order()]);
    }

    static string At(Operation operation) => operation.Node is { } node ? $" at {node}" : "";
}
