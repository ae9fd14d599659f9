using Steelyard.Analysis.Linearizability;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

/// <summary>What must not change a verdict, and how often a real change does.</summary>
public class MetamorphicTests
{
    const int Quick = 300;
    const int Thorough = 4_000;

    public static TheoryData<string> Names => [.. Specimens.All.Select(s => s.Name)];

    /// <summary>
    /// In how many of a hundred valid histories (up to 30 operations of up to 5 clients) two answers that
    /// change places, or an effect taken away where nothing answers, make the verdict Invalid: at least so
    /// many. The others still have an order, as elements repeat and crashed operations may explain much.
    /// </summary>
    public static TheoryData<string, int> CaughtPercent => new()
    {
        { "register", 71 }, { "distinct", 81 }, { "cas-register", 65 }, { "kv", 68 }, { "kv-distinct", 86 },
        { "multi-register", 50 }, { "bank", 90 }, { "queue", 50 }, { "stack", 43 }, { "priority-queue", 51 },
        { "set", 83 }, { "mutex", 24 }, { "semaphore", 12 }, { "counting-semaphore", 27 }, { "rmw", 61 },
        { "counter", 86 },
    };

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Theory]
    [MemberData(nameof(Names))]
    public void Other_processes_and_other_times_change_nothing(string name)
    {
        foreach (var (checker, history, seed) in Random(name))
        {
            var (before, after) = (
                checker.Check(history), checker.Check(history.Renamed(p => 900 - (3 * p), 5_000_000)));
            Assert.True(before.Validity == after.Validity, $"seed {seed}\n{history.Written()}");
            Assert.Equal(before.Linearization, after.Linearization);
            Assert.Equal(
                before.Anomalies.SelectMany(anomaly => anomaly.Witness),
                after.Anomalies.SelectMany(anomaly => anomaly.Witness));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_history_holds_exactly_when_each_of_its_keys_does(string name)
    {
        if (!Specimens.All.Single(s => s.Name == name).Model.KeysAreIndependent)
            return;
        foreach (var (checker, history, seed) in Random(name))
        {
            var whole = checker.Check(history).Validity;
            var parts = history.Keys.Select(key => checker.Check(history.Only(o => o.Key == key)).Validity);
            Assert.True(
                whole == Validity.Valid == parts.All(part => part == Validity.Valid),
                $"seed {seed}\n{history.Written()}");
        }
    }

    [Theory]
    [InlineData("register", "write")]
    [InlineData("distinct", "write")]
    [InlineData("kv-distinct", "put")]
    public void A_pending_write_that_nobody_read_changes_nothing(string name, string write)
    {
        foreach (var (checker, history, seed) in Random(name))
        {
            var more = WithPending(history, write, new Random(seed));
            Assert.True(
                checker.Check(history).Validity == checker.Check(more).Validity,
                $"seed {seed}\n{more.Written()}");
        }
    }

    [Theory]
    [MemberData(nameof(CaughtPercent))]
    public void A_falsified_history_is_caught_at_its_rate(string name, int leastPercent)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        var checker = new Linearizable(specimen.Model);
        var (mutated, caught) = (0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = specimen.Generate(
                new RandomHistories(seed) { MaximumOperations = 30, MaximumClients = 5, MutateOneIn = 0 });
            if (Falsified(history, new Random(seed)) is not { } falsified)
                continue;
            mutated++;
            caught += checker.Check(falsified).Validity == Validity.Invalid ? 1 : 0;
        }

        Assert.True(mutated > Histories / 2, $"only {mutated} of {Histories} could be falsified");
        Assert.True(
            100L * caught >= (long)leastPercent * mutated, $"{name}: {caught} of {mutated} were caught");
        Console.WriteLine(
            $"{name}: {100.0 * caught / mutated:0.0} % of {mutated} falsified histories caught");
    }

    static IEnumerable<(Linearizable Checker, History History, int Seed)> Random(string name)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        var checker = new Linearizable(specimen.Model);
        for (var seed = 0; seed < Histories; seed++)
            yield return (checker, specimen.Generate(new RandomHistories(seed) { MutateOneIn = 8 }), seed);
    }

    static History WithPending(History history, string write, Random random)
    {
        var at = random.Next(history.EventCount + 1);
        return Rewritten(history, (position, builder) =>
        {
            if (position == at)
                builder.Invoke(5_000, write, random.Next(4) == 0 ? "y" : "x", "nobody saw this");
        });
    }

    // Two different answers to the same question change places; where nothing answers, an effect is missing.
    static History? Falsified(History history, Random random)
    {
        var answers = history.Operations.Where(o => o.Outcome == Outcome.Ok).ToList();
        var pairs = answers
            .SelectMany(one => answers.Where(
                two => one.Index < two.Index && one.Function == two.Function && one.Output != two.Output)
                .Select(two => (One: one, Two: two)))
            .ToList();
        if (pairs.Count > 0)
        {
            var (one, two) = pairs[random.Next(pairs.Count)];
            return Rewritten(history, static (_, _) => { }, new() { [one.Index] = two.Output,
                [two.Index] = one.Output });
        }

        var effects = answers.Where(o => o.Output.IsNil).ToList();
        if (effects.Count < 2)
            return null;
        var missing = effects[random.Next(effects.Count)].Index;
        return history.Only(o => o.Index != missing);
    }

    static History Rewritten(
        History history, Action<int, HistoryBuilder> before, Dictionary<int, Value>? outputs = null)
    {
        var builder = new HistoryBuilder();
        var position = 0;
        var numbers = new Dictionary<int, int>();
        foreach (var entry in HistoryEvents.Of(history))
        {
            before(position++, builder);
            var operation = history[entry.Operation];
            if (!entry.IsCompletion)
                numbers[operation.Index] = builder.Invoke(
                    operation.Process, operation.Function, operation.Key, operation.Input);
            else
                builder.Complete(
                    numbers[operation.Index], operation.Outcome,
                    outputs?.GetValueOrDefault(operation.Index, operation.Output) ?? operation.Output,
                    error: operation.Error);
        }

        before(position, builder);
        return builder.Build();
    }
}
