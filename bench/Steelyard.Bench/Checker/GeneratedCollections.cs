using Steelyard.Analysis;
using Steelyard.Histories;

namespace Steelyard.Bench.Checker;

/// <summary>
/// Linearizable histories of one collection under always busy clients: every operation takes effect at a
/// random instant while it is open, every add adds a value of its own, takes now and then find nothing.
/// </summary>
internal static class GeneratedCollections
{
    const int SetElements = 1_000;

    /// <summary>A history of a model, half of it adds.</summary>
    public static History Of(Model model, int operations, int clients)
    {
        var random = new Random(1);
        var builder = new HistoryBuilder();
        var step = Step(model.Name, random);
        var free = new Stack<int>(Enumerable.Range(0, clients).Reverse());
        var open = new List<(int Process, int Operation, Func<Value> Effect, Value? Output)>(clients);
        for (var (time, started) = (0, 0); started < operations || open.Count > 0; time++)
        {
            if (started < operations && free.Count > 0 && (random.Next(2) == 0 || open.Count == 0))
            {
                var (function, input, effect) = step();
                var process = free.Pop();
                open.Add((process, builder.Invoke(process, function, "k", input, time), effect, null));
                started++;
                continue;
            }

            var at = random.Next(open.Count);
            var (owner, operation, happen, output) = open[at];
            if (output is not { } known)
            {
                open[at] = (owner, operation, happen, happen());
                continue;
            }

            builder.Complete(operation, Outcome.Ok, known, time);
            free.Push(owner);
            open[at] = open[^1];
            open.RemoveAt(open.Count - 1);
        }

        return builder.Build();
    }

    static Func<(string Function, Value Input, Func<Value> Effect)> Step(string model, Random random)
    {
        if (model == "collection-set")
            return SetStep(random);
        var (add, take, put, get) = Collection(model);
        var added = 0L;
        return () =>
        {
            if (random.Next(2) == 0)
                return (take, Value.Nil, () => get() is { } value ? value : Value.Nil);
            // In no order, and never twice: an odd factor only permutes the numbers below a power of two.
            var value = ++added * 2_654_435_761L % (1L << 32);
            return (add, value, () =>
            {
                put(value);
                return Value.Nil;
            });
        };
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

    static Func<(string Function, Value Input, Func<Value> Effect)> SetStep(Random random)
    {
        var set = new HashSet<long>();
        return () =>
        {
            long element = random.Next(SetElements);
            return random.Next(3) switch
            {
                0 => ("insert", element, () => Value.Of(set.Add(element))),
                1 => ("remove", element, () => Value.Of(set.Remove(element))),
                _ => ("contains", element, () => Value.Of(set.Contains(element))),
            };
        };
    }
}
