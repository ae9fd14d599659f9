using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Counters;

/// <summary>One counter, event by event: what each read can have met while it was open.</summary>
internal sealed class CounterTimeline
{
    // What must be counted by now, and what may be.
    readonly ReachableSums _sums = new();
    readonly List<CounterRead> _open = [];
    readonly List<CounterRead> _done = [];

    /// <summary>Goes through the adds and reads of one counter.</summary>
    /// <exception cref="UserMistakeException">An add or a read is no whole number, or sums leave 64
    /// bits.</exception>
    public CounterTimeline(List<Operation> part)
    {
        foreach (var (_, operation, isEnd) in EventsOf(part))
        {
            if (operation.Function == FinalSet.Add)
                Add(operation, isEnd);
            else if (isEnd)
                Close(operation);
            else
                _open.Add(new(operation, IntegerOf(operation, operation.Output, "a whole number"), _sums));
        }
    }

    /// <summary>Every completed read, by completion.</summary>
    public IReadOnlyList<CounterRead> Reads => _done;

    void Add(Operation operation, bool isEnd)
    {
        var change = IntegerOf(operation, operation.Input, "a whole number");
        if (!(isEnd ? _sums.TryCount(change) : _sums.TryOffer(change)))
            throw Mistake(operation, "a sum of 64 bits", operation.Input);
        foreach (var read in _open)
            read.Look(_sums);
    }

    void Close(Operation operation)
    {
        var at = _open.FindIndex(read => read.Operation.Index == operation.Index);
        _done.Add(_open[at]);
        _open.RemoveAt(at);
    }

    // Starts of all that may have happened, and ends of what surely did, in order. A read whose end nobody
    // saw tells nothing.
    static List<(int At, Operation Operation, bool IsEnd)> EventsOf(List<Operation> part)
    {
        var events = new List<(int At, Operation Operation, bool IsEnd)>(2 * part.Count);
        foreach (var operation in part)
        {
            var isOk = operation.Outcome == Outcome.Ok;
            if (isOk || (operation.MayHaveHappened && operation.Function == FinalSet.Add))
                events.Add((operation.InvokedAt, operation, false));
            if (isOk)
                events.Add((operation.CompletedAt, operation, true));
        }

        events.Sort(static (a, b) => a.At.CompareTo(b.At));
        return events;
    }
}

/// <summary>A read, and what the counter can have been while it was open.</summary>
internal sealed class CounterRead
{
    /// <summary>Begins it.</summary>
    public CounterRead(Operation operation, long value, ReachableSums sums)
    {
        (Operation, Value, Lower, Upper) = (operation, value, sums.Lower, sums.Upper);
        Look(sums);
    }

    /// <summary>The read.</summary>
    public Operation Operation { get; }

    /// <summary>What it returned.</summary>
    public long Value { get; }

    /// <summary>The least the counter can have been.</summary>
    public long Lower { get; private set; }

    /// <summary>The most the counter can have been.</summary>
    public long Upper { get; private set; }

    /// <summary>True when the counter can have been what was read; null when that is not decided.</summary>
    public bool? IsReached { get; private set; } = false;

    /// <summary>Looks at another instant of its time.</summary>
    public void Look(ReachableSums sums)
    {
        if (IsReached is true)
            return;
        (Lower, Upper) = (Math.Min(Lower, sums.Lower), Math.Max(Upper, sums.Upper));
        // Undecided once, only a right instant decides.
        IsReached = sums.Reaches(Value) is var reached && reached is false ? IsReached : reached;
    }
}
