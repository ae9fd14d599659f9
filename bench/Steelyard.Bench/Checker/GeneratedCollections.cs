using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Bench.Checker;

/// <summary>
/// Linearizable histories of one collection: half of the operations add, each a value of its own, and takes
/// now and then find nothing. A set has a few elements that come and go.
/// </summary>
internal static class GeneratedCollections
{
    const int SetElements = 1_000;

    /// <summary>A history of a model.</summary>
    public static History Of(Model model, int operations, int clients) =>
        model.Name == "collection-set"
            ? SetHistory(operations, clients)
            : TakeHistory(Collection(model.Name), operations, clients);

    static History TakeHistory(
        (string Add, string Take, Action<long> Put, Func<long?> Get) collection, int operations, int clients)
    {
        var (add, take, put, get) = collection;
        var added = 0L;
        return GeneratedHistories.Of(operations, clients, Ask, Act);

        // In no order, and never twice: an odd factor only permutes the numbers below a power of two.
        (string Function, Value Input) Ask(Random random) =>
            random.Next(2) == 0 ? (take, Value.Nil) : (add, ++added * 2_654_435_761L % (1L << 32));

        (Outcome Outcome, Value Output) Act(string function, Value input)
        {
            if (function == take)
                return (Outcome.Ok, get() is { } value ? value : Value.Nil);
            put(input.AsInteger);
            return (Outcome.Ok, Value.Nil);
        }
    }

    static (string Add, string Take, Action<long> Put, Func<long?> Get) Collection(string model)
    {
        var (queue, stack, heap) = (new Queue<long>(), new Stack<long>(), new PriorityQueue<long, long>());
        return model switch
        {
            "queue" => ("enqueue", "dequeue", queue.Enqueue, () => queue.TryDequeue(out var v) ? v : null),
            "stack" => ("push", "pop", stack.Push, () => stack.TryPop(out var v) ? v : null),
            _ => ("insert", "take-min", v => heap.Enqueue(v, v),
                () => heap.TryDequeue(out var v, out _) ? v : null),
        };
    }

    static History SetHistory(int operations, int clients)
    {
        var set = new HashSet<long>();
        return GeneratedHistories.Of(operations, clients, Ask, Act);

        static (string Function, Value Input) Ask(Random random) => random.Next(3) switch
        {
            0 => ("insert", random.Next(SetElements)),
            1 => ("remove", random.Next(SetElements)),
            _ => ("contains", random.Next(SetElements)),
        };

        (Outcome Outcome, Value Output) Act(string function, Value input) =>
            (Outcome.Ok, Value.Of(function switch
            {
                "insert" => set.Add(input.AsInteger),
                "remove" => set.Remove(input.AsInteger),
                _ => set.Contains(input.AsInteger),
            }));
    }
}
