using Steelyard.Analysis.Tests.Linearizability;
using Steelyard.Analysis.Workloads.Queues;
using Steelyard.Histories;
using static Steelyard.Analysis.Tests.Workloads.WorkloadSpecimen;

namespace Steelyard.Analysis.Tests.Workloads;

/// <summary>Queues, by trying every pairing of what went in with what came out.</summary>
internal static class QueueSpecimens
{
    public static IEnumerable<WorkloadSpecimen> All =>
    [
        new("partial-queue", new PartialQueue(), Generate, ExpectPartial) { WitnessStandsAlone = true },
        new("total-queue", new TotalQueue(), Generate, ExpectTotal),
        new("exactly-once-queue", new ExactlyOnceQueue(), GenerateDrained, ExpectExactlyOnce)
        {
            WitnessStandsAlone = true,
        },
    ];

    static History Generate(RandomHistories random) => Generate(random, []);

    // Most end by emptying the queue, and some of these drains miss an element or find one too many.
    static History GenerateDrained(RandomHistories random)
    {
        var queue = new List<Value>();
        var history = Generate(random, queue);
        if (random.Random.Next(4) == 0)
            return history;
        if (random.Random.Next(6) == 0)
            queue.Add(random.Random.Next(3));
        if (random.Random.Next(6) == 0 && queue.Count > 0)
            queue.RemoveAt(0);
        return history.Followed(builder => builder.Complete(
            builder.Invoke(9_000, "drain", Value.Nil, Value.Nil), Outcome.Ok, Value.List([.. queue])));
    }

    static History Generate(RandomHistories random, List<Value> queue)
    {
        return random.Next(
            () => random.Random.Next(8) switch
            {
                < 4 => ("enqueue", Value.Nil, random.Random.Next(3)),
                < 7 => ("dequeue", Value.Nil, Value.Nil),
                _ => ("drain", Value.Nil, Value.Nil),
            },
            (function, _, input) => (true, Apply(queue, function, input)),
            (function, output) => Falsified(random.Random, function, output));
    }

    static Value Apply(List<Value> queue, string function, Value input)
    {
        if (function == "enqueue")
        {
            queue.Add(input);
            return input;
        }

        var count = function == "drain" ? queue.Count : Math.Min(1, queue.Count);
        var taken = queue.GetRange(0, count);
        queue.RemoveRange(0, count);
        return function == "drain" ? Value.List([.. taken]) : taken.Count == 0 ? Value.Nil : taken[0];
    }

    static Value Falsified(Random random, string function, Value output) => function switch
    {
        "dequeue" => random.Next(4) == 0 ? Value.Nil : random.Next(3),
        "drain" => random.Next(2) == 0 ? Value.EmptyList : Value.List([.. output.AsList, random.Next(3)]),
        _ => output,
    };

    static List<(int At, Value Element)> Taken(History history) =>
    [
        .. Ok(history, "dequeue").Where(o => !o.Output.IsNil).Select(o => (o.CompletedAt, o.Output)),
        .. Ok(history, "drain").SelectMany(o => o.Output.AsList.ToArray().Select(e => (o.CompletedAt, e))),
    ];

    static Validity ExpectPartial(History history)
    {
        var taken = Taken(history);
        if (taken.Count == 0)
            return Validity.Unknown;
        var enqueues = Possible(history, "enqueue").ToList();
        return Pairs(taken, 0, enqueues) ? Validity.Valid : Validity.Invalid;
    }

    static bool Pairs(List<(int At, Value Element)> taken, int next, List<Operation> left) =>
        next == taken.Count || left.Exists(
            e => e.Input == taken[next].Element && e.InvokedAt < taken[next].At
                && Pairs(taken, next + 1, [.. left.Where(other => other.Index != e.Index)]));

    // Every way to give each element that came out an enqueue of its own.
    static Validity ExpectExactlyOnce(History history)
    {
        var taken = Taken(history);
        var enqueues = Possible(history, "enqueue").ToList();
        var left = Unused(taken, 0, enqueues).ToList();
        if (left.Count == 0)
            return Validity.Invalid;
        if (taken.Count + Ok(history, "enqueue").Count() == 0)
            return Validity.Unknown;
        if (left.Exists(unused => unused.TrueForAll(e => e.Outcome != Outcome.Ok)))
            return Validity.Valid;
        var empty = Ok(history, "dequeue").Where(o => o.Output.IsNil).Concat(Ok(history, "drain")).ToList();
        var crashed = Possible(history, "dequeue").Count(o => o.Outcome != Outcome.Ok);
        return Possible(history, "drain").Any(o => o.Outcome != Outcome.Ok)
            || left.Exists(unused => unused.Count(e => e.Outcome == Outcome.Ok
                && empty.Exists(o => o.InvokedAt > e.CompletedAt)) <= crashed)
            ? Validity.Unknown
            : Validity.Invalid;
    }

    static IEnumerable<List<Operation>> Unused(
        List<(int At, Value Element)> taken, int next, List<Operation> left) => next == taken.Count ? [left]
        : left.Where(e => e.Input == taken[next].Element && e.InvokedAt < taken[next].At)
            .SelectMany(e => Unused(
                taken, next + 1, [.. left.Where(other => other.Index != e.Index)]));

    static Validity ExpectTotal(History history)
    {
        var taken = Taken(history);
        if (taken.Exists(t => !Possible(history, "enqueue")
                .Any(e => e.Input == t.Element && e.InvokedAt < t.At)))
            return Validity.Invalid;
        if (!Possible(history, "enqueue").Any())
            return Validity.Unknown;
        var acknowledged = Ok(history, "enqueue").Select(e => e.Input).ToList();
        var outs = taken.ConvertAll(t => (Value?)t.Element);
        if (AllCameOut(acknowledged, 0, outs))
            return Validity.Valid;
        if (Possible(history, "drain").Any(o => o.Outcome != Outcome.Ok))
            return Validity.Unknown;
        // A dequeue that nobody saw the end of may stand for any one element.
        outs.AddRange(
            Possible(history, "dequeue").Where(o => o.Outcome != Outcome.Ok).Select(_ => (Value?)null));
        return AllCameOut(acknowledged, 0, outs) ? Validity.Unknown : Validity.Invalid;
    }

    static bool AllCameOut(List<Value> acknowledged, int next, List<Value?> outs)
    {
        if (next == acknowledged.Count)
            return true;
        for (var i = 0; i < outs.Count; i++)
            if ((outs[i] is null || outs[i] == acknowledged[next])
                && AllCameOut(acknowledged, next + 1, [.. outs.Where((_, j) => j != i)]))
                return true;
        return false;
    }
}
