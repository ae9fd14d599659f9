using Steelyard.Histories;

namespace Steelyard.Formats.Reading;

/// <summary>
/// The open operations of a recording that names no processes. A completion belongs to the oldest of its
/// function and its value, or else to the oldest of its function. O(1) each, however many are open.
/// </summary>
internal sealed class NamelessOperations
{
    readonly Dictionary<string, Queue<int>> _byFunction = new(StringComparer.Ordinal);
    readonly Dictionary<(string Function, Value Payload), Queue<int>> _byPayload = [];
    readonly HashSet<int> _open = [];

    /// <summary>Adds an operation that was just invoked.</summary>
    public void Add(int operation, string function, Value payload)
    {
        _open.Add(operation);
        QueueOf(_byFunction, function).Enqueue(operation);
        QueueOf(_byPayload, (function, payload)).Enqueue(operation);
    }

    /// <summary>Takes out the operation that a completion belongs to; null when there is none.</summary>
    public int? Take(string function, Value payload) =>
        OldestOf(_byPayload, (function, payload)) ?? OldestOf(_byFunction, function);

    // Each operation stands in two queues; what was taken from the one is passed over in the other.
    int? OldestOf<TKey>(Dictionary<TKey, Queue<int>> queues, TKey key)
        where TKey : notnull
    {
        if (!queues.TryGetValue(key, out var queue))
            return null;
        while (queue.TryDequeue(out var operation))
            if (_open.Remove(operation))
                return operation;
        queues.Remove(key);
        return null;
    }

    static Queue<int> QueueOf<TKey>(Dictionary<TKey, Queue<int>> queues, TKey key)
        where TKey : notnull
    {
        if (!queues.TryGetValue(key, out var queue))
            queues.Add(key, queue = new());
        return queue;
    }
}
