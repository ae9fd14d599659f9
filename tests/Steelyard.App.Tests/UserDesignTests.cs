using Samples.GossipSets;

namespace Steelyard.App.Tests;

/// <summary>Designs that users bring: the same commands, with an assembly where the design's name
/// stands.</summary>
public sealed class UserDesignTests : IDisposable
{
    static readonly string Gossip = typeof(GossipSetDesign).Assembly.Location;
    static readonly string Throwing = typeof(ThrowingDesign).Assembly.Location;

    readonly SteelyardProcess _steelyard = new();

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void A_design_of_the_users_is_listed_and_its_options_stand_in_the_help()
    {
        var listed = _steelyard.Run("list", Gossip);
        var help = _steelyard.Run("run", Gossip, "--help");

        Assert.Equal(0, listed.Code);
        Assert.Contains("gossip-set A set on several replicas", listed.Output);
        Assert.Contains("--period <time, 200ms>", listed.Output);
        Assert.DoesNotContain("bank", listed.Output);
        Assert.Equal(0, help.Code);
        Assert.Contains("how often a replica tells another one [default: 200ms]", help.Output);
    }

    [Fact]
    public void It_runs_with_a_report_and_its_folder_is_replayed()
    {
        var run = _steelyard.Run(
            "run", Gossip, "--period", "300ms", "--nodes", "3", "--duration", "5s", "--out", "run");
        var replay = _steelyard.Run("replay", "run");

        Assert.True(run.Code == 0, run.Output + run.Error);
        Assert.True(File.Exists(Path.Combine(_steelyard.Folder, "run", "report.html")));
        Assert.Contains("--design gossip-set --period 300ms --nodes 3", File.ReadAllText(
            Path.Combine(_steelyard.Folder, "run", "result.json")));
        Assert.True(replay.Code == 0, replay.Output + replay.Error);
        Assert.StartsWith("The same: ", replay.Output);
    }

    [Theory]
    [InlineData("--workers")]
    [InlineData("--isolate", "--workers")]
    public void It_is_hunted_here_and_in_processes_of_its_own(params string[] how)
    {
        var crash = Path.Combine(ToolPackageTests.Root(), "samples", "01-gossip-set", "crash.yaml");
        var hunt = _steelyard.Run(
            ["hunt", "--seeds", "1..2", Gossip, "--design=gossip-set", "--faults", crash, .. how, "2"]);

        Assert.True(hunt.Code == 1, hunt.Output + hunt.Error);
        Assert.Contains("seed 0x1: lost-adds: 1 was added, then not read by n1", hunt.Output);
        Assert.Contains($"run {Gossip} --design gossip-set --faults {crash} --seed 0x1", hunt.Output);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("hunt")]
    public void What_a_node_of_theirs_throws_is_told_as_theirs(params string[] command)
    {
        var run = _steelyard.Run([.. command, Throwing, "--design", "throwing"]);

        Assert.Equal(1, run.Code);
        var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(
            "^steelyard: throwing failed: n1 failed at 1.000 s, event [0-9]+: "
                + "KeyNotFoundException: no such account",
            lines[0]);
        Assert.Matches("Throw in ThrowingDesign.cs:[0-9]+", lines[1]);
        Assert.Contains($"run {Throwing} --design throwing --seed 0x1", lines[2]);
        Assert.DoesNotContain("a bug of Steelyard's", run.Error);
    }
}
