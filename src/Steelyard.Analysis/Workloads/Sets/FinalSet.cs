using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Sets;

/// <summary>
/// A set to which elements are added, and which is read at the end (Jepsen's <c>checker/set</c>): the last
/// completed read holds every element whose add had ended Ok before it began, and none that was never added,
/// whose add failed, or whose add began after it ended. Elements of unknown adds that it holds are
/// recovered.
/// </summary>
public sealed class FinalSet : IChecker
{
    internal const string Add = "add";

    /// <inheritdoc/>
    public string Name => "set";

    /// <inheritdoc/>
    public string Sentence => "Every acknowledged element is in the final read";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (counts, unread) = (new Tally(), 0);
        foreach (var part in ByKey(history, Add, Functions.Read))
        {
            // A last read without a result is none, as Jepsen has it.
            if (LastRead(part) is { Output.IsNil: false } read)
                Judge(SetAdds.ByElement(part), read, findings, counts);
            else
                unread++;
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return unread > 0 || counts.Reads == 0
            ? Verdict.Undecided(
                Name, unread > 1 ? $"{unread:N0} sets were never read" : "the set was never read")
            : Verdict.Holds(
                Name,
                $"{counts.Kept:N0} of {Count(counts.Acknowledged, "acknowledged element")} {Are(counts.Kept)}"
                + $" in the final read, {counts.Recovered:N0} of unknown adds recovered, none lost, none"
                + " unexpected");
    }

    static Operation? LastRead(List<Operation> part)
    {
        Operation? last = null;
        foreach (var operation in part)
            if (operation is { Function: Functions.Read, Outcome: Outcome.Ok }
                && (last is not { } known || operation.CompletedAt > known.CompletedAt))
                last = operation;
        return last;
    }

    static void Judge(
        Dictionary<Value, SetAdds> adds, Operation read, WorkloadFindings findings, Tally counts)
    {
        counts.Reads++;
        var seen = new HashSet<Value>(ElementsOf(read).ToArray());
        foreach (var (element, added) in adds)
        {
            counts.Acknowledged += added.Acknowledged is null ? 0 : 1;
            if (added.Acknowledged is { } add && !seen.Contains(element) && add.CompletedAt < read.InvokedAt)
                findings.Add(
                    "lost",
                    () => $"{element} was added by process {add.ProcessName}, then not read by the final read"
                        + OfKey(read),
                    add.Index, read.Index);
            else if (seen.Contains(element))
                _ = added.Acknowledged is null ? counts.Recovered++ : counts.Kept++;
        }

        foreach (var element in ElementsOf(read))
        {
            if (!seen.Remove(element))
                continue;
            var added = adds.GetValueOrDefault(element);
            if (SetAdds.WhyUnexpected(added, read) is { } why)
                findings.Add(
                    "unexpected", () => $"the final read{OfKey(read)} holds {element}, {why}",
                    added is null ? [read.Index] : [added.First.Index, read.Index]);
        }
    }

    sealed class Tally
    {
        public int Reads { get; set; }

        public int Acknowledged { get; set; }

        public int Kept { get; set; }

        public int Recovered { get; set; }
    }
}
