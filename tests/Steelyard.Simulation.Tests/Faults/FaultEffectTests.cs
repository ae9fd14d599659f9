using Steelyard.Histories;
using Steelyard.Simulation.Tests.Systems;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests.Faults;

/// <summary>
/// Each fault where it does something, and where nothing is there that it could do: n1 and n2 talk, read
/// their clocks and write to their disks all the time, n3 and n4 only stand there.
/// </summary>
public sealed class FaultEffectTests
{
    static readonly TimeSpan At = TestRun.Ms(1000);
    static readonly TimeSpan For = TestRun.Ms(500);

    public static TheoryData<string, Func<string[], Fault>> OnNodes { get; } = new()
    {
        { "pause", nodes => new PauseFault { At = At, For = For, Nodes = nodes } },
        { "slow", nodes => new SlowFault { At = At, For = For, Nodes = nodes, PerMessage = TestRun.Ms(1) } },
        { "jump", nodes => new ClockJumpFault { At = At, Nodes = nodes, By = TestRun.Ms(-5) } },
        {
            "drift", nodes => new ClockDriftFault { At = At, For = For, Nodes = nodes, PartsPerMillion = 99 }
        },
        { "full", nodes => OnDisk(nodes, DiskTrouble.Full) },
        { "slow disk", nodes => OnDisk(nodes, DiskTrouble.Slow) },
        { "corrupt", nodes => OnDisk(nodes, DiskTrouble.Corrupt) },
        { "misdirect", nodes => OnDisk(nodes, DiskTrouble.Misdirect) },
        {
            "partition",
            nodes => new PartitionFault { At = At, For = For, Groups = [[nodes[0]], [nodes[1]]] }
        },
        { "cut", nodes => new CutFault { At = At, For = For, From = [nodes[0]], To = [nodes[1]] } },
        { "loss", nodes => Bad(nodes) with { Loss = 1 } },
        { "duplication", nodes => Bad(nodes) with { Duplication = 1 } },
        { "reordering", nodes => Bad(nodes) with { Reordering = 1 } },
        { "slowdown", nodes => Bad(nodes) with { Slowdown = 2 } },
        { "delay", nodes => Bad(nodes) with { Delay = TestRun.Ms(1) } },
        { "jitter", nodes => Bad(nodes) with { Jitter = TestRun.Ms(1) } },
        { "bandwidth", nodes => Bad(nodes) with { BandwidthBytesPerSecond = 1_000 } },
    };

    [Theory]
    [MemberData(nameof(OnNodes), DisableDiscoveryEnumeration = true)]
    public void A_fault_has_an_effect_where_something_is_there_to_break(
        string what, Func<string[], Fault> fault)
    {
        var events = Events(fault(["n1", "n2"]));

        Assert.All(events, it => Assert.True(it.HadEffect, $"{what}: {it.Phase} {it.Description}"));
    }

    [Theory]
    [MemberData(nameof(OnNodes), DisableDiscoveryEnumeration = true)]
    public void A_fault_has_none_where_nothing_is_there(string what, Func<string[], Fault> fault)
    {
        var events = Events(fault(["n3", "n4"]));

        Assert.All(events, it => Assert.False(it.HadEffect, $"{what}: {it.Phase} {it.Description}"));
    }

    [Fact]
    public void A_crash_has_an_effect_on_a_node_that_is_up()
    {
        var outer = new CrashFault { At = At, For = For, Nodes = ["n3"] };
        var inner = outer with { At = At + TestRun.Ms(10), For = TestRun.Ms(10) };
        var longer = outer with { At = At + TestRun.Ms(20) };

        Assert.Equal([true, false, false, true], Events(outer, inner).Select(it => it.HadEffect!.Value));
        Assert.All(Events(outer, longer), it => Assert.True(it.HadEffect));
    }

    [Fact]
    public void A_lost_disk_is_an_effect_where_something_was_on_it()
    {
        var crash = new CrashFault { At = At, For = For, Nodes = ["n1"] };
        var inner = crash with { At = At + TestRun.Ms(1), For = TestRun.Ms(10), Loses = CrashLoss.Disk };

        Assert.True(Events(crash, inner)[1].HadEffect);
        Assert.False(Events(crash with { Nodes = ["n3"] }, inner with { Nodes = ["n3"] })[1].HadEffect);
    }

    [Fact]
    public void The_cut_links_stand_in_the_history()
    {
        var events = Events(
            new PartitionFault { At = At, For = For, Groups = [["n1"], ["n2", "n3"]] },
            new CutFault { At = At, For = For, From = ["n4"], To = ["n1"] },
            new PauseFault { At = At, For = For, Nodes = ["n1"] });

        Assert.Equal(["n1 > n2 n3", "n2 n3 > n1"], Shown(events[0]));
        Assert.Equal(["n4 > n1"], Shown(events[1]));
        Assert.Empty(events[2].Cuts);

        static IEnumerable<string> Shown(FaultEvent fault) => fault.Cuts.Select(cut =>
            $"{string.Join(' ', cut.From)} > {string.Join(' ', cut.To)}");
    }

    static LinkFault Bad(string[] nodes) => new() { At = At, For = For, From = [nodes[0]], To = [nodes[1]] };

    static DiskFault OnDisk(string[] nodes, DiskTrouble trouble) =>
        new() { At = At, For = For, Nodes = nodes, Trouble = trouble };

    static FaultEvent[] Events(params IReadOnlyList<Fault> faults)
    {
        var scenario = TestRun.Of(4, Start);
        return [.. scenario.Under(faults).History.Faults.Where(fault => fault.Fault >= 0)];
    }

    static void Start(INodeWorld world)
    {
        if (world.Name is "n1" or "n2")
            Work(world);
    }

    static void Work(INodeWorld world) => world.SetTimer(TestRun.Ms(10), () =>
    {
        world.Send(world.Nodes[world.Name == "n1" ? 1 : 0], new Note(world.Clock.GetUtcNow().Second));
        try
        {
            world.Disk.Append("work", [1, 2, 3]);
            world.Disk.Sync("work", () => { });
        }
        catch (DiskFullException)
        {
            // Nobody relies on it.
        }

        Work(world);
    });
}
