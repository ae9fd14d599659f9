using System.Text.Json;

namespace Steelyard.App.Tests.Services;

/// <summary>Designs of services on the command line: the same words, with processes of their own.</summary>
public sealed class ServiceHuntTests
{
    [Fact]
    public void A_run_is_judged_reported_and_replayed_bit_for_bit()
    {
        using var steelyard = SteelyardProcess.WithServices();

        var run = steelyard.Run("run", "greeter", "--out", "first");
        var replay = steelyard.Run("replay", "first");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Code);
        Assert.True(File.Exists(Path.Combine(steelyard.Folder, "first", "report.html")));
        Assert.StartsWith("The same: ", replay.Output, StringComparison.Ordinal);
        Assert.Equal(0, replay.Code);
    }

    [Fact]
    public void A_hunt_gives_every_seed_what_it_gives_alone()
    {
        using var steelyard = SteelyardProcess.WithServices();

        var together = Hashes(
            steelyard.Run("hunt", "greeter", "--seeds", "1..6", "--faults", "all", "--json"));
        var isolated = Hashes(
            steelyard.Run("hunt", "greeter", "--seeds", "6..1", "--faults", "all", "--isolate", "--json"));
        var run = steelyard.Run("run", "greeter", "--seed", "4", "--faults", "all", "--json");

        isolated.Reverse();
        Assert.Equal(6, together.Count);
        Assert.Equal(isolated, together);
        Assert.Contains(together[3], run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_promise_is_found_and_can_be_repeated()
    {
        using var steelyard = SteelyardProcess.WithServices();

        var hunt = steelyard.Run("hunt", "forgetful", "--seeds", "1..20", "--faults", "all");

        Assert.Equal(1, hunt.Code);
        Assert.Contains(
            "everyone-is-greeted: somebody was not greeted", hunt.Output, StringComparison.Ordinal);
        var at = hunt.Output.IndexOf("repeat: ", StringComparison.Ordinal);
        var repeat = hunt.Output[at..].Trim().Split(' ');
        Assert.Equal(1, steelyard.Run(repeat[2..]).Code);
    }

    [Fact]
    public void What_differs_from_process_to_process_is_shown_by_running_twice()
    {
        using var steelyard = SteelyardProcess.WithServices();

        var right = steelyard.Run("hunt", "greeter", "--seeds", "1..2", "--twice");
        var random = steelyard.Run("hunt", "random-greeter", "--seeds", "1..1", "--twice");
        var wrong = steelyard.Run("hunt", "process-greeter", "--seeds", "1..1", "--twice");

        Assert.Equal(0, right.Code);
        Assert.Equal(0, random.Code);
        Assert.Equal(1, wrong.Code);
        Assert.Contains("process-greeter is not deterministic: seed 0x1 gave two histories.", wrong.Output,
            StringComparison.Ordinal);
        Assert.Contains("first difference: event ", wrong.Output, StringComparison.Ordinal);
        Assert.Contains("likely cause: a host used a clock, random source", wrong.Output,
            StringComparison.Ordinal);
        Assert.Contains("repeat: steelyard hunt process-greeter --seeds 0x1 --twice", wrong.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_hunt_ends_and_leaves_no_process_behind()
    {
        using var steelyard = SteelyardProcess.WithServices();
        var eighth = Path.Combine(steelyard.Folder, "built-8");

        var hunt = steelyard.RunAndInterrupt(
            () => File.Exists(eighth), "hunt", "noted-greeter", "--seeds", "1..100000");

        Assert.Equal(130, hunt.Code);
        Assert.Contains("PARTIAL", hunt.Output, StringComparison.Ordinal);
    }

    static List<string> Hashes(ProcessOutcome hunt)
    {
        Assert.Equal("", hunt.Error);
        using var json = JsonDocument.Parse(hunt.Output);
        return [.. json.RootElement.GetProperty("seeds").EnumerateArray()
            .Select(seed => seed.GetProperty("historyHash").GetString()!)];
    }
}
