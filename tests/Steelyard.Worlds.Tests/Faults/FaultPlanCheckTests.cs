using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Worlds.Tests.Faults;

public sealed class FaultPlanCheckTests
{
    public static TheoryData<Fault, string> Mistakes { get; } = new()
    {
        {
            new CrashFault { At = Ms(5000), Nodes = ["n9"] },
            "fault 1 (crash at 5s) should hit: expected one of n1, n2, n3 or leader, found \"n9\""
        },
        {
            new PauseFault { At = Ms(10_000), Nodes = ["n1"] },
            "fault 1 (pause at 10s) should begin: expected from 0s to before the end at 10s, found 10s"
        },
        {
            new PartitionFault { At = Ms(1000), Groups = [["n1", "n2"], ["n2", "n3"]] },
            "fault 1 (partition at 1s) should part: expected groups without a common node,"
                + " found n2 more than once"
        },
        {
            new PartitionFault { At = Ms(1000), Groups = [["n1", "n2"]] },
            "fault 1 (partition at 1s) should part: expected two groups or more, none empty, found n1 n2"
        },
        {
            new LinkFault { At = Ms(250), Loss = 1.5 },
            "fault 1 (link at 250ms) should have loss: expected a share from 0 to 1, found 1.5"
        },
        {
            new CrashFault { At = Ms(250), For = TimeSpan.Zero, Nodes = ["n1"] },
            "fault 1 (crash at 250ms) should last: expected more than 0s and at most a year, found 0s"
        },
        {
            new DrainFault { At = Ms(250), Nodes = ["n1"] },
            "fault 1 (drain at 250ms) cannot hit n1: n1 cannot be told to stop, it only runs or crashes"
        },
        {
            new SlowFault { At = Ms(250), PerMessage = Ms(1), Nodes = [] },
            "fault 1 (slow at 250ms) should hit: expected at least one node, found none"
        },
        {
            new SlowFault { At = Ms(250), PerMessage = TimeSpan.Zero, Nodes = ["n1"] },
            "fault 1 (slow at 250ms) should cost: expected more than 0s a message, found 0s"
        },
        {
            new LinkFault { At = Ms(250), From = ["n1"] },
            "fault 1 (link at 250ms) should make links worse: expected loss, duplication, reordering,"
                + " slowdown, delay, jitter or bandwidth, found none of them"
        },
        {
            new LinkFault { At = Ms(250), Slowdown = 1e300 },
            "fault 1 (link at 250ms) should slow links: expected a factor from 1 to 100000, found 1E+300"
        },
        {
            new ClockDriftFault { At = Ms(250), Nodes = ["n1"], PartsPerMillion = -500_000 },
            "fault 1 (clock-drift at 250ms) should drift: expected less than 500000 parts per million,"
                + " and not 0, found -500000"
        },
        {
            new ClockJumpFault { At = Ms(250), Nodes = ["n1"], By = TimeSpan.Zero },
            "fault 1 (clock-jump at 250ms) should jump: expected a time other than 0s, found 0s"
        },
        {
            new CrashFault { At = Ms(250), Nodes = ["n1"], Torn = true, Loses = CrashLoss.Disk },
            "fault 1 (crash at 250ms) should tear writes: expected loses: memory, found loses: disk, which"
                + " leaves nothing to tear"
        },
        {
            new PauseFault { At = Ms(250), For = TimeSpan.FromDays(5000), Nodes = ["n1"] },
            "fault 1 (pause at 250ms) should last: expected more than 0s and at most a year, found 120000h"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_fault_that_does_not_fit_is_named_with_what_was_expected(Fault fault, string line)
    {
        Assert.Equal(line, Refused(PlainScenario.Of(3), fault));
    }

    const string TooMuch = " comes to too much with others at the same time: expected as ";

    /// <summary>What meets at one moment, and adds up to more than there can be.</summary>
    public static TheoryData<string, Fault[]> Sums { get; } = new()
    {
        {
            "fault 3 (clock-drift at 5s)" + TooMuch + "drift of a"
                + " clock less than 500000 parts per million, found 1000000",
            [Drift(-400_000), Drift(-400_000), Drift(-200_000)]
        },
        {
            "fault 3 (clock-drift at 5s)" + TooMuch + "drift of a"
                + " clock less than 500000 parts per million, found 1200000",
            [Drift(-400_000), Drift(-400_000), Drift(-400_000)]
        },
        {
            "fault 2 (clock-drift at 5s)" + TooMuch + "drift of a"
                + " clock less than 500000 parts per million, found 500000",
            [Drift(300_000) with { Nodes = ["n2", "n3"] }, Drift(200_000) with { Nodes = [Fault.Leader] }]
        },
        {
            "fault 3 (clock-drift at 5s)" + TooMuch + "drift of a"
                + " clock less than 500000 parts per million, found 600000",
            [Drift(400_000) with { For = Ms(1000) }, Drift(-300_000), Drift(-300_000)]
        },
        {
            "fault 2 (clock-jump at 6s)" + TooMuch + "offset of a"
                + " wall clock at most 100 years, found 1051200h",
            [Jump(Ms(5000), TimeSpan.FromDays(60 * 365)), Jump(Ms(6000), TimeSpan.FromDays(-60 * 365))]
        },
        {
            "fault 2 (slow at 2s)" + TooMuch + "time a message"
                + " at most 1m a message, found 80s",
            [Slow(Ms(1000)), Slow(Ms(2000))]
        },
        {
            "fault 2 (link at 2s)" + TooMuch + "loss of a link"
                + " shares that come to at most 1, found 1.2",
            [Lossy(Ms(1000), ["n1"], []), Lossy(Ms(2000), [], ["n2", "n3"])]
        },
        {
            "fault 2 (link at 2s)" + TooMuch + "loss of a link"
                + " shares that come to at most 1, found 1.2",
            [Lossy(Ms(1000), ["n1"], ["n2"]), Lossy(Ms(2000), [Fault.Leader], ["n2"])]
        },
    };

    [Theory]
    [MemberData(nameof(Sums), DisableDiscoveryEnumeration = true)]
    public void What_adds_up_is_checked_as_a_sum(string line, Fault[] faults) =>
        Assert.Equal(line, Refused(PlainScenario.Of(3), faults));

    public static TheoryData<Fault[]> WithinSums { get; } = new()
    {
        new Fault[] { Drift(-400_000), Drift(-400_000) with { Nodes = ["n2"] } },
        new Fault[] { Drift(-400_000) with { For = Ms(1000) }, Drift(-400_000) with { At = Ms(6000) } },
        new Fault[] { Drift(-400_000), Drift(400_000), Drift(300_000) },
        new Fault[] { Lossy(Ms(1000), ["n1"], []), Lossy(Ms(2000), ["n2"], []) },
        new Fault[] { Lossy(Ms(1000), ["n1"], ["n2"]), Lossy(Ms(2000), ["n1"], ["n3"]) },
    };

    [Theory]
    [MemberData(nameof(WithinSums), DisableDiscoveryEnumeration = true)]
    public void What_does_not_meet_does_not_add_up(Fault[] faults) =>
        FaultPlanCheck.Check(new(faults), PlainScenario.Of(3));

    /// <summary>A fault, what a node must be able to do for it, and how it is refused.</summary>
    public static TheoryData<Fault, NodeAbilities, string> Abilities { get; } = new()
    {
        { Disk(DiskTrouble.Full), NodeAbilities.DiskFull, "disk at 1s" },
        { Disk(DiskTrouble.Slow), NodeAbilities.DiskSlow, "disk at 1s" },
        { Disk(DiskTrouble.Corrupt), NodeAbilities.DiskCorrupt, "disk at 1s" },
        { Disk(DiskTrouble.Misdirect), NodeAbilities.DiskMisdirect, "disk at 1s" },
        { Crash(CrashLoss.Disk, torn: false), NodeAbilities.DiskLost, "crash at 1s" },
        { Crash(CrashLoss.Memory, torn: true), NodeAbilities.DiskTorn, "crash at 1s" },
        { new DrainFault { At = Ms(1000), Nodes = ["n2", "n1"] }, NodeAbilities.Drain, "drain at 1s" },
    };

    [Theory]
    [MemberData(nameof(Abilities), DisableDiscoveryEnumeration = true)]
    public void What_a_node_cannot_do_is_refused_and_all_else_is_not(
        Fault fault, NodeAbilities needed, string named)
    {
        var all = NodeAbilities.Disk | NodeAbilities.Drain;
        FaultPlanCheck.Check(new([fault]), PlainScenario.Of(3, needed));
        FaultPlanCheck.Check(new([fault]), PlainScenario.Of(all, all, all & ~needed));

        var line = Refused(PlainScenario.Of(3, all & ~needed), fault);

        Assert.StartsWith($"fault 1 ({named}) cannot hit n1: n1 ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leader_may_be_any_node_also_one_that_cannot()
    {
        var mixed = PlainScenario.Of(NodeAbilities.Disk, NodeAbilities.None);

        Assert.Equal(
            "fault 1 (disk at 1s) cannot hit leader, which may be n2: n2 keeps nothing on a disk that this"
            + " could happen to",
            Refused(mixed, Disk(DiskTrouble.Full) with { Nodes = [Fault.Leader] }));
    }

    static ClockDriftFault Drift(int ppm) =>
        new() { At = Ms(5000), For = Ms(4000), Nodes = ["n1"], PartsPerMillion = ppm };

    static ClockJumpFault Jump(TimeSpan at, TimeSpan by) => new() { At = at, Nodes = ["n1"], By = by };

    static SlowFault Slow(TimeSpan at) => new() { At = at, Nodes = ["n1"], PerMessage = Ms(40_000) };

    static LinkFault Lossy(TimeSpan at, string[] from, string[] to) =>
        new() { At = at, From = from, To = to, Loss = 0.6 };

    static DiskFault Disk(DiskTrouble trouble) =>
        new() { At = Ms(1000), Nodes = ["n2", "n1"], Trouble = trouble };

    static CrashFault Crash(CrashLoss loses, bool torn) =>
        new() { At = Ms(1000), Nodes = ["n2", "n1"], Loses = loses, Torn = torn };

    static string Refused(Scenario scenario, params Fault[] faults) =>
        Assert.Throws<UserMistakeException>(() => FaultPlanCheck.Check(new(faults), scenario)).Message;

    static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}

