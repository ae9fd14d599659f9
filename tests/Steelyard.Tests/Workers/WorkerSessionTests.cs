using Steelyard.Simulation;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Workers;

public sealed class WorkerSessionTests
{
    static readonly Scenario Tiny = new TinyRegister().Build(TinyRegister.With());

    readonly List<RunPoint> _asked = [];

    [Fact]
    public void A_run_that_goes_to_its_end_at_once_is_executed_once()
    {
        using var session = new WorkerSession(Execute, CancellationToken.None);

        session.Advance(RunPoint.End);
        session.Advance(RunPoint.End);

        Assert.True(session.HasEnded);
        Assert.False(session.Finish().IsPartial);
        Assert.Equal([RunPoint.End], _asked);
        Assert.Throws<InvalidOperationException>(session.Finish);
    }

    [Fact]
    public void A_run_that_is_looked_at_on_its_way_is_the_same_run()
    {
        var whole = Execute(RunPoint.End);
        using var session = new WorkerSession(Execute, CancellationToken.None);

        session.Advance(RunPoint.At(TimeSpan.FromSeconds(1)));
        Assert.Equal(1_000_000_000, session.NowNs);
        Assert.False(session.HasEnded);
        Assert.NotEmpty(session.States());
        session.Advance(RunPoint.AfterEvents(10));
        Assert.Equal(1_000_000_000, session.NowNs);
        session.Advance(RunPoint.End);

        Assert.Equal(whole.ScheduleHash, session.Finish().ScheduleHash);
    }

    [Fact]
    public void What_the_state_of_a_node_says_comes_over_the_pipe()
    {
        var state = new NodeState(
            "n1", NodeStatus.Paused,
            [
                new("leader", Histories.Value.Of(true)), new("term", 3), new("voted for", "n2"),
                new("x", null),
            ]);

        var again = ShownState.Of(state).ToState();

        Assert.Equal((state.Node, state.Status), (again.Node, again.Status));
        Assert.Equal(state.Values, again.Values);
    }

    WorldRun Execute(RunPoint until)
    {
        _asked.Add(until);
        return new SimulatedWorld().Execute(Tiny, FaultPlan.None, new(5), RunControl.None, until);
    }
}
