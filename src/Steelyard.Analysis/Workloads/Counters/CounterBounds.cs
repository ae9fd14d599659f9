using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Counters;

/// <summary>
/// A counter that starts at 0 (Jepsen's <c>checker/counter</c>, and decrements as well): every read returns
/// what the counter can have been at some instant while the read was open, the adds that were open or of
/// unknown outcome by then counted or not. Failed adds never count. 0 or 2 is not 1: sums are looked at, not
/// their bounds alone.
/// </summary>
public sealed class CounterBounds : IChecker
{
    /// <inheritdoc/>
    public string Name => "counter";

    /// <inheritdoc/>
    public string Sentence => "Every read is a sum of what must and what may have been added";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (adds, reads, undecided) = (0, 0, 0);
        foreach (var part in ByKey(history, FinalSet.Add, Functions.Read))
        {
            adds += part.Count(o => o.Function == FinalSet.Add && o.MayHaveHappened);
            foreach (var read in new CounterTimeline(part).Reads)
            {
                reads++;
                if (read.IsReached is false)
                    AddUnreached(findings, read);
                else if (read.IsReached is null)
                    undecided++;
            }
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        if (undecided > 0)
            return Verdict.Undecided(
                Name, $"{Count(undecided, "read")} lie within the bounds, and too many sums would have to be"
                + " tried to say whether the counter was ever just that");
        return adds + reads == 0
            ? Verdict.Undecided(Name, "there was no add and no read")
            : Verdict.Holds(
                Name, reads == 0 ? $"{Count(adds, "add")} and no read, so no read was wrong"
                : $"{Count(reads, "read")}, each a sum that {Count(adds, "add")} can have reached by then");
    }

    static void AddUnreached(WorkloadFindings findings, CounterRead found)
    {
        var (read, lower, upper) = (found.Operation, found.Lower, found.Upper);
        var isWithin = found.Value >= lower && found.Value <= upper;
        findings.Add(
            isWithin ? "unreachable-sum" : "out-of-bounds",
            () => $"process {read.ProcessName} read {found.Value}{OfKey(read)}, when the counter was "
                + (lower == upper ? $"{lower}"
                    : isWithin ? $"a sum between {lower} and {upper}, and never {found.Value}"
                    : $"between {lower} and {upper}"),
            read.Index);
    }
}
