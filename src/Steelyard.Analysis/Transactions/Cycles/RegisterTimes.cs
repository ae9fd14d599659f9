using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>Orders of versions where each register by itself is sequentially consistent or
/// linearizable.</summary>
internal static class RegisterTimes
{
    /// <summary>A version as a node: nil has one for each key, after all others.</summary>
    public static int Node(TransactionColumns columns, int version, int key) =>
        version < 0 ? columns.VersionCount + key : version;

    /// <summary>What a process leaves comes before what it meets next.</summary>
    public static List<(int From, int To)> OfProcesses(
        TransactionColumns columns, List<RegisterTouch> touches)
    {
        var order = new List<(int, int)>();
        var last = new Dictionary<(int Process, int Key), RegisterTouch>();
        foreach (var touch in touches)
        {
            var process = columns.Processes[touch.Transaction];
            if (last.TryGetValue((process, touch.Key), out var earlier))
                Add(columns, order, earlier, touch);
            last[(process, touch.Key)] = touch;
        }

        return order;
    }

    /// <summary>What a completed transaction left comes before what one that began later met.</summary>
    public static List<(int From, int To)> OfRealTime(TransactionColumns columns, List<RegisterTouch> touches)
    {
        var order = new List<(int, int)>();
        if (!columns.History.TellsRealTime)
            return order;
        foreach (var key in touches.GroupBy(touch => touch.Key))
            AddKey(columns, order, [.. key]);
        return order;
    }

    // The frontier: completed, and not followed by another that completed. Never more than were open at once.
    static void AddKey(TransactionColumns columns, List<(int, int)> order, List<RegisterTouch> touches)
    {
        var events = new List<(int At, bool Ends, RegisterTouch Touch)>();
        foreach (var touch in touches)
        {
            if (columns.IsUnseen(touch.Transaction))
                continue;
            var operation = columns.History[columns.Operations[touch.Transaction]];
            events.Add((operation.InvokedAt, false, touch));
            if (operation.Outcome == Outcome.Ok)
                events.Add((operation.CompletedAt, true, touch));
        }

        events.Sort(static (one, other) => one.At.CompareTo(other.At));
        var frontier = new List<RegisterTouch>();
        var before = new Dictionary<int, List<RegisterTouch>>();
        foreach (var (_, ends, touch) in events)
        {
            if (ends)
            {
                frontier.RemoveAll(before[touch.Transaction].Contains);
                frontier.Add(touch);
                continue;
            }

            before[touch.Transaction] = [.. frontier];
            foreach (var earlier in frontier)
                Add(columns, order, earlier, touch);
        }
    }

    static void Add(
        TransactionColumns columns, List<(int, int)> order, RegisterTouch earlier, RegisterTouch later)
    {
        if (earlier.Last != later.First)
            order.Add((Node(columns, earlier.Last, later.Key), Node(columns, later.First, later.Key)));
    }
}
