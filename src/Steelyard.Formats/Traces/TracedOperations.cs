using Steelyard.Formats.Traces.Clocks;
using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>The operations of a file of spans, from which histories are made: as many as there are ways in
/// which clocks can be apart.</summary>
internal sealed class TracedOperations
{
    readonly List<TracedOperation> _operations;
    readonly long _startNs;

    /// <summary>Takes operations, by their start.</summary>
    public TracedOperations(SpanTable spans, SpanMap map, List<TracedOperation> operations, SpanGaps gaps)
    {
        Spans = spans;
        Gaps = gaps;
        _operations = operations;
        var range = (Start: long.MaxValue, End: 0L);
        for (var span = 0; span < spans.Count; span++)
            range = (Math.Min(range.Start, spans[span].StartNs), Math.Max(range.End, spans[span].EndNs));
        _startNs = spans.Count == 0 ? 0 : range.Start;
        Offsets = ClockOffsets.Of(
            spans.Clocks, ClockLinks.Of(spans), spans.Count == 0 ? default : range, map.DriftPpm);
        Clocks = [.. operations.GroupBy(operation => operation.Clock)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => group.Key)];
    }

    /// <summary>The spans they come from.</summary>
    public SpanTable Spans { get; }

    /// <summary>What the spans do not show.</summary>
    public SpanGaps Gaps { get; }

    /// <summary>How far clocks can be apart.</summary>
    public ClockOffsets Offsets { get; }

    /// <summary>The clocks of operations, the one with most of them first.</summary>
    public IReadOnlyList<int> Clocks { get; }

    /// <summary>How many operations.</summary>
    public int Count => _operations.Count;

    /// <summary>How many spans some rule fits.</summary>
    public int Matched { get; init; }

    /// <summary>How many operations should have an id and have none.</summary>
    public int WithoutId { get; init; }

    /// <summary>An operation.</summary>
    public TracedOperation this[int operation] => _operations[operation];

    /// <summary>All offsets that fit, to one of the clocks.</summary>
    public OffsetBox Box(int reference) => OffsetBox.Of(Offsets, reference);

    /// <summary>The places of a box that matter to some operation.</summary>
    public IReadOnlyList<int> Places(OffsetBox box) =>
        [.. _operations.SelectMany(
            one => new[] { box.PlaceOf(one.Clock, one.StartNs), box.PlaceOf(one.Clock, one.EndNs) })
            .Distinct().Order()];

    /// <summary>The history by clocks set right in the middle of what fits.</summary>
    public TracedHistory Middle(OffsetBox box) => Made((operation, place, isEnd) =>
        OffsetBox.IsOpen(box.At(place)) ? 0 : Half(box.At(place)), box, isStretched: true)!;

    /// <summary>
    /// A history whose order of time holds for every offset of a box: each operation begins as early and ends
    /// as late as it can have. What precedes another here does so in truth, so that what breaks this history
    /// breaks the true one.
    /// </summary>
    public TracedHistory Widest(OffsetBox box) =>
        Made(
            (operation, place, isEnd) => isEnd ? box.At(place).LeastNs : box.At(place).MostNs, box,
            isStretched: true)!;

    /// <summary>
    /// A history that has every order of time that some offset of a box allows: each operation begins as late
    /// and ends as early as it can have. What precedes another in truth does so here, so that if this history
    /// keeps a promise, the true one does. Null where an operation is too short for that, since no order of
    /// positions can hold both that it came before another and after.
    /// </summary>
    public TracedHistory? Narrowest(OffsetBox box) =>
        Made(
            (operation, place, isEnd) => isEnd ? box.At(place).MostNs : box.At(place).LeastNs, box,
            isStretched: false);

    static long Half((long Least, long Most) range) => range.Least + ((range.Most - range.Least) / 2);

    // At one time, what begins comes before what ends: they overlap. The offsets at the start and at the end
    // of
    // an operation may be of two cells, and turn a short one round; where that is no answer it is stretched.
    TracedHistory? Made(Func<TracedOperation, int, bool, long> offset, OffsetBox box, bool isStretched)
    {
        var times = new long[2 * _operations.Count];
        var events = new int[times.Length];
        for (var i = 0; i < _operations.Count; i++)
        {
            var operation = _operations[i];
            var start = Clamped(operation.StartNs - _startNs
                - offset(operation, box.PlaceOf(operation.Clock, operation.StartNs), false));
            var end = Clamped(operation.EndNs - _startNs
                - offset(operation, box.PlaceOf(operation.Clock, operation.EndNs), true));
            if (end < start && !isStretched)
                return null;
            end = Math.Max(start, end);
            (times[2 * i], times[(2 * i) + 1]) = (2 * start, (2 * end) + 1);
            (events[2 * i], events[(2 * i) + 1]) = (2 * i, (2 * i) + 1);
        }

        Array.Sort(times, events);
        SortTies(times, events);
        return Built(times, events);
    }

    static long Clamped(long time) => Math.Clamp(time, -ClockOffsets.Unbounded, ClockOffsets.Unbounded);

    static void SortTies(long[] times, int[] events)
    {
        for (var from = 0; from < times.Length;)
        {
            var to = from + 1;
            while (to < times.Length && times[to] == times[from])
                to++;
            if (to - from > 1)
                Array.Sort(events, from, to - from);
            from = to;
        }
    }

    TracedHistory Built(long[] times, int[] events)
    {
        var builder = new HistoryBuilder();
        var processes = new TracedProcesses(_operations);
        var indices = new int[_operations.Count];
        var operationOf = new int[_operations.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var number = events[i] / 2;
            var operation = _operations[number];
            // Times of a history are of the run; what has no bound stands at its ends.
            var timeNs = Math.Max(0, times[i] >> 1);
            if (events[i] % 2 == 0)
            {
                indices[number] = builder.Invoke(
                    processes.Begin(number), operation.Function, operation.Key, operation.Input, timeNs, null,
                    Spans.Clocks[operation.Clock]);
                operationOf[indices[number]] = number;
                builder.Number(number);
            }
            else
            {
                builder.Complete(indices[number], operation.Outcome, operation.Output, timeNs,
                    ErrorOf(operation));
                processes.End(number);
            }
        }

        return new(builder.Build(), indices, operationOf);
    }

    string? ErrorOf(TracedOperation operation)
    {
        if (operation.Outcome == Outcome.Ok)
            return null;
        foreach (var name in new[] { AttributeNames.Error, AttributeNames.Exception,
            AttributeNames.HttpStatus })
            if (Spans.Attribute(operation.Span, Spans.Names.Number(name)) is { IsNil: false } value)
                return value.ToString();
        return null;
    }
}

/// <summary>A history made of spans.</summary>
/// <param name="History">The history.</param>
/// <param name="Indices">The index in it of each operation, by its number.</param>
/// <param name="OperationOf">The number of each operation, by its index.</param>
internal sealed record TracedHistory(History History, int[] Indices, int[] OperationOf)
{
    /// <summary>Whether all events stand in the order of another history of the same operations.</summary>
    public bool HasOrderOf(TracedHistory other)
    {
        for (var number = 0; number < Indices.Length; number++)
        {
            var (here, there) = (History[Indices[number]], other.History[other.Indices[number]]);
            if (here.InvokedAt != there.InvokedAt || here.CompletedAt != there.CompletedAt)
                return false;
        }

        return true;
    }
}
