using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Queues;

/// <summary>
/// What went into a queue and what came out. A drain takes as many elements as its result lists; a take that
/// returns nil or the word <c>empty</c> took nothing.
/// </summary>
internal sealed class QueueEvents
{
    static readonly Value Empty = "empty";

    QueueEvents()
    {
    }

    /// <summary>Enqueues by invocation, the failed ones among them.</summary>
    public List<Operation> Enqueues { get; } = [];

    /// <summary>What came out, by completion of the taking operation.</summary>
    public List<(Operation Taker, Value Element)> Taken { get; } = [];

    /// <summary>How many dequeues may have taken an element that nobody saw.</summary>
    public int UnknownDequeues { get; private set; }

    /// <summary>How many drains may have taken any number of elements that nobody saw.</summary>
    public int UnknownDrains { get; private set; }

    /// <summary>The last drain that ended ok, or take that found nothing, by invocation; null where there is
    /// none.</summary>
    public Operation? FoundEmpty { get; private set; }

    /// <summary>The queues of a history, one for each key.</summary>
    public static List<QueueEvents> Of(History history)
    {
        var queues = new List<QueueEvents>();
        foreach (var part in ByKey(history, "enqueue", "enq", "dequeue", "deq", "drain"))
        {
            var queue = new QueueEvents();
            foreach (var operation in part)
                queue.Add(operation);
            queue.Taken.Sort(static (a, b) => a.Taker.CompletedAt.CompareTo(b.Taker.CompletedAt));
            queues.Add(queue);
        }

        return queues;
    }

    void Add(Operation operation)
    {
        var isDrain = operation.Function == "drain";
        if (operation.Function is "enqueue" or "enq")
        {
            Enqueues.Add(operation);
            return;
        }

        if (FindsEmpty(operation, isDrain))
            FoundEmpty = operation;
        if (operation.Outcome is Outcome.Info or Outcome.Open)
            _ = isDrain ? UnknownDrains++ : UnknownDequeues++;
        else if (operation.Outcome == Outcome.Ok && isDrain)
            foreach (var element in ElementsOf(operation))
                Taken.Add((operation, element));
        else if (operation.Outcome == Outcome.Ok && !operation.Output.IsNil && operation.Output != Empty)
            Taken.Add((operation, operation.Output));
    }

    // Clients that found nothing say so with nil, or the word, or as the reason of a failure.
    static bool FindsEmpty(Operation operation, bool isDrain) => operation.Outcome switch
    {
        Outcome.Ok => isDrain || operation.Output.IsNil || operation.Output == Empty,
        Outcome.Fail => !isDrain && operation.Error is "empty" or "exhausted",
        _ => false,
    };
}
