using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests.Networks;

public sealed class NetworkTests
{
    static readonly UniformLatency Uneven = new(TestRun.Ms(1), TestRun.Ms(20));

    [Fact]
    public void A_message_takes_the_latency_of_its_link()
    {
        var received = Received.Of(TestRun.Ms(5), 1);

        Assert.Equal((1, 1.0), Assert.Single(received.Notes));
    }

    [Fact]
    public void Between_sites_the_latency_is_that_between_sites()
    {
        var received = Received.Of(TestRun.Ms(5), 1, With(topology => topology with
        {
            Nodes = [new("n1", "here"), new("n2", "there")],
            BetweenSites = new ConstantLatency(TestRun.Ms(40)),
        }));

        Assert.Equal((1, 40.0), Assert.Single(received.Notes));
    }

    [Fact]
    public void A_link_keeps_order_however_uneven_its_latency()
    {
        var received = Received.Of(TestRun.Ms(1), 500,
            With(topology => topology with { WithinSite = Uneven }));

        Assert.Equal(Enumerable.Range(1, 500), received.Numbers);
    }

    [Fact]
    public void Reordering_lets_some_overtake_and_loses_none()
    {
        var received = Received.Of(
            TestRun.Ms(1), 500, With(topology => topology with { WithinSite = Uneven, Reordering = 0.1 }));

        Assert.NotEqual(Enumerable.Range(1, 500), received.Numbers);
        Assert.Equal(Enumerable.Range(1, 500), received.Numbers.Order());
        Assert.InRange(Late(received.Numbers), 10, 100);
    }

    [Fact]
    public void A_share_is_lost_and_the_rest_arrives()
    {
        var received = Received.Of(TestRun.Ms(1), 2000, With(topology => topology with { Loss = 0.2 }));

        Assert.InRange(received.Notes.Count, 1500, 1700);
    }

    [Fact]
    public void A_share_arrives_twice()
    {
        var received = Received.Of(TestRun.Ms(1), 1000,
            With(topology => topology with { Duplication = 0.1 }));

        Assert.InRange(received.Notes.Count, 1060, 1140);
        Assert.Equal(1000, received.Numbers.Distinct().Count());
    }

    [Fact]
    public void Messages_queue_for_the_bandwidth_of_their_link()
    {
        // 1,078 bytes each at 107,800 bytes a second is 10 ms each; all four are sent at once.
        var received = Received.Of(
            TimeSpan.Zero, 4, With(topology => topology with { BandwidthBytesPerSecond = 107_800 }));

        Assert.Equal([11.0, 21.0, 31.0, 41.0], received.Notes.Select(note => note.AtMs));
    }

    [Fact]
    public void Messages_queue_for_the_processor_of_their_node()
    {
        var received = Received.Of(
            TimeSpan.Zero, 3, With(topology => topology with { ProcessingTime = TestRun.Ms(5) }));

        Assert.Equal([6.0, 11.0, 16.0], received.Notes.Select(note => note.AtMs));
    }

    [Fact]
    public void A_slow_node_handles_its_messages_later()
    {
        var slow = new SlowFault
        {
            At = TimeSpan.Zero, For = TestRun.Ms(100), Nodes = ["n2"], PerMessage = TestRun.Ms(3),
        };

        Assert.Equal([4.0, 7.0], Received.Of(TimeSpan.Zero, 2, faults: slow).Notes.Select(note => note.AtMs));
    }

    [Fact]
    public void A_node_is_slow_no_longer_than_its_fault_lasts_however_much_waits()
    {
        // At 9 ms the third has cost 2 of its 3 ms; it and all that wait cost nothing more.
        Assert.Equal([4.0, 7.0, 9.0, 9.0, 9.0], Queued(5, TimeSpan.Zero, Slow(0, 9, 3)));
    }

    [Fact]
    public void What_waits_when_a_slow_fault_ends_costs_what_messages_cost_otherwise()
    {
        Assert.Equal([5.0, 7.0, 8.0, 9.0], Queued(4, TestRun.Ms(1), Slow(0, 7, 3)));
    }

    [Fact]
    public void A_message_that_is_worked_at_keeps_its_cost_when_the_node_becomes_slow()
    {
        Assert.Equal([6.0, 14.0, 22.0], Queued(3, TestRun.Ms(5), Slow(2, 100, 3)));
    }

    [Fact]
    public void Of_two_slow_faults_the_one_that_lasts_goes_on_alone()
    {
        // Until 10 ms each costs 7 ms, then 4: the second began at 8.
        Assert.Equal([8.0, 12.0, 16.0], Queued(3, TimeSpan.Zero, Slow(0, 10, 3), Slow(0, 100, 4)));
    }

    [Fact]
    public void A_crash_takes_what_waits_for_the_processor_whatever_it_spares()
    {
        var crash = new CrashFault
        {
            At = TestRun.Ms(8), For = TestRun.Ms(1), Nodes = ["n2"], Loses = CrashLoss.Nothing,
        };

        Assert.Equal([6.0], Queued(3, TestRun.Ms(5), crash));
    }

    [Fact]
    public void A_cut_loses_what_is_sent_and_what_is_under_way_until_it_ends()
    {
        // One note each 10 ms from 0; each takes 1 ms. The cut at 20.5 catches the third, sent at 20.
        var cut = new CutFault { At = TestRun.Ms(20.5), For = TestRun.Ms(30), From = ["n1"], To = ["n2"] };

        Assert.Equal([1, 2, 7, 8], Received.Of(TestRun.Ms(10), 8, faults: cut).Numbers);
    }

    [Fact]
    public void A_message_that_was_sent_before_a_cut_began_and_ended_is_lost_all_the_same()
    {
        var cut = new CutFault { At = TestRun.Ms(20.3), For = TestRun.Ms(0.4), From = ["n1"], To = ["n2"] };

        Assert.Equal([1, 2, 4], Received.Of(TestRun.Ms(10), 4, faults: cut).Numbers);
    }

    [Fact]
    public void A_cut_is_one_way()
    {
        var backwards = new CutFault { At = TestRun.Ms(5), From = ["n2"], To = ["n1"] };

        Assert.Equal(8, Received.Of(TestRun.Ms(10), 8, faults: backwards).Notes.Count);
    }

    [Fact]
    public void Two_cuts_of_a_link_end_when_the_last_one_does()
    {
        var longer = new CutFault { At = TestRun.Ms(5), For = TestRun.Ms(50), From = ["n1"], To = ["n2"] };
        var shorter = new PartitionFault { At = TestRun.Ms(15), For = TestRun.Ms(10),
            Groups = [["n1"], ["n2"]] };

        Assert.Equal([1, 7, 8], Received.Of(TestRun.Ms(10), 8, faults: [longer, shorter]).Numbers);
    }

    [Fact]
    public void A_bad_link_is_bad_only_while_the_fault_lasts()
    {
        var slower = new LinkFault { At = TestRun.Ms(5), For = TestRun.Ms(10), From = ["n1"], Slowdown = 4 };

        Assert.Equal(
            [1.0, 14.0, 21.0], Received.Of(TestRun.Ms(10), 3,
                faults: slower).Notes.Select(note => note.AtMs));
    }

    [Fact]
    public void Where_links_are_slow_twice_the_slower_counts()
    {
        var slower = new LinkFault { At = TestRun.Ms(5), For = TestRun.Ms(10), From = ["n1"], Slowdown = 4 };
        var slow = new LinkFault { At = TestRun.Ms(5), For = TestRun.Ms(10), To = ["n2"], Slowdown = 3 };

        Assert.Equal(
            [1.0, 14.0, 21.0], Received.Of(TestRun.Ms(10), 3,
                faults: [slow, slower]).Notes.Select(note => note.AtMs));
    }

    [Fact]
    public void Jitter_makes_each_message_late_by_its_own_time_and_keeps_their_order()
    {
        var jitter = new LinkFault { At = TimeSpan.Zero, From = ["n1"], Jitter = TestRun.Ms(20) };

        var received = Received.Of(TestRun.Ms(30), 200, faults: jitter);

        var late = received.Notes.Select((note, place) => note.AtMs - (30 * place) - 1).ToArray();
        Assert.Equal(Enumerable.Range(1, 200), received.Numbers);
        Assert.All(late, ms => Assert.InRange(ms, 0, 20));
        Assert.InRange(late.Average(), 8, 12);
    }

    [Fact]
    public void A_narrow_link_lets_messages_queue_and_of_two_the_narrower_counts()
    {
        // 1,078 bytes each at 107,800 bytes a second is 10 ms each; one is sent before, three while it lasts.
        var narrow = new LinkFault
        {
            At = TestRun.Ms(0.5), From = ["n1"], BandwidthBytesPerSecond = 107_800,
        };
        var wide = narrow with { To = ["n2"], BandwidthBytesPerSecond = 1_078_000 };

        var received = Received.Of(TestRun.Ms(1), 4, faults: [narrow, wide]);

        Assert.Equal([1.0, 12.0, 22.0, 32.0], received.Notes.Select(note => note.AtMs));
    }

    [Fact]
    public void Ten_thousand_nodes_run_in_one_world()
    {
        var received = 0;
        var scenario = TestRun.Of(
            10_000,
            world => world.Send(world.Peers[world.Random.Next(world.Peers.Count)], new Note(1)),
            (_, _, message) => received += message is Note ? 1 : 0);

        scenario.Under(new PartitionFault { At = TestRun.Ms(5), Groups = [["n1"], ["n10000"]] });

        Assert.Equal(10_000, received);
    }

    // All are sent at once and arrive at 1 ms; what is told is when each was handled.
    static IEnumerable<double> Queued(int count, TimeSpan processing, params IReadOnlyList<Fault> faults) =>
        Received.Of(
            TimeSpan.Zero, count, With(topology => topology with { ProcessingTime = processing }), faults)
            .Notes.Select(note => note.AtMs);

    static SlowFault Slow(double atMs, double forMs, double perMessageMs) => new()
    {
        At = TestRun.Ms(atMs), For = TestRun.Ms(forMs), Nodes = ["n2"],
        PerMessage = TestRun.Ms(perMessageMs),
    };

    static Func<Scenario, Scenario> With(Func<Topology, Topology> change) =>
        scenario => scenario with { Cluster = change(scenario.Cluster) };

    static int Late(IEnumerable<int> numbers)
    {
        var highest = 0;
        var late = 0;
        foreach (var number in numbers)
        {
            late += number < highest ? 1 : 0;
            highest = Math.Max(highest, number);
        }

        return late;
    }
}
