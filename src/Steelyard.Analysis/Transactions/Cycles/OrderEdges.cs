using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>The order of processes and of real time, in O(transactions) edges.</summary>
internal static class OrderEdges
{
    /// <summary>Adds an edge from each transaction to the next one of its process.</summary>
    public static void AddProcesses(TransactionColumns columns, EdgeList edges)
    {
        var last = new Dictionary<int, int>();
        for (var transaction = 0; transaction < columns.Count; transaction++)
        {
            if (!columns.Counts(transaction))
                continue;
            var process = columns.Processes[transaction];
            if (last.TryGetValue(process, out var previous))
                edges.Add(previous, transaction, EdgeKinds.Process);
            last[process] = transaction;
        }
    }

    /// <summary>
    /// Adds the order of real time: a chain of barrier nodes along the history. A transaction that completed
    /// leads to the next barrier, and a barrier to the transactions that begin after it.
    /// </summary>
    public static void AddRealTime(TransactionColumns columns, EdgeList edges)
    {
        if (!columns.History.TellsRealTime)
            return;
        var events = EventsInOrder(columns);
        var (barrier, arrivals) = (-1, new List<int>());
        foreach (var entry in events)
        {
            if (entry == 0)
                continue;
            if (entry < 0)
            {
                arrivals.Add(~entry);
                continue;
            }

            if (arrivals.Count > 0)
                barrier = AddBarrier(edges, barrier, arrivals);
            if (barrier >= 0)
                edges.Add(barrier, entry - 1, EdgeKinds.Onward);
        }
    }

    static int AddBarrier(EdgeList edges, int previous, List<int> arrivals)
    {
        var barrier = edges.AddNode();
        if (previous >= 0)
            edges.Add(previous, barrier, EdgeKinds.Onward);
        foreach (var transaction in arrivals)
            edges.Add(transaction, barrier, EdgeKinds.Realtime);
        arrivals.Clear();
        return barrier;
    }

    // Transaction + 1 where it begins, its complement where it ended Ok, nothing elsewhere: one of unknown
    // outcome may take effect at any later time.
    static int[] EventsInOrder(TransactionColumns columns)
    {
        var events = new int[columns.History.EventCount];
        for (var transaction = 0; transaction < columns.Count; transaction++)
        {
            if (!columns.Counts(transaction) || columns.IsUnseen(transaction))
                continue;
            var operation = columns.History[columns.Operations[transaction]];
            events[operation.InvokedAt] = transaction + 1;
            if (operation.Outcome == Outcome.Ok)
                events[operation.CompletedAt] = ~transaction;
        }

        return events;
    }
}
