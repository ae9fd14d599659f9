using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Tests.Laws;
using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;

namespace Steelyard.Designs.Tests.Architecture;

/// <summary>A hundred servers behind a balancer that asks some of them, against the supermarket
/// model.</summary>
public sealed class PowerOfChoicesTruthTests
{
    const int Servers = 100;

    // The model is of servers without number: of a hundred that are nearly full it is this far off.
    const double OfFewServers = 0.1;

    static readonly bool s_isLong = Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1";

    [Fact]
    public void Mean_times_are_those_of_the_supermarket_model()
    {
        // Alone, a server that is nearly always busy forgets too slowly for a short run.
        var rows = TruthRows.Of("power-of-d", "Architecture")
            .Where(row => s_isLong || row["d"] != "1" || !IsNearlyFull(row)).ToList();

        Assert.Equal(s_isLong ? 12 : 11, rows.Count);
        Assert.All(rows.AsParallel().Select(row => (Row: row, Found: Simulate(row))), one =>
        {
            var expected = one.Row["mean_time_in_system"].Number();
            var within = IsNearlyFull(one.Row) ? OfFewServers : s_isLong ? 0.01 : 0.03;
            // A hundred servers are up to 0.95 % off by themselves: chance may not decide.
            Assert.True(
                one.Found.Low <= expected * (1 + within) && one.Found.High >= expected * (1 - within),
                $"d={one.Row["d"]} lambda={one.Row["lambda"]}: {one.Found}, not {expected}");
        });
    }

    static bool IsNearlyFull(IReadOnlyDictionary<string, string> row) => row["lambda"].Number() > 0.9;

    static Estimate Simulate(IReadOnlyDictionary<string, string> row)
    {
        var graph = new ArchitectureGraph("supermarket",
        [
            new ClientsPart("clients")
            {
                Rate = row["lambda"].Number() * Servers * 10,
                Calls =
                [
                    new("server")
                    {
                        Balance = row["d"] switch
                        {
                            "1" => Balancing.Random, "2" => Balancing.TwoChoices,
                            "3" => Balancing.ThreeChoices, _ => Balancing.FiveChoices,
                        },
                    },
                ],
            },
            new ServicePart("server") { Instances = Servers, Workers = 1, Time =
                TakesTime.Parse("exp 100ms") },
        ])
        {
            Link = TakesTime.Nothing,
            Duration = TimeSpan.FromSeconds(s_isLong ? 5_000 : 150),
        };
        var mean = Simulated.Run(graph).Of("latency-mean");
        // Where there is no interval, the value itself has to be near enough.
        var (low, high) = (mean.Low ?? mean.Value, mean.High ?? mean.Value);
        return new(mean.Value / 100, low / 100, high / 100);
    }
}
