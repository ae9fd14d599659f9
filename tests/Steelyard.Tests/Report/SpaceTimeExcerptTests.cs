using Steelyard.Histories;
using Steelyard.Report;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Report;

public sealed class SpaceTimeExcerptTests
{
    [Fact]
    public void An_anomaly_is_shown_with_its_witness_and_the_messages_around_it()
    {
        var run = Samples.Run();

        var excerpt = Assert.Single(Excerpts(run, Samples.TraceOf(run)));

        var witness = Assert.Single(excerpt.Operations, o => o.Witness);
        Assert.Equal(
            run.World.History[run.Verdicts[1].Anomalies[0].Witness[0]].RecordedIndex, witness.Index);
        Assert.Contains(excerpt.Messages, m => m is { Fate: "cut", Arrives: null });
        Assert.Contains(excerpt.Messages, m => m.Fate is null && m.Arrives > m.Sent);
        Assert.Contains("Ask {Write = ", excerpt.Messages[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_goes_from_the_lane_of_its_sender_to_the_lane_of_its_receiver()
    {
        var excerpt = Assert.Single(Excerpts(Samples.Run()));
        var witness = excerpt.Operations.Single(o => o.Witness);

        var request = excerpt.Messages.First(m => m.From == witness.Lane && m.Sent >= witness.From);

        Assert.Equal("client 2", excerpt.Lanes[request.From].Name);
        Assert.Equal("n3", excerpt.Lanes[request.To].Name);
        Assert.Equal("west", excerpt.Lanes[request.To].Group);
    }

    [Fact]
    public void A_run_that_kept_its_promises_shows_the_moment_its_first_fault_begins()
    {
        var excerpt = Assert.Single(Excerpts(Samples.Run(broken: false)));

        Assert.StartsWith("As the fault begins", excerpt.Title, StringComparison.Ordinal);
        Assert.True(excerpt.Windows[0].From < 4 && excerpt.Windows[0].To > 4);
        Assert.NotEmpty(excerpt.Messages);
    }

    [Fact]
    public void A_run_is_executed_once_and_its_page_shows_the_messages_of_that_execution()
    {
        using var place = new TemporaryFolder();
        var request = RunRequest.Of(
            new TinyRegister(), TinyRegister.With(("forgetful", "true")), FaultChoice.Story, new(5));
        var world = new CountingWorld();
        var trace = new RunTrace();
        var folder = RunFolder.Make(place.File("run"), request);

        var run = Run.Execute(request, world, new() { Trace = trace, States = trace });
        folder.Write(run, trace);

        Assert.Equal(1, world.Starts);
        var message = Assert.Single(Excerpts(run, trace)).Messages[0];
        Assert.Contains(
            $"\"label\":\"{message.Label}\"", File.ReadAllText(folder.Report), StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_of_a_node_is_shown_as_the_excerpt_begins_and_whenever_it_changes()
    {
        var excerpt = Assert.Single(Excerpts(Samples.Run()));

        var lane = Assert.Single(excerpt.States.Select(state => state.Lane).Distinct());
        Assert.Equal("n1", excerpt.Lanes[lane].Name);
        Assert.Equal(excerpt.Windows[0].From, excerpt.States[0].At);
        Assert.True(excerpt.States.Count > 2);
        Assert.All(
            excerpt.States, state => Assert.StartsWith("value ", state.Text, StringComparison.Ordinal));
        var times = excerpt.States.Select(state => state.At).ToList();
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void A_node_that_goes_down_and_comes_back_is_seen_to()
    {
        var state = new NodeState("n1", NodeStatus.Up, [new("leader", Value.Of(true)), new("term", 3)]);
        var follows = state with { Values = [new("leader", Value.Of(false)), new("term", 3)] };
        var down = new NodeState("n1", NodeStatus.Down, []);

        Assert.Equal("leader, term 3", StateWords.Of(state));
        Assert.Equal("term 3", StateWords.Of(follows));
        Assert.Equal("not leader", StateWords.Changed(state, follows));
        Assert.Equal("down", StateWords.Changed(state, down));
        Assert.Equal("up, term 3", StateWords.Changed(down, follows));
        Assert.Equal("held still", StateWords.Changed(state, state with { Status = NodeStatus.Paused }));
        Assert.Equal("up", StateWords.Changed(state with { Status = NodeStatus.Paused }, state));
    }

    [Fact]
    public void Messages_that_were_forgotten_are_said_to_be_missing()
    {
        var run = Samples.Run();

        var excerpt = Assert.Single(Excerpts(run, Samples.TraceOf(run, mostBytes: 100_000)));

        Assert.Empty(excerpt.Messages);
        Assert.Empty(excerpt.States);
        Assert.Contains("--messages", excerpt.Note, StringComparison.Ordinal);
        Assert.NotEmpty(excerpt.Operations);
    }

    [Fact]
    public void Looking_at_a_run_does_not_change_it()
    {
        var run = Samples.Run();
        var trace = new RunTrace();

        var again = new SimulatedWorld().Execute(
            run.Scenario, run.Faults, run.Seed, new() { Trace = trace, States = trace });

        Assert.Equal(run.World.History.Hash, again.History.Hash);
        Assert.Equal(run.World.ScheduleHash, again.ScheduleHash);
        Assert.Equal(
            again.Counters.MessagesSent, trace.Messages.Count(message => message.Fate != "duplicate"));
    }

    [Fact]
    public void What_is_left_out_is_counted()
    {
        var builder = new HistoryBuilder();
        for (var i = 0; i < 2_000; i++)
        {
            var operation = builder.Invoke(i % 40, Functions.Write, Value.Nil, i, 1_000_000 + (i * 10_000L));
            builder.Complete(operation, Outcome.Ok, Value.Nil, 1_000_000 + (i * 10_000L) + 5_000);
        }

        var history = builder.Build();
        var anomaly = new Anomaly("lost", "1,000 is lost", [1_000]);
        var scenes = ExcerptScene.Of(history, [Verdict.Broken("acknowledged-kept", anomaly)]);

        var excerpt = Assert.Single(SpaceTimeExcerpt.OfHistory(history, scenes));

        Assert.InRange(excerpt.Operations.Count, 50, 140);
        Assert.InRange(excerpt.Lanes.Count, 2, 12);
        Assert.Contains($"{excerpt.Operations.Count} of 2,000 operations", excerpt.Note,
            StringComparison.Ordinal);
        Assert.Contains(excerpt.Operations, o => o is { Index: 2_000, Witness: true });
    }

    [Fact]
    public void A_witness_far_apart_in_time_is_drawn_in_windows_of_its_own()
    {
        var history = TimedHistory((0, 1_000), (1, 30_000));
        var anomaly = new Anomaly("stale", "it is", [0, 1]);

        var scene = Assert.Single(ExcerptScene.Of(history, [Verdict.Broken("linearizable", anomaly)]));

        Assert.Equal(2, scene.Windows.Count);
        Assert.True(scene.Windows[0].ToNs < scene.Windows[1].FromNs);
    }

    [Fact]
    public void A_message_is_told_by_its_name_and_what_it_carries()
    {
        var message = new Carry([1, 2, 3, 4, 5, 6], new(4, 2), null, Value.List(1, "x"));

        Assert.Equal(
            "Carry {Numbers = [1, 2, 3, 4, … 2 more], Whom = #4/2, Next = none, Payload = [1, x]}",
            MessageText.Of(message));
        Assert.Equal("Ping", MessageText.Of(new Ping()));
        Assert.Equal("Packed {Length = 3}", MessageText.Of(new Packed()));
    }

    static IReadOnlyList<ExcerptData> Excerpts(RunResult run, RunTrace? trace = null) =>
        SpaceTimeExcerpt.OfRun(
            run, ExcerptScene.Of(run.World.History, run.Verdicts), trace ?? Samples.TraceOf(run));

    static History TimedHistory(params ReadOnlySpan<(int Process, long Ms)> operations)
    {
        var builder = new HistoryBuilder();
        foreach (var (process, ms) in operations)
            builder.Complete(
                builder.Invoke(process, Functions.Read, Value.Nil, Value.Nil, ms * 1_000_000), Outcome.Ok, 1,
                (ms + 5) * 1_000_000);
        return builder.Build();
    }

    sealed record Ping : Message;

    sealed record Carry(IReadOnlyList<int> Numbers, NodeId Whom, Ping? Next, Value Payload) : Message;

    sealed record Packed : Message
    {
        readonly byte[] _bytes = new byte[3];

        public int Length => _bytes.Length;

        public ReadOnlySpan<byte> Bytes => _bytes;
    }

    sealed class CountingWorld : IWorld
    {
        public int Starts { get; private set; }

        public bool CanRun(Deployment deployment) => deployment is SimulatedDeployment;

        public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
        {
            Starts++;
            return new SimulatedWorld().Start(scenario, plan, seed, control);
        }
    }
}
