using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

public class BruteForceTests
{
    const int Quick = 1_500;
    const int Thorough = 100_000;

    public static TheoryData<string> Names => [.. Specimens.All.Select(s => s.Name)];

    static int Histories => Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? Thorough : Quick;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_checker_agrees_with_trying_every_order(string name)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        var checker = new Linearizable(specimen.Model);
        var (valid, invalid) = (0, 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = specimen.Generate(new RandomHistories(seed));
            var expected = specimen.BruteForceExplains(history);
            var verdict = checker.Check(history);
            var context = $"seed {seed}\n{history.Written()}";
            Assert.True((verdict.Validity == Validity.Valid) == expected, context);
            if (expected)
                Assert.Null(LinearizationReplayer.Fault(specimen.Model, history, verdict.Linearization!));
            else
                AssertWitness(specimen, history, verdict, context);
            _ = expected ? valid++ : invalid++;
        }

        // Neither side of the comparison may be empty, or it proves little.
        Assert.True(valid > Histories / 10 && invalid > Histories / 20, $"{valid} valid, {invalid} invalid");
    }

    // What brought a value had an unknown outcome, or ended late, and who took the value was left out.
    [Theory]
    [InlineData("cas-distinct", 55_317)]
    [InlineData("cas-distinct", 90_344)]
    [InlineData("rmw-distinct", 23_460)]
    [InlineData("rmw-distinct", 25_091)]
    public void Why_an_operation_of_unknown_outcome_must_have_happened_is_named(string name, int seed)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        var history = specimen.Generate(new RandomHistories(seed));
        var verdict = new Linearizable(specimen.Model).Check(history);
        Assert.Equal(Validity.Invalid, verdict.Validity);
        AssertWitness(specimen, history, verdict, history.Written());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Histories_that_really_happened_are_valid(string name)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        for (var seed = 0; seed < 200; seed++)
        {
            var history = specimen.Generate(
                new RandomHistories(seed) { MaximumOperations = 40, MaximumClients = 6, MutateOneIn = 0 });
            var verdict = new Linearizable(specimen.Model).Check(history);
            var context = $"seed {seed}: {verdict.Summary}\n{history.Written()}";
            Assert.True(verdict.Validity == Validity.Valid, context);
            Assert.Null(LinearizationReplayer.Fault(specimen.Model, history, verdict.Linearization!));
        }
    }

    // The operations named contradict each other on their own: without the others there is no explanation
    // either.
    static void AssertWitness(Specimen specimen, History history, Verdict verdict, string context)
    {
        var witness = Assert.Single(verdict.Anomalies).Witness;
        Assert.NotEmpty(witness);
        Assert.False(
            specimen.BruteForceExplains(history.Only(o => witness.Contains(o.Index))),
            $"{context}\nwitness {string.Join(' ', witness)}: {verdict.Summary}");
    }
}
