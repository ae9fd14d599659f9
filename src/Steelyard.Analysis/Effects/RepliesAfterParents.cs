using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// Causal delivery of replies: no read of a room shows a reply without its parent or before it (the
/// happened-before of Lamport 1978, as far as <c>reply-to</c> tells it).
/// </summary>
public sealed class RepliesAfterParents : IChecker
{
    /// <inheritdoc/>
    public string Name => "replies-after-parents";

    /// <inheritdoc/>
    public string Sentence => "No reply is seen before the message it answers";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var replies = new Dictionary<Value, (Value Parent, int Index)>();
        foreach (var operation in history.Operations)
            if (operation.Function == Functions.Send && operation.Input.Kind == ValueKind.Map
                && operation.Input["reply-to"] is { IsNil: false } parent)
                replies[IdOf(operation)] = (parent, operation.Index);

        var anomalies = new List<Anomaly>();
        var (reads, shown) = (0, 0L);
        foreach (var operation in history.Operations)
        {
            if (operation.Function != Functions.ReadRoom || operation.Outcome != Outcome.Ok)
                continue;
            reads++;
            shown += Judge(operation, replies, anomalies);
        }

        if (anomalies.Count > 0)
            return Verdict.Broken(Name, anomalies);
        return reads == 0
            ? Verdict.Undecided(Name, "no room was read")
            : Verdict.Holds(
                Name,
                $"every reply came after what it answers: {Count(replies.Count, "reply", "replies")},"
                + $" shown {shown:N0} times in {Count(reads, "read")}");
    }

    static int Judge(
        Operation read, Dictionary<Value, (Value Parent, int Index)> replies, List<Anomaly> anomalies)
    {
        var above = new HashSet<Value>();
        var shown = 0;
        foreach (var id in read.Output.AsList)
        {
            if (replies.TryGetValue(id, out var reply))
            {
                shown++;
                if (!above.Contains(reply.Parent) && anomalies.Count < MostAnomalies)
                    anomalies.Add(Orphan(read, id, reply.Parent, reply.Index));
            }

            above.Add(id);
        }

        return shown;
    }

    static Anomaly Orphan(Operation read, Value id, Value parent, int index)
    {
        var before = false;
        foreach (var other in read.Output.AsList)
            before |= other == parent;
        return new(
            before ? "reply-before-parent" : "reply-without-parent",
            $"process {read.ProcessName} saw reply {id} in {read.Key} {(before ? "before" : "without")}"
            + $" {parent},"
            + " the message it answers",
            [index, read.Index]);
    }
}
