using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

public class WitnessTests
{
    // What contradicts itself although others may happen again and again does so when they happen once.
    [Theory]
    [InlineData("register")]
    [InlineData("cas-register")]
    [InlineData("kv")]
    [InlineData("multi-register")]
    [InlineData("mutex")]
    public void Letting_operations_happen_again_and_again_only_allows_more(string name)
    {
        var specimen = Specimens.All.Single(s => s.Name == name);
        var (both, onlyOnce) = (0, 0);
        for (var seed = 0; seed < 2_000; seed++)
        {
            var history = specimen.Generate(
                new RandomHistories(seed) { MaximumOperations = 12, MutateOneIn = 6 })
                .Only(o => o.Key.IsNil || o.Key == "x");
            var part = Enumerable.Range(0, history.Count)
                .Where(i => Problem.Counts(specimen.Model, history[i])).ToList();
            var problem = Problem.Of(specimen.Model, history, part);
            var random = new Random(seed);
            var weakened = part.Select(_ => random.Next(3) == 0).ToArray();
            var again = Search(problem.Weakened(int.MaxValue, weakened));
            var once = Search(problem.Weakened(int.MaxValue, weakened, repeats: false));
            Assert.True(
                again == SearchEnd.Found || once == SearchEnd.None, $"seed {seed}\n{history.Written()}");
            both += again == SearchEnd.None ? 1 : 0;
            onlyOnce += again != once ? 1 : 0;
        }

        Assert.True(both > 100, $"{both} contradicted themselves");
        if (name is "kv" or "multi-register")
            Assert.True(onlyOnce > 0, "nothing told the two apart");
    }

    static SearchEnd Search(Problem problem) => new ConfigurationSearch(problem).Run(1_000_000);
}
