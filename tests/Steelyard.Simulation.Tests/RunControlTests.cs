using Steelyard.Histories;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests;

public sealed class RunControlTests
{
    [Fact]
    public void A_run_stops_at_an_event_and_is_the_beginning_of_the_whole_run()
    {
        var whole = Run(RunControl.None);

        var part = Run(RunControl.None, RunPoint.AfterEvents(whole.Counters.Events / 2));

        Assert.True(part.IsPartial);
        Assert.Equal(whole.Counters.Events / 2, part.Counters.Events);
        Assert.InRange(part.History.Count, 300, 700);
        Assert.All(part.History.Operations.Where(operation => operation.IsSent), operation =>
            Assert.Equal(whole.History[operation.Index].IntendedNs, operation.IntendedNs));
    }

    [Fact]
    public void A_cancelled_run_keeps_what_happened_so_far()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Progress(time =>
        {
            if (time > TimeSpan.FromSeconds(3))
                cancellation.Cancel();
        });

        var run = Run(new() { Cancellation = cancellation.Token, Progress = progress });

        Assert.True(run.IsPartial);
        Assert.InRange(run.End, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9));
        Assert.NotEqual(0, run.History.Count);
    }

    [Fact]
    public void Watching_a_run_never_changes_it()
    {
        var alone = Run(RunControl.None);
        var times = new List<TimeSpan>();

        var watched = Run(new() { Trace = new Sink(), Progress = new Progress(times.Add) });

        Assert.Equal((alone.History.Hash, alone.ScheduleHash), (watched.History.Hash, watched.ScheduleHash));
        Assert.Equal((alone.Counters, alone.End), (watched.Counters, watched.End));
        Assert.True(times.Count > 3);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void A_trace_shows_each_message_once_with_its_fate()
    {
        var sink = new Sink();
        var run = Run(new() { Trace = sink });

        Assert.Equal(run.Counters.MessagesSent,
            sink.Fates.Where(it => it.Key != "duplicate").Sum(it => it.Value));
        Assert.Equal(["", "cut", "down", "duplicate", "lost"], sink.Fates.Keys);
        Assert.True(run.Counters.MessagesDelivered > 0.9 * sink.Fates[""]);
        Assert.True(run.Counters.BytesSent >= run.Counters.MessagesSent * Message.EnvelopeBytes);
    }

    [Fact]
    public void Nodes_speak_to_the_trace_only_while_somebody_reads_it()
    {
        var asked = new List<bool>();
        var scenario = TestRun.Of(1, world =>
        {
            asked.Add(world.IsTraced);
            world.Trace("born");
        });
        var sink = new Sink();

        new SimulatedWorld().Execute(scenario, FaultPlan.None, new(1), RunControl.None);
        new SimulatedWorld().Execute(scenario, FaultPlan.None, new(1), new() { Trace = sink });

        Assert.Equal([false, true], asked);
        Assert.Equal("born", Assert.Single(sink.Notes));
    }

    static WorldRun Run(RunControl control, RunPoint? until = null)
    {
        var faults = new Fault[]
        {
            new CrashFault { At = TestRun.Ms(3000), For = TestRun.Ms(2000), Nodes = ["n2"] },
            new LinkFault { At = TestRun.Ms(1000), For = TestRun.Ms(5000), Loss = 0.05, Duplication = 0.05 },
            new PartitionFault { At = TestRun.Ms(7000), For = TestRun.Ms(1000),
                Groups = [["n1"], ["n2", "n3"]] },
        };
        var gossip = TestRun.Of(3, Gossip);
        var scenario = gossip.Offered(load => load with { Clients = 5, RatePerSecond = 100 });
        return new SimulatedWorld().Execute(scenario, new(faults), new(3), control, until ?? RunPoint.End);
    }

    [Fact]
    public void A_world_refuses_a_deployment_that_it_does_not_run()
    {
        var scenario = TestRun.Of(1) with { Deployment = new Elsewhere() };

        var mistake = Assert.Throws<UserMistakeException>(() => scenario.Under());

        Assert.False(new SimulatedWorld().CanRun(scenario.Deployment));
        Assert.True(new SimulatedWorld().CanRun(TestRun.Of(1).Deployment));
        Assert.Equal(
            "test: expected a deployment that a world here runs, found real machines", mistake.Message);
    }

    sealed record Elsewhere : Deployment
    {
        public override string Kind => "real machines";
    }

    static void Gossip(INodeWorld world)
    {
        world.Send(world.Random.Choose(world.Peers), new Note(1));
        world.SetTimer(TestRun.Ms(20), () => Gossip(world));
    }

    sealed class Progress(Action<TimeSpan> report) : IProgress<TimeSpan>
    {
        public void Report(TimeSpan value) => report(value);
    }

    sealed class Sink : ITraceSink
    {
        public SortedDictionary<string, int> Fates { get; } = new(StringComparer.Ordinal);

        public List<string> Notes { get; } = [];

        public void Sent(long sentNs, long? arrivesNs, NodeId from, NodeId to, Message message, string? fate)
        {
            Assert.True(arrivesNs is null ? fate is "lost" or "cut" or "down" : arrivesNs > sentNs);
            Fates[fate ?? ""] = Fates.GetValueOrDefault(fate ?? "") + 1;
        }

        public void Noted(long timeNs, NodeId node, string text) => Notes.Add(text);
    }
}
