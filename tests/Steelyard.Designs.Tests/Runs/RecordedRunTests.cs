using Steelyard.Histories;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Tests.Runs;

/// <summary>The load of a run, taken from its history, makes the same run again.</summary>
public sealed class RecordedRunTests
{
    [Theory]
    [InlineData("bank", "")]
    [InlineData("register", "replication quorum")]
    [InlineData("kv", "")]
    public void A_recorded_load_makes_the_same_history_again(string design, string options)
    {
        for (var seed = 1ul; seed <= 2; seed++)
            MustRepeat(DesignRun.Build(Catalogue.Find(design), options), seed);
    }

    // Clients of the chat hold replies back, and look for what they answer meanwhile.
    [Theory]
    [InlineData("chat")]
    [InlineData("register")]
    public void A_load_drawn_again_makes_the_same_history_though_clients_hold_back_some_of_it(string design)
    {
        var scenario = DesignRun.Build(Catalogue.Find(design), "");

        MustRepeat(scenario, 2, first => RecordedWorkload.Drawn(scenario, new(2), first));
    }

    [Fact]
    public void So_does_one_that_was_not_tied_to_clients()
    {
        var scenario = DesignRun.Build(Catalogue.Find("register"), "");

        MustRepeat(scenario with { Load = scenario.Load with { Arrivals = new PooledArrivals(40) } }, 3);
    }

    [Fact]
    public void Operations_can_be_left_out_of_it()
    {
        var scenario = DesignRun.Build(Catalogue.Find("register"), "");
        var recorded = RecordedWorkload.Of(Run(scenario, 1, FaultPlan.None), scenario);
        var few = new RecordedWorkload(
            [.. recorded.Operations.Index().Where(it => it.Index % 10 == 0).Select(it => it.Item)]);

        var history = Run(scenario with { Load = few.InPlaceOf(scenario.Load) }, 1, FaultPlan.None);

        Assert.Equal(
            few.Operations.Select(it => (it.DueNs, it.Invocation.Function, it.Invocation.Input)),
            history.Operations.OrderBy(it => it.IntendedNs)
                .Select(it => (it.IntendedNs, it.Function, it.Input)));
    }

    static void MustRepeat(
        Scenario scenario, ulong seed, Func<History, RecordedWorkload>? record = null)
    {
        var plan = Nemesis.Plan(FaultPalette.All, scenario, new(seed));
        var first = Run(scenario, seed, plan);

        var recorded = record?.Invoke(first) ?? RecordedWorkload.Of(first, scenario);
        var again = Run(scenario with { Load = recorded.InPlaceOf(scenario.Load) }, seed, plan);

        Assert.NotEmpty(recorded.Operations);
        Assert.Equal(first.Hash, again.Hash);
    }

    static History Run(Scenario scenario, ulong seed, FaultPlan plan) =>
        new SimulatedWorld().Execute(scenario, plan, new(seed), RunControl.None).History;
}
