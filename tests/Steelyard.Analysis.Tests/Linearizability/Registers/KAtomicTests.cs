using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Analysis.Models;
using Steelyard.Formats;
using Steelyard.Histories;
using RandomHistories = Steelyard.Analysis.Tests.Linearizability.RandomHistories;

namespace Steelyard.Analysis.Tests.Linearizability.Registers;

public class KAtomicTests
{
    const int Quick = 2_500;
    const int Thorough = 100_000;

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_checker_agrees_with_trying_every_order(int k) => DefinitionAgreement.Assert(
        Histories, seed => Lagging(seed, 8, 3, oddOneIn: 2), new KAtomic(KnownModels.Register(), k),
        history => Explains(history, k),
        (history, verdict, context) => AssertWitness(history, k, verdict, context));

    [Fact]
    public void Long_histories_that_read_one_of_the_last_two_writes_are_2_atomic()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var history = Lagging(seed, 400, 8, oddOneIn: 0);
            var verdict = new KAtomic(KnownModels.Register(), 2).Check(history);
            Assert.True(verdict.Validity != Validity.Invalid, $"seed {seed}: {verdict.Summary}");
        }
    }

    [Fact]
    public void A_read_of_the_write_before_the_last_is_2_atomic_and_an_older_one_is_not()
    {
        const string Writes = """
            0 invoke write 1
            0 ok     write
            0 invoke write 2
            0 ok     write

            """;
        const string Read = """
            1 invoke read
            1 ok     read 1
            """;
        const string Third = """
            0 invoke write 3
            0 ok     write

            """;

        Assert.Equal(Validity.Invalid, Check(Writes + Read, 1).Validity);
        Assert.Equal(Validity.Valid, Check(Writes + Read, 2).Validity);
        var broken = Check(Writes + Third + Read, 2);
        Assert.Equal([0, 1, 2, 3], broken.Anomalies[0].Witness);
        Assert.Equal("not-2-atomic", broken.Anomalies[0].Type);
        Assert.Equal(["2-atomic", "linearizable"], broken.NotModels);
    }

    [Fact]
    public void A_cas_is_beyond_it()
    {
        var verdict = new KAtomic(KnownModels.CasRegister(), 2).Check(History.Parse("""
            0 invoke cas [nil, 1]
            0 ok     cas
            0 invoke read
            0 ok     read 1
            """));

        Assert.Equal(
            "not decided: operation 0 is neither a read nor a write of a plain value", verdict.Summary);
    }

    [Fact]
    public void A_broken_history_names_few_operations_however_long_it_is()
    {
        var lines = Enumerable.Range(1, 5_000).Select(i => $"0 invoke write {i}\n0 ok write");
        var verdict = Check(string.Join('\n', lines) + "\n1 invoke read\n1 ok read 4990", 2);

        Assert.Equal(4, verdict.Anomalies[0].Witness.Count);
    }

    static Verdict Check(string text, int k) =>
        new KAtomic(KnownModels.Register(), k).Check(History.Parse(text));

    static bool Explains(History history, int k) => history.Keys.All(key => BruteForce.Explains(
        history.Only(o => o.Key == key), (Value.Nil, Value.Nil),
        (state, operation) => Step(state, operation, k)));

    // The state is the last two writes.
    static object? Step(object state, Operation operation, int k)
    {
        var (before, last) = ((Value, Value))state;
        if (operation.Function == "write")
            return (last, operation.Input);
        return operation.Outcome != Outcome.Ok || operation.Output == last
            || (k == 2 && operation.Output == before) ? state : null;
    }

    static void AssertWitness(History history, int k, Verdict verdict, string context)
    {
        var witness = Assert.Single(verdict.Anomalies).Witness;
        Assert.NotEmpty(witness);
        Assert.False(
            Explains(history.Only(o => witness.Contains(o.Index)), k),
            $"{context}\nwitness {string.Join(' ', witness)}");
    }

    // Reads return one of the last two writes, or now and then any.
    static History Lagging(int seed, int operations, int clients, int oddOneIn)
    {
        var random = new RandomHistories(seed)
        {
            MaximumOperations = operations, MaximumClients = clients, MutateOneIn = oddOneIn,
        };
        var writes = new List<Value> { Value.Nil };
        var written = 0;
        var next = random.Random;
        return random.Next(
            () => next.Next(2) == 0 ? ("read", "x", Value.Nil) : ("write", "x", ++written),
            (function, _, input) =>
            {
                if (function == "read")
                    return (true, writes[Math.Max(0, writes.Count - 1 - (next.Next(4) == 0 ? 1 : 0))]);
                writes.Add(input);
                return (true, Value.Nil);
            },
            (function, output) => function == "read" ? writes[next.Next(writes.Count)] : output);
    }
}
