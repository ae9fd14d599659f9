using Steelyard.App.Live;
using Steelyard.Runs;

namespace Steelyard.App.Tests.Live;

public sealed class WorldsCommandTests
{
    [Theory]
    [InlineData("expected one of bank, register, payments, found none")]
    [InlineData("expected one of bank, register, payments, found \"chat\"", "chat")]
    [InlineData(
        "--on: expected none, since payments stand on postgres, found etcd", "payments", "--on", "etcd")]
    [InlineData(
        "--variant: expected none, since bank has none here, found none", "bank", "--variant", "none")]
    [InlineData("--on: expected one of etcd", "bank", "--on", "oracle")]
    [InlineData("--on: expected each engine once, found redis twice", "bank", "--on", "redis,etcd,redis")]
    public void What_cannot_stand_side_by_side_is_one_line(string expected, params string[] words)
    {
        using var steelyard = new SteelyardProcess();

        var run = steelyard.Run(["worlds", .. words]);

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(steelyard.Folder, "runs")));
    }

    [OnEngineFact("postgres")]
    public void A_bank_stands_side_by_side_simulated_and_on_PostgreSQL()
    {
        using var steelyard = new SteelyardProcess();

        var run = steelyard.Run(
            "worlds", "bank", "--on", "postgres", "--duration", "1s", "--faults", "none", "--out", "r");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("simulated postgres", string.Join(
            ' ', run.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(steelyard.Folder, "r", "worlds.html")));
        Assert.True(File.Exists(Path.Combine(steelyard.Folder, "r", "postgres", "history.jsonl")));
    }

    [Theory]
    [InlineData("bank", "etcd,redis")]
    [InlineData("register", "postgres")]
    public void What_is_drawn_for_all_worlds_can_happen_in_each(string name, string on)
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var plan = new WorldPlan(EveryDesign.All, EveryDesign.Engines)
            {
                Common = new(), Faults = FaultChoice.Named("all"), Seed = new(seed),
            };
            foreach (var run in plan.OfDesign(name, on.Split(',')))
                run.Request.MustFit();
        }
    }
}
