using Steelyard.Analysis.Linearizability.Collections;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Linearizability.Sets;
using Steelyard.Analysis.Models;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Linearizability.Collections;

public class CollectionJudgeTests(ITestOutputHelper output)
{
    const int Quick = 2_500;
    const int Thorough = 100_000;

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    static int Longer => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? 1_500 : 500;

    [Theory]
    [InlineData("queue-distinct")]
    [InlineData("stack-distinct")]
    [InlineData("priority-queue-distinct")]
    [InlineData("peeked-queue-distinct")]
    [InlineData("peeked-stack-distinct")]
    [InlineData("peeked-priority-queue-distinct")]
    [InlineData("set")]
    public void Complete_histories_are_judged_without_a_search_as_by_trying_every_order(string name)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        var (valid, invalid, empties) = (0, 0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = Generate(specimen, seed, 8, 4, 5, mayCrash: false);
            if (Part(specimen.Model, history) is not { Count: > 0 } part)
                continue;
            var expected = specimen.BruteForceExplains(history);
            var verdict = Judge(specimen.Model, history, part);
            Assert.True(verdict == expected, $"seed {seed}: {expected}\n{history.Written()}");
            empties += history.Operations.Any(o => o.Outcome == Outcome.Ok && IsEmptyTake(o)) ? 1 : 0;
            _ = expected ? valid++ : invalid++;
        }

        output.WriteLine($"{name}: {valid} valid, {invalid} invalid, {empties} with takes of nothing");
        Assert.True(valid > Histories * 3 / 10 && invalid > Histories / 5, $"{valid} valid, {invalid} not");
        Assert.True(name == "set" || empties > Histories / 5, $"{empties} with takes of nothing");
    }

    [Theory]
    [InlineData("queue-distinct")]
    [InlineData("stack-distinct")]
    [InlineData("priority-queue-distinct")]
    [InlineData("peeked-queue-distinct")]
    [InlineData("peeked-stack-distinct")]
    [InlineData("peeked-priority-queue-distinct")]
    [InlineData("set")]
    public void The_search_agrees_on_longer_histories(string name)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        var (valid, invalid, unsure) = (0, 0, 0);
        for (var seed = 0; seed < Longer; seed++)
        {
            var history = Generate(specimen, seed, 40, 5, seed % 2 == 0 ? 0 : 20, mayCrash: seed % 3 == 0);
            if (Part(specimen.Model, history) is not { Count: > 0 } part)
                continue;
            var search = new ConfigurationSearch(Problem.Of(specimen.Model, history, part)).Run(200_000);
            if (search == SearchEnd.LimitReached)
                continue;
            var judged = Judge(specimen.Model, history, part);
            Assert.True(
                judged is null || judged == (search == SearchEnd.Found),
                $"seed {seed}: {search}\n{history.Written()}");
            _ = judged is null ? unsure++ : judged.Value ? valid++ : invalid++;
        }

        output.WriteLine($"{name}: {valid} valid, {invalid} invalid, {unsure} left to the search");
        Assert.True(
            valid > Longer / 3 && invalid > Longer / 8 && unsure < Longer / 15,
            $"{valid}, {invalid}, {unsure}");
    }

    static History Generate(
        Specimen specimen, int seed, int operations, int clients, int mutateOneIn, bool mayCrash)
    {
        var history = specimen.Generate(new RandomHistories(seed)
        {
            MaximumOperations = operations,
            MaximumClients = clients,
            MutateOneIn = mutateOneIn,
        });
        return mayCrash
            ? history
            : history.Only(o => o.Outcome is Outcome.Ok or Outcome.Fail);
    }

    static List<int> Part(Model model, History history) =>
        [.. Enumerable.Range(0, history.Count).Where(i => Problem.Counts(model, history[i]))];

    static bool? Judge(Model model, History history, List<int> part)
    {
        if (model is CollectionModel collection)
            return IsValid(CollectionJudge.Judge(collection, history, part));
        var verdicts = model.Objects(history, part)
            .Select(o => IsValid(SetElement.Judge((SetModel)model, history, o))).ToList();
        return verdicts.Contains(false) ? false : verdicts.Contains(null) ? null : true;
    }

    static bool? IsValid(Proof? proof) => proof is { } decided ? decided.Order is not null : null;

    static bool IsEmptyTake(Operation operation) =>
        operation.Function is "dequeue" or "pop" or "take-min" or "peek" && operation.Output.IsNil;
}
