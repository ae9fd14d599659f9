using Steelyard.Histories;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests.Faults;

public sealed class NodeFaultTests
{
    [Fact]
    public void A_pause_is_not_a_partition_what_came_meanwhile_is_handled_in_order_afterwards()
    {
        var pause = new PauseFault { At = TestRun.Ms(15), For = TestRun.Ms(30), Nodes = ["n2"] };

        var received = Received.Of(TestRun.Ms(10), 7, faults: pause);

        Assert.Equal(Enumerable.Range(1, 7), received.Numbers);
        Assert.Equal([1.0, 11.0, 45.0, 45.0, 45.0, 51.0, 61.0], received.Notes.Select(note => note.AtMs));
    }

    [Fact]
    public void Timers_of_a_paused_node_fire_when_it_goes_on()
    {
        var fired = Fired(new PauseFault { At = TestRun.Ms(15), For = TestRun.Ms(30), Nodes = ["n1"] });

        Assert.Equal([10.0, 45.0, 55.0], fired.Take(3));
    }

    [Fact]
    public void A_crash_loses_messages_and_kills_timers()
    {
        var births = 0;
        var fired = new List<int>();
        TestRun.Of(1, world =>
        {
            var life = ++births;
            world.SetTimer(TestRun.Ms(50), () => fired.Add(life));
        }).Under(new CrashFault { At = TestRun.Ms(20), For = TestRun.Ms(10), Nodes = ["n1"] });

        Assert.Equal(2, births);
        Assert.Equal([2], fired);
    }

    [Fact]
    public void A_crash_without_amnesia_keeps_memory_and_timers_but_not_messages()
    {
        var crash = new CrashFault
        {
            At = TestRun.Ms(15), For = TestRun.Ms(30), Nodes = ["n2"], Loses = CrashLoss.Nothing,
        };

        Assert.Equal([1, 2, 6, 7], Received.Of(TestRun.Ms(10), 7, faults: crash).Numbers);
        Assert.Equal([10.0, 45.0, 55.0], Fired(crash with { Nodes = ["n1"] }).Take(3));
    }

    [Fact]
    public void A_crash_kills_what_awaits()
    {
        var awoke = new List<string>();
        var births = 0;
        TestRun.Of(1, world =>
        {
            if (++births == 1)
                Background.Start(() => Wait(world, awoke));
        }).Under(new CrashFault { At = TestRun.Ms(20), For = TestRun.Ms(10), Nodes = ["n1"] });

        Assert.Empty(awoke);
    }

    [Fact]
    public void What_waits_in_a_pause_is_lost_in_a_crash()
    {
        var pause = new PauseFault { At = TestRun.Ms(15), For = TestRun.Ms(30), Nodes = ["n2"] };
        var crash = new CrashFault { At = TestRun.Ms(25), For = TestRun.Ms(5), Nodes = ["n2"] };

        // The third is held from 21 and lost at 25; the fourth, at 31, finds the node up and held still.
        Assert.Equal([1, 2, 4, 5, 6, 7], Received.Of(TestRun.Ms(10), 7, faults: [pause, crash]).Numbers);
    }

    [Fact]
    public void Overlapping_crashes_end_when_the_last_one_does()
    {
        var births = 0;
        TestRun.Of(1, _ => births++).Under(
            new CrashFault { At = TestRun.Ms(20), For = TestRun.Ms(100), Nodes = ["n1"] },
            new CrashFault { At = TestRun.Ms(50), For = TestRun.Ms(20), Nodes = ["n1"] });

        Assert.Equal(2, births);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_node_that_gives_up_stays_down_and_the_run_goes_on(bool afterAnAwait)
    {
        var births = 0;
        var scenario = TestRun.Pings(2, clients: 2).Deployed(
            nodes => nodes with { CreateNode = world => new TestNode(world, Start, receive: null) });

        var history = scenario.Under(
            new CrashFault { At = TestRun.Ms(3000), For = TestRun.Ms(1000), Nodes = ["n1"] }).History;

        Assert.Equal(2, births);
        Assert.Equal("n1 stopped itself: its log is gone", history.Faults[0].Description);
        Assert.All(
            history.Operations.Where(operation => operation.InvokedNs > 1_000_000_000
                && operation.Function == "ping"),
            operation => Assert.Equal(operation.Node == "n2", operation.Outcome == Outcome.Ok));

        void Start(INodeWorld world)
        {
            births++;
            if (world.Name == "n1" && afterAnAwait)
                Background.Start(() => GiveUp(world));
            else if (world.Name == "n1")
                world.SetTimer(TestRun.Ms(1000), () => throw new NodeStoppedException("its log is gone"));
        }

        static async ValueTask GiveUp(INodeWorld world)
        {
            await Task.Delay(TestRun.Ms(1000), world.Clock);
            throw new NodeStoppedException("its log is gone");
        }
    }

    [Fact]
    public void A_fault_aimed_at_the_leader_hits_whoever_leads_when_it_begins()
    {
        var scenario = TestRun.Of(3).Deployed(
            nodes => nodes with { CreateNode = world => new Leader(world) });

        var faults = scenario.Under(
            new CrashFault { At = TestRun.Ms(500), For = TestRun.Ms(100), Nodes = [Fault.Leader] },
            new PartitionFault
            {
                At = TestRun.Ms(1700), For = TestRun.Ms(100), Groups = [[Fault.Leader], ["n1", "n2", "n3"]],
            }).History.Faults;

        Assert.Equal(["n1"], faults[0].Nodes);
        Assert.Equal("n2 | n1 n3 cannot reach each other", faults[2].Description);
        Assert.Equal([["n2"], ["n1", "n3"]], faults[2].Cuts.Select(cut => cut.From));
        Assert.Equal([["n1", "n3"], ["n2"]], faults[2].Cuts.Select(cut => cut.To));
        Assert.Empty(faults[2].Uncut);
    }

    [Fact]
    public void Faults_are_recorded_with_their_begin_and_end()
    {
        var run = TestRun.Of(3).Under(
            new PauseFault { At = TestRun.Ms(100), For = TestRun.Ms(50), Nodes = ["n2"] },
            new ClockJumpFault { At = TestRun.Ms(120), Nodes = ["n1"], By = TestRun.Ms(5) },
            new CutFault { At = TestRun.Ms(130), From = ["n1"], To = ["n2"] });

        Assert.Equal(
            [
                "pause Start 0 100", "clock-jump Instant 1 120", "cut Start 2 130", "pause End 0 150",
                "cut End 2 10000",
            ],
            run.History.Faults.Select(it => $"{it.Kind} {it.Phase} {it.Fault} {it.TimeNs / 1_000_000}"));
    }

    /// <summary>When the timer of n1 that is set every 10 ms fired, ms.</summary>
    static List<double> Fired(Fault fault)
    {
        var fired = new List<double>();
        TestRun.Of(2, world =>
        {
            if (world.Name == "n1")
                Tick(world, world.Clock.GetTimestamp(), fired);
        }).Under(fault);
        return fired;
    }

    static void Tick(INodeWorld world, long start, List<double> fired) => world.SetTimer(TestRun.Ms(10), () =>
    {
        fired.Add(world.Clock.GetElapsedTime(start).TotalMilliseconds);
        Tick(world, start, fired);
    });

    static async ValueTask Wait(INodeWorld world, List<string> awoke)
    {
        await Task.WhenAny(world.Delay(TestRun.Ms(50)).AsTask(), Task.Delay(TestRun.Ms(60), world.Clock));
        awoke.Add("awoke");
    }

    /// <summary>n1 leads for a second, then n2.</summary>
    sealed class Leader(INodeWorld world) : INode, ILeaderRole
    {
        readonly long _start = world.Clock.GetTimestamp();

        public bool IsLeader => world.Clock.GetElapsedTime(_start) < TestRun.Ms(1000) == (world.Name == "n1")
            && world.Name != "n3";

        public void Start() => Assert.False(world.Name == "");

        public void Receive(NodeId from, Message message) => world.Send(from, new Pong(1));
    }
}
