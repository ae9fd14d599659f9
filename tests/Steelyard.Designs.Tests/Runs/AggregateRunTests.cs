using Steelyard.Analysis.Measurements;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Runs;

public sealed class AggregateRunTests
{
    [Fact]
    public void A_run_that_keeps_aggregates_only_is_the_same_run_and_counts_the_same()
    {
        var scenario = DesignRun.Build(Catalogue.Find("register"), "replication quorum");
        var plan = Nemesis.Plan(FaultPalette.All, scenario, new(4));
        var aggregates = new AggregateRecorder();

        var whole = new SimulatedWorld().Execute(scenario, plan, new(4), RunControl.None);
        var counted = new SimulatedWorld().Execute(
            scenario, plan, new(4), RunControl.None with { Recorder = aggregates });

        Assert.Equal(whole.ScheduleHash, counted.ScheduleHash);
        Assert.Equal(whole.Counters.Load, counted.Counters.Load);
        Assert.Equal(
            (counted.Counters.Load.Due, counted.Counters.Load.Sent, counted.Counters.Load.Answered),
            (aggregates.Due, aggregates.Sent, aggregates.Answered));
        Assert.Equal(whole.History.Faults.Count, counted.History.Faults.Count);
        Assert.Equal(0, counted.History.Count);
    }
}
