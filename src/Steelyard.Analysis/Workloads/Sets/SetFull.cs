using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Sets;

/// <summary>
/// A set that is read all the while (Jepsen's <c>checker/set-full</c>): no element that was known is missing
/// from the last read that began after it was (lost), none stands twice in a read (duplicated), and none is
/// read that cannot have been added (unexpected). An element is known from the end of its add, or of the
/// first read that holds it; stable from when every read that begins holds it; stale when a read that began
/// after it was known did not hold it; never read when no read that began later tells.
/// </summary>
/// <param name="linearizable">True when a stale element breaks the promise as well.</param>
/// <param name="name">What the promise is called where the set is called something else: Maelstrom's
/// <c>g-set</c> and <c>broadcast</c>.</param>
/// <param name="add">The function that adds its input.</param>
public sealed class SetFull(bool linearizable = false, string name = "set-full", string add = FinalSet.Add)
    : IChecker
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Sentence => "Every acknowledged element is read from some time on";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var tally = new SetFullTally();
        foreach (var part in ByKey(history, add, Functions.Read))
            Judge(new SetFullReads(part, add), findings, tally);
        if (!findings.IsEmpty)
            return findings.Broken();
        return tally.Stable == 0
            ? Verdict.Undecided(Name, $"no element was read for good, {tally.NeverRead:N0} never")
            : Verdict.Holds(Name, tally.ToString());
    }

    void Judge(SetFullReads reads, WorkloadFindings findings, SetFullTally tally)
    {
        foreach (var element in reads.Elements)
        {
            var fate = reads.FateOf(element);
            tally.Add(fate);
            if (fate.Kind == SetElementKind.Lost)
                findings.Add("lost", () => Lost(element, fate), Witness(element, fate));
            else if (fate.Stale is { } missed && linearizable)
                findings.Add(
                    "stale",
                    () => $"{element.Value} was known, yet process {missed.ProcessName} did not read it later"
                        + OfKey(missed),
                    Witness(element, fate));
        }

        foreach (var (read, value) in reads.Duplicates)
            findings.Add(
                "duplicated", () => $"process {read.ProcessName} read {value} more than once{OfKey(read)}",
                read.Index);
        foreach (var (read, value, first, why) in reads.Unexpected)
            findings.Add(
                "unexpected", () => $"process {read.ProcessName} read {value}{OfKey(read)}, {why}",
                first is { } source ? [source.Index, read.Index] : [read.Index]);
    }

    static string Lost(SetFullElement element, SetElementFate fate)
    {
        var known = element.Known!.Value;
        var how = known.Function switch
        {
            FinalSet.Add => "added",
            Functions.Read => "read",
            var other => other,
        };
        return $"{element.Value} was {how} by process {known.ProcessName}, then not read by process"
            + $" {fate.Missed!.Value.ProcessName} and never again{OfKey(known)}";
    }

    static int[] Witness(SetFullElement element, SetElementFate fate) =>
        [element.Known!.Value.Index, (fate.Stale ?? fate.Missed)!.Value.Index];
}
