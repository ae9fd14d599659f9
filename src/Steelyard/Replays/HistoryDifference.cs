using Steelyard.Histories;

namespace Steelyard.Replays;

/// <summary>The first event in which two histories differ.</summary>
/// <param name="Position">Its position among all events, 0-based.</param>
/// <param name="TimeNs">When it happened in the first history (in the second, where the first has
/// ended).</param>
/// <param name="First">The first history's event in one line, or "(the history ends)".</param>
/// <param name="Second">The second's.</param>
internal sealed record HistoryDifference(int Position, long TimeNs, string First, string Second)
{
    const string Ends = "(the history ends)";

    /// <summary>Compares event by event; null when they are the same.</summary>
    public static HistoryDifference? Between(History first, History second) =>
        Between(Events(first), Events(second));

    /// <summary>Compares what happened up to a time, event by event; null when that is the same. What was
    /// due and never sent is left out: it is recorded when a run is finished, wherever that is.</summary>
    public static HistoryDifference? UpTo(long timeNs, History first, History second)
    {
        return Between(Sent(first), Sent(second));

        Event?[] Sent(History history)
        {
            var events = Events(history);
            foreach (var operation in history.Operations.Where(operation => !operation.IsSent))
                events[operation.InvokedAt] = null;
            return [.. events.Where(found => found?.TimeNs <= timeNs)];
        }
    }

    static HistoryDifference? Between(Event?[] left, Event?[] right)
    {
        for (var position = 0; position < Math.Max(left.Length, right.Length); position++)
        {
            var one = position < left.Length ? left[position] : null;
            var other = position < right.Length ? right[position] : null;
            if (one != other)
                return new(position, (one ?? other)!.TimeNs, one?.Line ?? Ends, other?.Line ?? Ends);
        }

        return null;
    }

    static Event?[] Events(History history)
    {
        var events = new Event?[history.EventCount];
        foreach (var operation in history.Operations)
        {
            events[operation.InvokedAt] = new(
                operation.InvokedNs, Line(operation, "invoke", operation.Input, null));
            if (operation.Outcome != Outcome.Open)
                events[operation.CompletedAt] = new(
                    operation.CompletedNs,
                    Line(operation, operation.Outcome.ToString()
                        .ToLowerInvariant(), operation.Output, operation.Error));
        }

        foreach (var fault in history.Faults)
            events[fault.Position] = new(
                fault.TimeNs, $"nemesis   {fault.Phase} {fault.Kind}: {fault.Description}");
        foreach (var (phase, mark) in history.Phases.Marked)
            events[mark.Position] = new(mark.TimeNs, $"the phase {phase} begins");
        return events;
    }

    static string Line(Operation operation, string what, Value value, string? error)
    {
        var key = operation.Key.IsNil ? "" : $" {operation.Key}";
        var shown = value.IsNil ? "" : $" {value}";
        var why = error is null ? "" : $" ({error})";
        var traits = operation.Traits == OperationTraits.None ? "" : $" [{operation.Traits}]";
        return $"process {operation.ProcessName}   {what} {operation.Function}{key}{shown}{why}{traits}";
    }

    sealed record Event(long TimeNs, string Line);
}
