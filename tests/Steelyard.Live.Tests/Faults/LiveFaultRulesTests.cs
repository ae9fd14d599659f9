using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Live.Tests.Clocks;
using Steelyard.Live.Tests.Disks;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Faults;

public sealed class LiveFaultRulesTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("etcd", "Go programs ask the kernel for the time")]
    [InlineData("nats", "Go programs ask the kernel for the time")]
    [InlineData("redis", "its allocator asks for the time before libfaketime")]
    [InlineData("dns", "its allocator asks for the time before libfaketime")]
    [InlineData("zookeeper", "Java asks for the time so often")]
    [InlineData("memcached", "it goes by its monotonic clock")]
    public void An_engine_whose_clock_cannot_be_set_says_why(string engine, string why)
    {
        var jump = new ClockJumpFault { At = s_second, Nodes = ["n1"], By = s_second };
        var drift = new ClockDriftFault { At = s_second, Nodes = ["n1"], PartsPerMillion = 100 };

        Assert.Contains(why, Refusal(engine, jump), StringComparison.Ordinal);
        Assert.Contains(why, Refusal(engine, drift), StringComparison.Ordinal);
    }

    [Fact]
    public void What_keeps_nothing_on_a_disk_has_no_troubles_of_one() => Assert.Contains(
        "n1 keeps nothing on a disk",
        Refusal("memcached", new DiskFault { At = s_second, Nodes = ["n1"], Trouble = DiskTrouble.Full }),
        StringComparison.Ordinal);

    [Fact]
    public void A_crash_that_loses_the_whole_disk_is_refused() => Assert.Contains(
        "n1 keeps nothing on a disk that this could happen to",
        Refusal("redis", new CrashFault { At = s_second, Nodes = ["n1"], Loses = CrashLoss.Disk }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("nats", MembershipChangeKind.AddLearner, "JetStream knows nobody who learns")]
    [InlineData("rabbitmq", MembershipChangeKind.AddLearner, "nobody here who learns and does not vote")]
    [InlineData("galera", MembershipChangeKind.Transfer, "nobody leads Galera's servers")]
    [InlineData("redis", MembershipChangeKind.Remove, "--config cluster has servers that come and go")]
    [InlineData("postgres", MembershipChangeKind.Remove, "it has one node, and no cluster to change")]
    public void A_change_that_a_cluster_knows_nothing_of_is_refused(
        string engine, MembershipChangeKind change, string why) => Assert.Contains(
        why, Refusal(engine, new MembershipFault { At = s_second, Change = change, Nodes = ["n1"] }),
        StringComparison.Ordinal);

    [ClockFact]
    public void A_nemesis_lets_clocks_of_databases_jump_and_drift()
    {
        var faults = Drawn("postgres", FaultPalette.Clock);

        Assert.Contains(faults, fault => fault is ClockJumpFault);
        Assert.Contains(faults, fault => fault is ClockDriftFault);
    }

    [DiskFact]
    public void A_nemesis_draws_each_trouble_of_disks()
    {
        var faults = Drawn("postgres", FaultPalette.Disk);

        Assert.Contains(faults, fault => fault is DiskFault { Trouble: DiskTrouble.Full });
        Assert.Contains(faults, fault => fault is DiskFault { Trouble: DiskTrouble.Slow });
        Assert.Contains(faults, fault => fault is PowerCutFault);
        Assert.Contains(faults, fault => fault is SyncErrorFault);
    }

    [DiskFact]
    public void A_nemesis_cuts_no_power_where_it_is_documented_that_acknowledged_writes_are_lost_by_it() =>
        Assert.DoesNotContain(
            Drawn("postgres", FaultPalette.Disk, ("commits", "late")), fault => fault is PowerCutFault);

    [Fact]
    public void Only_plans_that_want_it_give_nodes_disks_and_clocks_of_their_own()
    {
        var setup = new Live.Engines.EngineSetup("single", 1, "one server");
        var kill = LiveFaultRules.SetupFor(new([new CrashFault { At = s_second, Nodes = ["n1"] }]), setup);
        var cut = LiveFaultRules.SetupFor(new([new PowerCutFault { At = s_second, Nodes = ["n1"] }]), setup);
        var jump = LiveFaultRules.SetupFor(
            new([new ClockJumpFault { At = s_second, Nodes = ["n1"], By = s_second }]), setup);

        Assert.Equal((false, false), (kill.HasOwnDisks, kill.HasOwnClocks));
        Assert.Equal((true, false), (cut.HasOwnDisks, cut.HasOwnClocks));
        Assert.Equal((false, true), (jump.HasOwnDisks, jump.HasOwnClocks));
    }

    static List<Fault> Drawn(
        string engine, FaultPalette palette, params (string Name, string Value)[] options) =>
    [
        .. Enumerable.Range(1, 30).SelectMany(
            seed => Nemesis.Plan(palette, ScenarioOf(engine, options), new Seed((ulong)seed)).Faults),
    ];

    static string Refusal(string engine, Fault fault) => Assert.Throws<UserMistakeException>(
        () => FaultPlanCheck.Check(new([fault]), ScenarioOf(engine))).Message;

    static Scenario ScenarioOf(string engine, params (string Name, string Value)[] options)
    {
        var design = LiveCatalogue.All.First(design => design.Name == $"live {engine}");
        return design.Build(new(
            design, new(),
            options.ToDictionary(option => option.Name, option => option.Value, StringComparer.Ordinal)));
    }
}
