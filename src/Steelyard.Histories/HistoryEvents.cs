namespace Steelyard.Histories;

/// <summary>One event of a history: an invocation, a completion, a fault event or the mark of a
/// phase.</summary>
/// <param name="Operation">The operation's index; -1 for a fault and a mark.</param>
/// <param name="IsCompletion">True for the operation's end.</param>
/// <param name="Fault">The fault event, or null.</param>
/// <param name="Phase">The phase that begins here, or null.</param>
public readonly record struct HistoryEntry(
    int Operation, bool IsCompletion, FaultEvent? Fault, HistoryPhase? Phase = null);

/// <summary>A history's events one by one, in order of position.</summary>
public static class HistoryEvents
{
    const int AFault = int.MinValue;
    const int FirstPhase = int.MinValue + 1;
    const int LastPhase = FirstPhase + (int)HistoryPhase.FinalReads;

    /// <summary>All events. Takes four bytes an event while it runs.</summary>
    public static IEnumerable<HistoryEntry> Of(History history)
    {
        var order = Order(history);
        var fault = 0;
        foreach (var entry in order)
        {
            if (entry == AFault)
                yield return new(-1, IsCompletion: false, history.Faults[fault++]);
            else if (entry <= LastPhase)
                yield return new(
                    -1, IsCompletion: false, Fault: null, (HistoryPhase)(entry - FirstPhase));
            else
                yield return new(entry >= 0 ? entry : ~entry, entry < 0, Fault: null);
        }
    }

    // An index for an invocation, its complement for a completion, the least integers for faults and phases.
    static int[] Order(History history)
    {
        var order = new int[history.EventCount];
        Array.Fill(order, AFault);
        foreach (var (phase, mark) in history.Phases.Marked)
            order[mark.Position] = FirstPhase + (int)phase;
        for (var i = 0; i < history.Count; i++)
        {
            ref readonly var row = ref history.Row(i);
            order[row.InvokedAt] = i;
            if (row.Outcome != Outcome.Open)
                order[row.CompletedAt] = ~i;
        }

        return order;
    }
}
