namespace Steelyard.Histories;

/// <summary>One event of a history: an invocation, a completion or a fault event.</summary>
/// <param name="Operation">The operation's index; -1 for a fault.</param>
/// <param name="IsCompletion">True for the operation's end.</param>
/// <param name="Fault">The fault event, or null.</param>
public readonly record struct HistoryEntry(int Operation, bool IsCompletion, FaultEvent? Fault);

/// <summary>A history's events one by one, in order of position.</summary>
public static class HistoryEvents
{
    /// <summary>All events. Takes four bytes an event while it runs.</summary>
    public static IEnumerable<HistoryEntry> Of(History history)
    {
        var order = Order(history);
        var fault = 0;
        foreach (var entry in order)
        {
            if (entry == int.MinValue)
                yield return new(-1, IsCompletion: false, history.Faults[fault++]);
            else
                yield return new(entry >= 0 ? entry : ~entry, entry < 0, Fault: null);
        }
    }

    // An index for an invocation, its complement for a completion, the least integer for a fault.
    static int[] Order(History history)
    {
        var order = new int[history.EventCount];
        Array.Fill(order, int.MinValue);
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
