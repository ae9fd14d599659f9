using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Inserts;

/// <summary>
/// Comments (Jepsen's <c>comments</c> and <c>tests.causal-reverse</c>): a read that holds a write holds every
/// write that had completed before that one began. Otherwise an effect is seen without what came before it,
/// which strict serializability forbids. Reads of failed writes are G1a. Values that nobody wrote in the
/// recording tell nothing.
/// </summary>
/// <remarks>Of all writes that a read holds only the one that began last matters. Takes
/// O(log n + elements read) a read.</remarks>
/// <param name="name">The checker's name: the workload has two.</param>
public sealed class Comments(string name = "comments") : IChecker
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Sentence => "No write is seen without one that had completed before it began";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (reads, writes) = (0, 0);
        foreach (var part in ByKey(history, Functions.Write, Functions.Read))
        {
            var written = SetAdds.ByElement(part, Functions.Write);
            writes += written.Count;
            var completed = Completed(written);
            foreach (var read in part)
            {
                if (read is not { Function: Functions.Read, Outcome: Outcome.Ok })
                    continue;
                reads++;
                Judge(read, written, completed, findings);
            }
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return reads == 0
            ? Verdict.Undecided(Name, "nothing was read")
            : Verdict.Holds(
                Name, $"{Count(reads, "read")} of {Count(writes, "write")}: none holds a write without those"
                    + " completed before it began");
    }

    static List<Operation> Completed(Dictionary<Value, SetAdds> written)
    {
        var completed = new List<Operation>();
        foreach (var writes in written.Values)
            if (writes.Acknowledged is { } write)
                completed.Add(write);
        completed.Sort(static (a, b) => a.CompletedAt.CompareTo(b.CompletedAt));
        return completed;
    }

    static void Judge(
        Operation read, Dictionary<Value, SetAdds> written, List<Operation> completed,
        WorkloadFindings findings)
    {
        var seen = new HashSet<Value>(ElementsOf(read).ToArray());
        Operation? newest = null;
        foreach (var element in ElementsOf(read))
        {
            if (!written.TryGetValue(element, out var writes))
                continue;
            if (writes.Attempt is not { } attempt)
                findings.Add(
                    "G1a",
                    () => $"process {read.ProcessName} read {element}{OfKey(read)}, whose write had failed",
                    writes.First.Index, read.Index);
            else if (newest is not { } known || attempt.InvokedAt > known.InvokedAt)
                newest = attempt;
        }

        if (newest is not { } last || FirstMissing(completed, last, seen) is not { } missing)
            return;
        findings.Add(
            "causal-reverse",
            () => $"process {read.ProcessName} read {last.Input}{OfKey(read)} without {missing.Input}, whose"
                + " write had completed before the other began",
            missing.Index, last.Index, read.Index);
    }

    static Operation? FirstMissing(List<Operation> completed, Operation last, HashSet<Value> seen)
    {
        foreach (var write in completed)
        {
            if (write.CompletedAt > last.InvokedAt)
                return null;
            if (!seen.Contains(write.Input))
                return write;
        }

        return null;
    }
}
