using System.Text.Json;
using Steelyard.App.Tests.Hosts;

namespace Steelyard.App.Tests;

/// <summary>A seed gives the same history and the same schedule in every process, in any order, alone or
/// among others.</summary>
public sealed class CommandDeterminismTests
{
    static readonly bool IsLong = Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1";

    // A run of services takes some hundred times as long.
    static readonly int s_seeds = IsLong ? 1000 : 10;
    static readonly int s_seedsOfServices = IsLong ? 1000 : 2;
    static readonly int s_alone = IsLong ? 20 : 2;

    static readonly Lazy<string[]> s_forwards = new(() => Hashes("forwards"));

    /// <summary>One simulated design and one of services; every design when there is time.</summary>
    public static TheoryData<string> Isolated =>
        IsLong ? [.. EveryDesign.All.Select(design => design.Name)] : ["register", "payments"];

    [Fact]
    public async Task Two_processes_give_the_same_hashes_in_either_order()
    {
        var backwards = Task.Run(() => Hashes("backwards"));
        var forwards = s_forwards.Value;

        Assert.Equal(forwards, (await backwards).Reverse());
        Assert.Equal(
            forwards.Length,
            forwards.Select(line => line.Split(' ')[3]).Distinct(StringComparer.Ordinal).Count());
        foreach (var design in EveryDesign.All)
            Assert.Equal(
                design.Build(new(design, new())).Deployment.FillsProcess ? s_seedsOfServices : s_seeds,
                Of(design.Name).Count());
    }

    [Theory]
    [MemberData(nameof(Isolated))]
    public void Seeds_that_are_alone_in_their_process_give_what_they_give_among_others(string design)
    {
        using var steelyard = new SteelyardProcess();

        var hunt = steelyard.Run(
            "hunt", design, "--faults", "all", "--duration", "10s", "--seeds", $"{s_alone}..1", "--hashes",
            "--isolate", "--json");

        Assert.Equal("", hunt.Error);
        using var json = JsonDocument.Parse(hunt.Output);
        Assert.Equal(
            Of(design).Take(s_alone).Reverse(),
            json.RootElement.GetProperty("seeds").EnumerateArray().Select(seed =>
                $"{design} {Text(seed, "seed")} {Hash(seed, "historyHash")} {Hash(seed, "scheduleHash")}"));
    }

    static IEnumerable<string> Of(string design) =>
        s_forwards.Value.Where(line => line.StartsWith(design + " ", StringComparison.Ordinal));

    static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    static string Hash(JsonElement from, string name) => Text(from, name)["0x".Length..];

    static string[] Hashes(string order)
    {
        using var steelyard = SteelyardProcess.WithServices();
        var run = steelyard.RunAlone(EveryHash.Word, $"{s_seeds}", $"{s_seedsOfServices}", order);
        Assert.Equal("", run.Error);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
