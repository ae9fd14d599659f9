using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Counters;

/// <summary>The bounds of one counter, event by event. Takes O(n log n).</summary>
internal sealed class CounterTimeline(List<Operation> part)
{
    readonly SuffixMinimum _lower = new();
    readonly SuffixMinimum _negatedUpper = new();

    /// <summary>Every completed read, by completion, with the bounds of its time.</summary>
    /// <exception cref="UserMistakeException">An add is no whole number, or sums leave 64 bits.</exception>
    public IEnumerable<(Operation Read, long Lower, long Upper)> Reads()
    {
        var (lower, upper) = (0L, 0L);
        foreach (var (at, operation, isEnd) in Events())
        {
            if (operation.Function == FinalSet.Add)
            {
                var change = IntegerOf(operation, operation.Input, "a whole number");
                // A gain counts at most from its start and at least from its end; a loss the other way.
                if (isEnd == change > 0)
                    lower = Sum(operation, lower, change);
                else
                    upper = Sum(operation, upper, change);
            }

            _lower.Set(at, lower);
            _negatedUpper.Set(at, -upper);
            if (operation.Function == Functions.Read && isEnd)
                yield return (
                    operation, _lower.Since(operation.InvokedAt), -_negatedUpper.Since(operation.InvokedAt));
        }
    }

    static long Sum(Operation operation, long sum, long change)
    {
        var next = (Int128)sum + change;
        return next > long.MinValue && next <= long.MaxValue
            ? (long)next
            : throw Mistake(operation, "a sum of 64 bits", operation.Input);
    }

    // Starts of all that may have happened, and ends of what surely did, in order.
    List<(int At, Operation Operation, bool IsEnd)> Events()
    {
        var events = new List<(int At, Operation Operation, bool IsEnd)>(2 * part.Count);
        foreach (var operation in part)
        {
            if (!operation.MayHaveHappened)
                continue;
            events.Add((operation.InvokedAt, operation, false));
            if (operation.Outcome == Outcome.Ok)
                events.Add((operation.CompletedAt, operation, true));
        }

        events.Sort(static (a, b) => a.At.CompareTo(b.At));
        return events;
    }
}
