using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Linearizability.Texts;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability.Texts;

public class TextJudgeTests
{
    const int Quick = 2_000;
    const int Thorough = 100_000;

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Theory]
    [InlineData(1_000, 8, 10)]
    [InlineData(8, 8, 10)]
    [InlineData(3, 6, 10)]
    public void What_texts_tell_agrees_with_the_search(int repeatOneIn, int decidedAtLeast, int of)
    {
        var model = (KvModel)KnownModels.Kv();
        var (valid, invalid) = (0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var random = new RandomHistories(seed)
            {
                MaximumOperations = 5 + (seed % 20),
                MutateOneIn = seed % 3 == 0 ? 0 : 5,
            };
            var history = TextSpecimens.Kv(random, repeatOneIn);
            var part = Enumerable.Range(0, history.Count)
                .Where(i => Problem.Counts(model, history[i])).ToList();
            if (part.Count == 0 || TextJudge.Judge(model, history, part) is not { } proof)
                continue;
            var search = new ConfigurationSearch(Problem.Of(model, history, part)).Run(1_000_000);
            var context = $"seed {seed}\n{history.Written()}\n{proof.Anomaly?.Explanation}";
            Assert.True(search == (proof.Anomaly is null ? SearchEnd.Found : SearchEnd.None), context);
            if (proof.Order is { } order)
                Assert.True(LinearizationReplayer.Fault(model, history, order) is null, context);
            _ = proof.Anomaly is null ? valid++ : invalid++;
        }

        Assert.True(valid > Histories / 5 && invalid > Histories / 20, $"{valid} valid, {invalid} invalid");
        Assert.True((valid + invalid) * of > Histories * decidedAtLeast, $"only {valid} + {invalid} decided");
    }

    [Theory]
    [InlineData("ab", "process 2 read \"ab\" from x without process 1's append of \"c\", which had come"
        + " between")]
    [InlineData("bac", "process 2 read \"bac\" from x, which no put and appends before make up")]
    [InlineData("acb", null)]
    public void An_append_that_was_over_may_not_be_missing(string read, string? sentence)
    {
        var verdict = new Linearizable(KnownModels.Kv()).Check(History.Parse($"""
            0 invoke put key=x a
            0 ok     put key=x
            0 invoke append key=x b
            1 invoke append key=x c
            1 ok     append key=x
            0 ok     append key=x
            2 invoke get key=x
            2 ok     get key=x {read}
            """));

        Assert.Equal(sentence, verdict.Anomalies.Count > 0 ? verdict.Summary : null);
    }

    [Fact]
    public void Two_texts_that_order_appends_differently_contradict_each_other()
    {
        var verdict = new Linearizable(KnownModels.Kv()).Check(History.Parse("""
            0 invoke append key=x b
            1 invoke append key=x c
            2 invoke get key=x
            2 ok     get key=x bc
            3 invoke get key=x
            3 ok     get key=x cb
            """));

        Assert.Equal(
            "process 3 read \"cb\" from x: process 1's append of \"c\" stands where process 2 read \"bc\""
            + " from x has process 0's append of \"b\"", verdict.Summary);
        Assert.Equal([0, 1, 2, 3], verdict.Anomalies[0].Witness);
    }

    // 5,000 appends of fifty clients at once: a search would try their orders one after another.
    [Theory]
    [InlineData(false, Validity.Valid)]
    [InlineData(true, Validity.Invalid)]
    public void Many_concurrent_appends_to_one_key_are_decided(bool losesOne, Validity expected)
    {
        const int Clients = 50;
        var builder = new HistoryBuilder();
        var text = "";
        for (var round = 0; round < 100; round++)
        {
            var open = Enumerable.Range(0, Clients)
                .Select(p => builder.Invoke(p, Functions.Append, "x", $"{round},{p};")).ToArray();
            for (var p = Clients - 1; p >= 0; p--)
                text += losesOne && round == 60 && p == 7 ? "" : $"{round},{p};";
            foreach (var operation in open)
                builder.Complete(operation, Outcome.Ok, Value.Nil);
            if (round % 10 != 9)
                continue;
            var read = builder.Invoke(Clients, Functions.Get, "x", Value.Nil);
            builder.Complete(read, Outcome.Ok, text);
        }

        Assert.Equal(expected, new Linearizable(KnownModels.Kv()).Check(builder.Build()).Validity);
    }
}
