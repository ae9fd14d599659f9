using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Collections;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability.Collections;

public class QueuePairsTests
{
    const int Quick = 3_000;
    const int Thorough = 100_000;

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Pairs_agree_with_the_search_in_order_of_time(int values)
    {
        var model = (CollectionModel)KnownModels.Queue();
        var (found, none) = (0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = Repeated(seed, values, 4 + (seed % 24), clients: 2 + (seed % 5));
            var part = Enumerable.Range(0, history.Count).ToList();
            var order = QueuePairs.Of(model, history, part)!.Search(1_000_000, out var end);
            var search = new ConfigurationSearch(Problem.Of(model, history, part)).Run(1_000_000);
            var context = $"seed {seed}\n{history.Written()}";
            Assert.True(end == search || search == SearchEnd.LimitReached, $"{end}, {search}, {context}");
            if (order is not null)
                Assert.True(LinearizationReplayer.Fault(model, history, order) is null, context);
            _ = end == SearchEnd.Found ? found++ : none++;
        }

        Assert.True(found > Histories / 4 && none > Histories / 10, $"{found} found, {none} none");
    }

    // A search in order of time learns only a hundred elements later that an add came too early.
    [Theory]
    [InlineData(false, Validity.Valid)]
    [InlineData(true, Validity.Invalid)]
    public void Long_queues_of_few_values_are_decided(bool swapsTakes, Validity expected)
    {
        var builder = new HistoryBuilder();
        var random = new Random(7);
        var queue = new Queue<int>();
        for (var round = 0; round < 300; round++)
        {
            var added = Enumerable.Range(0, 8).Select(_ => random.Next(5)).ToArray();
            var open = added.Select((value, p) => builder.Invoke(p, "enqueue", Value.Nil, value)).ToArray();
            foreach (var p in Enumerable.Range(0, 8).OrderBy(_ => random.Next()))
                queue.Enqueue(added[p]);
            foreach (var operation in open)
                builder.Complete(operation, Outcome.Ok, Value.Nil);
            if (round < 20)
                continue;
            var taken = Enumerable.Range(0, 8).Select(_ => queue.Dequeue()).ToArray();
            if (swapsTakes && round == 200)
                Array.Fill(taken, (taken[0] + 1) % 5);
            foreach (var value in taken)
                builder.Complete(
                    builder.Invoke(9, "dequeue", Value.Nil, Value.Nil), Outcome.Ok, value);
        }

        var verdict = new Linearizable(KnownModels.Queue()).Check(builder.Build());

        Assert.Equal(expected, verdict.Validity);
    }

    // A queue that is used for real, with some answers falsified.
    static History Repeated(int seed, int values, int operations, int clients)
    {
        var random = new Random(seed);
        var (builder, queue) = (new HistoryBuilder(), new Queue<int>());
        var open = new List<(int Process, int Operation, int Value, Value? Answer)>();
        for (var left = operations; left > 0 || open.Count > 0;)
        {
            var at = random.Next(clients);
            if (at >= open.Count)
            {
                var value = random.Next(2) == 0 ? -1 : random.Next(values);
                if (left-- > 0)
                    open.Add((left, builder.Invoke(
                        left, value < 0 ? "dequeue" : "enqueue", Value.Nil,
                        value < 0 ? Value.Nil : value), value, null));
                continue;
            }

            var one = open[at];
            if (one.Answer is { } answer)
            {
                var isFalse = seed % 3 > 0 && one.Value < 0 && random.Next(8) == 0;
                builder.Complete(
                    one.Operation, Outcome.Ok,
                    one.Value >= 0 ? Value.Nil : isFalse ? random.Next(values) : answer);
                open.RemoveAt(at);
                continue;
            }

            if (one.Value >= 0)
                queue.Enqueue(one.Value);
            open[at] = one with
            {
                Answer = one.Value >= 0 || queue.Count == 0 ? Value.Nil : (Value)queue.Dequeue(),
            };
        }

        return builder.Build();
    }
}
