using Steelyard.Histories;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests;

public sealed class SimulatedWorldTests
{
    [Fact]
    public void Every_operation_of_a_healthy_run_ends_ok()
    {
        var run = TestRun.Pings(3).Under();

        Assert.False(run.IsPartial);
        Assert.InRange(run.History.Count, 900, 1100);
        Assert.All(run.History.Operations, operation => Assert.Equal(Outcome.Ok, operation.Outcome));
    }

    [Fact]
    public void A_run_ends_with_a_heal_then_final_reads_of_each_client()
    {
        var run = TestRun.Pings(3, clients: 4).Under();

        Assert.Empty(run.History.Faults);
        Assert.Equal(
            [HistoryPhase.LoadEnd, HistoryPhase.Heal, HistoryPhase.Settled, HistoryPhase.FinalReads],
            run.History.Phases.Marked.Select(it => it.Phase));
        var begins = run.History.Phases.FinalReads!.Value.Position;
        var last = run.History.Operations.Where(operation => operation.InvokedAt > begins);
        Assert.Equal(4, last.Count(operation => operation.Function == "final"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_hashes_and_another_seed_others()
    {
        var faults = new CrashFault { At = TestRun.Ms(2000), For = TestRun.Ms(3000), Nodes = ["n2"] };
        var first = TestRun.Pings(3).WithSeed(11, faults);
        var second = TestRun.Pings(3).WithSeed(11, faults);
        var other = TestRun.Pings(3).WithSeed(12, faults);

        Assert.Equal((first.History.Hash, first.ScheduleHash), (second.History.Hash, second.ScheduleHash));
        Assert.NotEqual(first.History.Hash, other.History.Hash);
        Assert.NotEqual(first.ScheduleHash, other.ScheduleHash);
    }
}
