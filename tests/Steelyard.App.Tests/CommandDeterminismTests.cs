using System.Text.Json;
using Steelyard.Services.Designs;

namespace Steelyard.App.Tests;

/// <summary>A seed gives the same history and the same schedule in every process, in any order, alone or
/// among others.</summary>
public sealed class CommandDeterminismTests
{
    static readonly bool IsLong = Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1";

    public static TheoryData<string> Designs => [.. EveryDesign.All.Select(design => design.Name)];

    [Theory]
    [MemberData(nameof(Designs))]
    public void Two_processes_give_the_same_hashes_in_either_order(string design)
    {
        // A process of services takes seconds to warm up.
        var (seeds, alone) = IsLong ? (1000, 20)
            : ServiceCatalogue.All.Any(services => services.Name == design) ? (2, 1)
            : (10, 2);
        var up = Hashes(design, $"1..{seeds}");
        var down = Hashes(design, $"{seeds}..1");
        Array.Reverse(down);

        Assert.Equal(seeds, up.Length);
        Assert.Equal(up, down);
        Assert.Equal(seeds, up.Select(seed => seed.Schedule).Distinct(StringComparer.Ordinal).Count());
        for (var seed = 1; seed <= alone; seed++)
            Assert.Equal([up[seed - 1]], Hashes(design, $"{seed}"));
    }

    static (string Seed, string History, string Schedule)[] Hashes(string design, string seeds)
    {
        using var steelyard = new SteelyardProcess();
        var hunt = steelyard.Run(
            "hunt", design, "--faults", "all", "--seeds", seeds, "--hashes", "--json");
        Assert.Equal("", hunt.Error);
        using var json = JsonDocument.Parse(hunt.Output);
        return
        [
            .. json.RootElement.GetProperty("seeds").EnumerateArray().Select(seed => (
                seed.GetProperty("seed").GetString()!, seed.GetProperty("historyHash").GetString()!,
                seed.GetProperty("scheduleHash").GetString()!)),
        ];
    }
}
