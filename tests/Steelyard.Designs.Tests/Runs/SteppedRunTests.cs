using Steelyard.Designs.Architecture;
using Steelyard.Designs.Systems.Fraud;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Runs;

public sealed class SteppedRunTests
{
    public static TheoryData<string, string> Variants => new()
    {
        { "bank", "replication raft" },
        { "bank", "replication async" },
        { "bank", "replication write-all" },
        { "chat", "resolve crdt" },
        { "register", "replication quorum" },
        { "kv", "replication raft" },
        { "fraud", "batch 10" },
        { "pacelc", "replication quorum" },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_design_that_is_advanced_in_steps_makes_the_run_that_it_makes_at_once(
        string design, string options)
    {
        var scenario = DesignRun.Build(Catalogue.Find(design), options);
        scenario = scenario with { Load = scenario.Load with { Duration = TimeSpan.FromSeconds(4) } };
        var plan = Nemesis.Plan(FaultPalette.All, scenario, new(4));
        var whole = new SimulatedWorld().Execute(scenario, plan, new(4), RunControl.None);
        var random = new SeededRandom(new(4), "steps");

        using var session = new SimulatedWorld().Start(scenario, plan, new(4), RunControl.None);
        while (!session.HasEnded)
        {
            session.Advance(RunPoint.At(
                TimeSpan.FromMicroseconds((session.NowNs / 1_000) + random.Next(200_000))));
            _ = session.States();
        }

        var stepped = session.Finish();
        Assert.Equal(
            (whole.History.Hash, whole.ScheduleHash), (stepped.History.Hash, stepped.ScheduleHash));
    }

    // What makes an architecture move is the same in all of them.
    [Fact]
    public void Every_design_is_advanced_in_steps() => Assert.Equal(
        Catalogue.All.Where(design => design is (not ArchitectureSystem) or FraudDesign).Select(design =>
            design.Name),
        Variants.Select(variant => (string)variant[0]).Distinct());
}
