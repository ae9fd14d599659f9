using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Counters;

/// <summary>
/// A counter that starts at 0 (Jepsen's <c>checker/counter</c>, and decrements as well): every read returns
/// what the counter can have been at some instant while the read was open, the adds that were open or of
/// unknown outcome by then counted or not. Failed adds never count.
/// </summary>
/// <remarks>
/// At an instant the counter lies between the adds that must count and take and those that may count and
/// give. One event moves one of the two bounds, so the intervals of neighbouring instants overlap, and a
/// read is right exactly when it lies between the least lower and the greatest upper bound of its time.
/// </remarks>
public sealed class CounterBounds : IChecker
{
    /// <inheritdoc/>
    public string Name => "counter";

    /// <inheritdoc/>
    public string Sentence => "Every read lies between what must and what may have been added";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (adds, reads) = (0, 0);
        foreach (var part in ByKey(history, FinalSet.Add, Functions.Read))
        {
            var ends = new CounterTimeline(part);
            adds += part.Count(o => o.Function == FinalSet.Add && o.MayHaveHappened);
            foreach (var (read, lower, upper) in ends.Reads())
            {
                reads++;
                var value = IntegerOf(read, read.Output, "a whole number");
                if (value < lower || value > upper)
                    AddOutside(findings, read, value, lower, upper);
            }
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return adds + reads == 0
            ? Verdict.Undecided(Name, "there was no add and no read")
            : Verdict.Holds(
                Name, reads == 0 ? $"{Count(adds, "add")} and no read, so no read was wrong"
                : $"{Count(reads, "read")} within the bounds of {Count(adds, "add")}, none outside");
    }

    static void AddOutside(
        WorkloadFindings findings, Operation read, long value, long lower, long upper) => findings.Add(
        "out-of-bounds",
        () => $"process {read.Process} read {value}{OfKey(read)}, when the counter was "
            + (lower == upper ? $"{lower}" : $"between {lower} and {upper}"),
        read.Index);
}
