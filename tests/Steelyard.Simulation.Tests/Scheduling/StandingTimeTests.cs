using Steelyard.Histories;
using Steelyard.Simulation.Scheduling;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests.Scheduling;

/// <summary>Runs that never leave an instant.</summary>
public sealed class StandingTimeTests
{
    [Fact]
    public void Nodes_that_wait_for_no_time_at_all_end_their_run_undecided_with_what_they_did_there()
    {
        var run = (Looping(world => Again(world, TimeSpan.Zero)) with
        {
            EventBudget = long.MaxValue / 2,
        }).Under();

        var verdict = Assert.Single(run.Findings);
        Assert.Equal(("time-moves", Validity.Unknown), (verdict.Checker, verdict.Validity));
        Assert.StartsWith(
            "not decided: time stands still at 2.000 s, after 4,", verdict.Summary, StringComparison.Ordinal);
        Assert.EndsWith(", 100 % were timers", verdict.Summary, StringComparison.Ordinal);
        Assert.True(run.IsPartial);
        Assert.NotEqual(0, run.History.Count);
    }

    [Fact]
    public void Their_twin_that_waits_a_little_goes_on_to_its_end()
    {
        var run = Looping(world => Again(world, TestRun.Ms(1))).Under();

        Assert.Empty(run.Findings);
        Assert.False(run.IsPartial);
    }

    [Fact]
    public void Code_that_awaits_nothing_for_ever_ends_its_run_undecided()
    {
        var run = Looping(static world => { _ = YieldForEver(); }).Under();

        var verdict = Assert.Single(run.Findings);
        Assert.Equal("time-moves", verdict.Checker);
        Assert.StartsWith("not decided: time stands still at 2.000 s, after ", verdict.Summary,
            StringComparison.Ordinal);
        Assert.EndsWith("; code that awaits nothing went on 4,000,000 times there", verdict.Summary,
            StringComparison.Ordinal);
        Assert.True(run.IsPartial);
    }

    [Fact]
    public void Whoever_watches_is_told_the_same()
    {
        var scenario = Looping(static world => { _ = YieldForEver(); });

        var watched = new SimulatedWorld().Execute(
            scenario, FaultPlan.None, new(7), new() { Trace = new Nobody() });

        Assert.Equal(
            Assert.Single(scenario.Under().Findings).Summary, Assert.Single(watched.Findings).Summary);
    }

    [Fact]
    public void Time_that_moves_now_and_then_is_enough()
    {
        var scheduler = new Scheduler();
        var limit = new EventLimit(scheduler, most: 1_000_000, mostLooks: 3);

        for (var look = 0; look < 100; look++)
        {
            if (look % 3 == 0)
            {
                scheduler.At(look, default);
                scheduler.Next(out _);
            }

            Assert.False(limit.IsReached());
        }

        Assert.Null(limit.Finding());
    }

    static Scenario Looping(Action<INodeWorld> loop) => TestRun.Of(
        2, world =>
        {
            if (world.Name == "n1")
                world.SetTimer(TestRun.Ms(2_000), () => loop(world));
        }).Offered(load => load with { RatePerSecond = 5 });

    static void Again(INodeWorld world, TimeSpan wait) =>
        world.SetTimer(wait, () => Again(world, wait));

    sealed class Nobody : ITraceSink
    {
        public void Sent(long sentNs, long? arrivesNs, NodeId from, NodeId to, Message message, string? fate)
        {
        }

        public void Noted(long timeNs, NodeId node, string text)
        {
        }
    }

    static async Task YieldForEver()
    {
        while (true)
            await Task.Yield();
    }
}
