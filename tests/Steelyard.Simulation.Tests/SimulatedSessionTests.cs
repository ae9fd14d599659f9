using Steelyard.Histories;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests;

public sealed class SimulatedSessionTests
{
    static readonly Scenario Pings = TestRun.Pings(3);

    static readonly FaultPlan Plan = new(
    [
        new CrashFault { At = TestRun.Ms(3_000), For = TestRun.Ms(2_000), Nodes = ["n2"] },
        new PauseFault { At = TestRun.Ms(3_500), For = TestRun.Ms(1_000), Nodes = ["n3"] },
        new LinkFault { At = TestRun.Ms(1_000), For = TestRun.Ms(5_000), Loss = 0.05, Duplication = 0.05 },
    ]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Steps_of_any_size_give_the_run_that_one_step_gives(ulong steps)
    {
        var whole = new SimulatedWorld().Execute(Pings, Plan, new(7), RunControl.None);
        var random = new SeededRandom(new(steps), "steps");
        var events = 0L;

        using var session = Start();
        while (!session.HasEnded)
        {
            events += random.Next(200);
            session.Advance(random.Chance(0.5)
                ? RunPoint.AfterEvents(events)
                : RunPoint.At(TimeSpan.FromMicroseconds((session.NowNs / 1_000) + random.Next(100_000))));
            _ = session.States();
            _ = session.HistorySoFar();
        }

        var run = session.Finish();
        Assert.Equal((whole.History.Hash, whole.ScheduleHash), (run.History.Hash, run.ScheduleHash));
        Assert.Equal(whole.Counters, run.Counters);
        Assert.Equal(whole.End, run.End);
        Assert.False(run.IsPartial);
    }

    [Fact]
    public void A_time_is_reached_when_everything_up_to_it_has_happened_and_nothing_after_it()
    {
        var times = new List<long>();
        var scenario = TestRun.Of(1, world => Tick(world, times));
        using var session = new SimulatedWorld().Start(scenario, FaultPlan.None, new(1), RunControl.None);

        session.Advance(RunPoint.At(TestRun.Ms(300)));

        Assert.Equal([100L, 200, 300], times);
        Assert.Equal(300_000_000, session.NowNs);
        Assert.False(session.HasEnded);
    }

    [Fact]
    public void A_point_that_lies_behind_is_no_way_to_go()
    {
        using var session = Start();
        session.Advance(RunPoint.At(TestRun.Ms(2_000)));
        var before = session.HistorySoFar();

        session.Advance(RunPoint.At(TestRun.Ms(1_000)));
        session.Advance(RunPoint.AfterEvents(10));

        Assert.Equal(2_000_000_000, session.NowNs);
        Assert.Equal(before.Hash, session.HistorySoFar().Hash);
    }

    [Fact]
    public void What_happened_so_far_does_not_change_when_the_run_goes_on()
    {
        using var session = Start();
        session.Advance(RunPoint.At(TestRun.Ms(2_000)));
        var soFar = session.HistorySoFar();
        var (hash, count) = (soFar.Hash, soFar.Count);
        Assert.Contains(soFar.Operations, operation => operation.Outcome == Outcome.Open);

        session.Advance(RunPoint.End);

        Assert.Equal((hash, count), (soFar.Hash, soFar.Count));
        Assert.True(session.Finish().History.Count > count);
    }

    [Fact]
    public void A_run_that_is_finished_before_its_end_is_partial_and_goes_no_further()
    {
        using var session = Start();
        session.Advance(RunPoint.AfterEvents(500));

        var run = session.Finish();

        Assert.True(run.IsPartial);
        Assert.Equal(500, run.Counters.Events);
        Assert.Throws<InvalidOperationException>(() => session.Advance(RunPoint.End));
        Assert.Throws<InvalidOperationException>(session.Finish);
    }

    [Fact]
    public void Nodes_are_seen_to_be_up_held_still_or_down_with_what_they_show_of_themselves()
    {
        var scenario = Pings.Deployed(nodes => nodes with { CreateNode = world => new Counter(world) });
        using var session = new SimulatedWorld().Start(scenario, Plan, new(7), RunControl.None);
        Assert.All(session.States(), state => Assert.Equal(NodeStatus.Up, state.Status));

        session.Advance(RunPoint.At(TestRun.Ms(4_000)));
        var states = session.States();

        Assert.Equal(["n1", "n2", "n3"], states.Select(state => state.Node));
        Assert.Equal([NodeStatus.Up, NodeStatus.Down, NodeStatus.Paused],
            states.Select(state => state.Status));
        Assert.Equal(["answered", "idle"], states[0].Values.Select(value => value.Name));
        Assert.True(states[0].Values[0].Value.AsInteger > 10);
        Assert.Empty(states[1].Values);
        Assert.NotEmpty(states[2].Values);
    }

    [Fact]
    public void A_name_that_is_shown_twice_is_a_bug_of_the_node()
    {
        var sheet = new StateSheet();
        sheet.Add("term", 1);
        sheet.Add("leader", true);
        Assert.Equal(["leader", "term"], sheet.Values.Select(value => value.Name));

        sheet.Add("term", "two");

        Assert.Throws<InvalidOperationException>(() => sheet.Values);
    }

    [Fact]
    public void Who_watches_states_is_told_of_each_change_and_of_nothing_else()
    {
        var sink = new StateList();
        var scenario = Pings.Deployed(nodes => nodes with { CreateNode = world => new Counter(world) });

        var watched = new SimulatedWorld().Execute(scenario, Plan, new(7), new() { States = sink });

        var alone = new SimulatedWorld().Execute(scenario, Plan, new(7), RunControl.None);
        Assert.Equal((alone.History.Hash, alone.ScheduleHash), (watched.History.Hash, watched.ScheduleHash));
        Assert.Equal(watched.States.Select(StateList.Line), sink.Last.Values);
        Assert.True(sink.Told.Count > 100);
        foreach (var (before, after) in sink.Told.GroupBy(told => told.Node).SelectMany(
            node => node.Zip(node.Skip(1))))
            Assert.NotEqual(StateList.Line(before), StateList.Line(after));
        Assert.Equal(
            [NodeStatus.Up, NodeStatus.Down, NodeStatus.Up],
            Statuses(sink, "n2"));
        Assert.Equal([NodeStatus.Up, NodeStatus.Paused, NodeStatus.Up], Statuses(sink, "n3"));
    }

    static IEnumerable<NodeStatus> Statuses(StateList sink, string node)
    {
        var statuses = sink.Told.Where(told => told.Node == node).Select(told => told.Status).ToList();
        return statuses.Where((status, i) => i == 0 || status != statuses[i - 1]);
    }

    sealed class StateList : IStateSink
    {
        public List<NodeState> Told { get; } = [];

        public SortedDictionary<string, string> Last { get; } = new(StringComparer.Ordinal);

        public static string Line(NodeState state) =>
            $"{state.Node} {state.Status} {string.Join(", ", state.Values)}";

        public void Showed(long timeNs, NodeId node, NodeState state)
        {
            Told.Add(state);
            Last[state.Node] = Line(state);
        }
    }

    [Fact]
    public void Code_of_a_node_that_runs_between_two_steps_has_escaped()
    {
        INodeWorld? kept = null;
        var scenario = TestRun.Of(1, world => kept = world);
        using var session = new SimulatedWorld().Start(scenario, FaultPlan.None, new(1), RunControl.None);

        Assert.Throws<InvalidOperationException>(() => kept!.SetTimer(TestRun.Ms(1), () => { }));
        Assert.Throws<InvalidOperationException>(() => session.Advance(RunPoint.End));
    }

    static RunSession Start() => new SimulatedWorld().Start(Pings, Plan, new(7), RunControl.None);

    static void Tick(INodeWorld world, List<long> times) => world.SetTimer(TestRun.Ms(100), () =>
    {
        times.Add(100 * (times.Count + 1));
        Tick(world, times);
    });

    sealed class Counter(INodeWorld world) : INode, IShowsState
    {
        long _answered;

        public void Start()
        {
        }

        public void Receive(NodeId from, Message message)
        {
            _answered++;
            world.Send(from, new Pong(((Ping)message).Number));
        }

        public void ShowState(StateSheet sheet)
        {
            sheet.Add("idle", _answered == 0);
            sheet.Add("answered", _answered);
        }
    }
}
