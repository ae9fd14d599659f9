using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Counters;

/// <summary>
/// A counter that may answer anything while changes spread, and is right at the end (Maelstrom's
/// <c>g-counter</c> and <c>pn-counter</c>): every final read is the sum of all adds that had ended ok before
/// it began, and of any of those that were of unknown outcome or still open.
/// </summary>
/// <remarks>Counters that only grow, and those that also shrink: Shapiro et al. 2011, "A comprehensive study
/// of convergent and commutative replicated data types", section 3.1.</remarks>
/// <param name="onlyGrows">True where nothing below zero may be added.</param>
public sealed class FinalCounter(bool onlyGrows = false) : IChecker
{
    /// <inheritdoc/>
    public string Name => onlyGrows ? "g-counter" : "pn-counter";

    /// <inheritdoc/>
    public string Sentence => "At the end every replica knows all that was added";

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">An add or a final read is no whole number, an add is below zero
    /// where the counter only grows, or sums leave 64 bits.</exception>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (adds, reads, undecided) = (0, 0, 0);
        var finals = new FinalReads(history);
        foreach (var part in ByKey(history, FinalSet.Add, Functions.Read))
        {
            var sums = new SpreadSums(AddsOf(part));
            adds += sums.Adds;
            foreach (var read in finals.Of(part, FinalSet.Add))
            {
                reads++;
                var value = IntegerOf(read, read.Output, "a whole number");
                if (sums.Reaches(read, value) is not { } isReached)
                    undecided++;
                else if (!isReached)
                    AddUnreached(findings, read, value, sums);
            }
        }

        return findings.IsEmpty ? Held(adds, reads, undecided) : findings.Broken();
    }

    Verdict Held(int adds, int reads, int undecided)
    {
        if (reads == 0)
            return Verdict.Undecided(
                Name, "no final read was completed: none is marked as final, and not every process ends with"
                    + " a read after the last add");
        return undecided > 0
            ? Verdict.Undecided(
                Name, $"{Count(undecided, "final read")} lie within the bounds, and too many sums would have"
                    + " to be tried to say whether the counter can have been just that")
            : Verdict.Holds(
                Name, $"{Count(reads, "final read")}, each a sum that {Count(adds, "add")} can have reached");
    }

    List<Operation> AddsOf(List<Operation> part)
    {
        var adds = new List<Operation>();
        foreach (var operation in part)
        {
            if (operation.Function != FinalSet.Add)
                continue;
            if (IntegerOf(operation, operation.Input, "a whole number") < 0 && onlyGrows)
                throw Mistake(operation, "0 or more, as g-counter only grows,", operation.Input);
            if (operation.MayHaveHappened)
                adds.Add(operation);
        }

        return adds;
    }

    static void AddUnreached(WorkloadFindings findings, Operation read, long value, SpreadSums sums)
    {
        var (lower, upper) = (sums.Lower, sums.Upper);
        var isWithin = value >= lower && value <= upper;
        findings.Add(
            isWithin ? "unreachable-sum" : "out-of-bounds",
            () => $"the final read of process {read.ProcessName} returned {value}{OfKey(read)}, when all that"
                + " was added comes to "
                + (lower == upper ? $"{lower}"
                    : isWithin ? $"a sum between {lower} and {upper}, and never {value}"
                    : $"between {lower} and {upper}"),
            read.Index);
    }
}
