using Steelyard.Histories;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests.Scheduling;

public sealed class EventLimitTests
{
    [Fact]
    public void A_run_that_takes_more_events_than_it_may_ends_undecided_with_the_kinds_that_took_them()
    {
        var run = Rounds(notes: 100, budget: 50_000);

        var verdict = Assert.Single(run.Findings);
        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Equal("event-budget", verdict.Checker);
        Assert.StartsWith("not decided: 50,", verdict.Summary, StringComparison.Ordinal);
        Assert.Contains("the run may take 50,000; of the last ", verdict.Summary, StringComparison.Ordinal);
        Assert.EndsWith(", 100 % were Note", verdict.Summary, StringComparison.Ordinal);
        Assert.True(run.IsPartial);
        Assert.InRange(run.Counters.Events, 50_000, 52_000);
        Assert.NotEqual(0, run.History.Count);
    }

    [Fact]
    public void The_same_with_a_single_message_is_within_its_budget()
    {
        var run = Rounds(notes: 1, budget: 50_000);

        Assert.Empty(run.Findings);
        Assert.False(run.IsPartial);
    }

    [Fact]
    public void What_is_counted_near_the_end_of_the_budget_changes_nothing()
    {
        var whole = Rounds(notes: 1, budget: long.MaxValue);

        var counted = Rounds(notes: 1, budget: whole.Counters.Events + 1);

        Assert.Empty(counted.Findings);
        Assert.Equal((whole.History.Hash, whole.ScheduleHash), (counted.History.Hash, counted.ScheduleHash));
    }

    [Fact]
    public void A_run_in_which_more_events_wait_than_may_happen_ends_undecided_too()
    {
        var scenario = TestRun.Of(2, world => world.SetTimer(TestRun.Ms(3000), () =>
        {
            for (var i = 0; i < 20_000; i++)
                world.Send(world.Peers[0], i % 4 == 0 ? new Ping(i) : new Note(i));
        }));

        var run = (scenario with { EventBudget = 10_000 }).Under();

        Assert.Equal(
            "not decided: 10,000 events waited at once, by 3.000 s, and the run may take 10,000;"
            + " of those that waited 10,000, 75 % were Note, 25 % Ping",
            Assert.Single(run.Findings).Summary);
        Assert.True(run.IsPartial);
    }

    [Fact]
    public void A_run_that_is_stopped_from_outside_has_found_nothing()
    {
        var run = new SimulatedWorld().Execute(
            TestRun.Pings(3), FaultPlan.None, new(1), RunControl.None, RunPoint.AfterEvents(1_000));

        Assert.True(run.IsPartial);
        Assert.Empty(run.Findings);
    }

    [Fact]
    public void The_default_budget_grows_with_nodes_rate_and_time()
    {
        var small = TestRun.Pings(3);

        Assert.InRange(small.EventBudget, 1_000_000, 10_000_000);
        var longer = small.Offered(load => load with { Duration = load.Duration * 2 });
        Assert.True(longer.EventBudget > small.EventBudget);
        Assert.True(
            small.Offered(load => load with { RatePerSecond = 200 }).EventBudget > small.EventBudget);
        Assert.True(TestRun.Pings(4).EventBudget > small.EventBudget);
        Assert.Equal(7, (small with { EventBudget = 7 }).EventBudget);
        Assert.True(
            small.Offered(load => load with { Duration = TimeSpan.MaxValue / 2 }).EventBudget > 0);
    }

    // So many notes go round for ever.
    static WorldRun Rounds(int notes, long budget)
    {
        var scenario = TestRun.Of(
            3,
            world =>
            {
                for (var i = 0; i < notes && world.Name == "n1"; i++)
                    world.SetTimer(TestRun.Ms(5000), () => world.Send(world.Peers[0], new Note(0)));
            },
            (world, _, message) =>
            {
                if (message is Note)
                    world.Send(world.Random.Choose(world.Peers), message);
            });
        return (scenario with { EventBudget = budget })
            .Offered(load => load with { RatePerSecond = 5 })
            .Under();
    }
}
