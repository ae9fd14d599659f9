using FsCheck;
using FsCheck.Fluent;
using Steelyard.Histories;

namespace Steelyard.Worlds.Tests.Faults;

public sealed class NemesisTests
{
    static readonly Gen<FaultTolerance> Tolerances =
        from down in Gen.Choose(0, 3)
        from corrupted in Gen.Choose(0, 2)
        from flags in Gen.Choose(0, 31)
        from skew in Gen.Elements<TimeSpan?>(null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50),
            TimeSpan.FromSeconds(2))
        from drift in Gen.Elements<int?>(null, 0, 200, 5000)
        select new FaultTolerance
        {
            NodesDown = down,
            NodesCorrupted = corrupted,
            Amnesia = (flags & 1) != 0,
            Network = (flags & 2) != 0,
            Pauses = (flags & 4) != 0,
            TornWrites = (flags & 8) != 0,
            DiskPressure = (flags & 16) != 0,
            ClockSkew = skew,
            ClockDriftPpm = drift,
        };

    static readonly Gen<(Scenario Scenario, Seed Seed)> Cases =
        from tolerance in Tolerances
        from nodes in Gen.Choose(1, 7)
        from others in Gen.Choose(0, 3)
        from seconds in Gen.Choose(1, 120)
        from seed in Gen.Choose(0, int.MaxValue)
        select (Scenario(tolerance, nodes, others, seconds), new Seed((ulong)seed));

    [Fact]
    public void A_plan_of_all_never_exceeds_the_tolerance() => Always(FaultPalette.All, (scenario, plan) =>
    {
        var load = new PlannedLoad(plan, scenario.Cluster.InitialSkew);
        var tolerance = scenario.Promises.Tolerance;
        var names = scenario.Cluster.Nodes.Select(node => node.Name).ToArray();
        return load.MostNodesDown() <= tolerance.NodesDown
            && load.NodesSpoilt() <= tolerance.NodesCorrupted
            && (tolerance.ClockSkew is null || !MovesClocks(plan)
                || load.FarthestClocks(names) <= tolerance.ClockSkew)
            && (tolerance.ClockDriftPpm is null || load.FastestDrift(names) <= tolerance.ClockDriftPpm);
    });

    [Fact]
    public void A_plan_of_all_has_no_fault_of_a_kind_that_is_not_tolerated() =>
        Always(FaultPalette.All,
            (scenario, plan) => plan.Faults.All(fault => IsTolerated(fault, scenario.Promises.Tolerance)));

    [Theory]
    [InlineData(FaultPalette.All)]
    [InlineData(FaultPalette.Beyond)]
    [InlineData(FaultPalette.Partition)]
    [InlineData(FaultPalette.Disk)]
    public void Every_fault_is_over_before_operations_stop_to_arrive(FaultPalette palette) =>
        Always(palette, (scenario, plan) => plan.Faults.All(fault =>
            fault.At >= TimeSpan.Zero && fault.At < scenario.Load.Duration
            && (!fault.HasExtent || fault.At + fault.For!.Value < scenario.Load.Duration)));

    [Fact]
    public void A_plan_is_in_order_of_time() => Always(FaultPalette.All, (_, plan) =>
        plan.Faults.Zip(plan.Faults.Skip(1)).All(pair => pair.First.At <= pair.Second.At));

    [Fact]
    public void Beyond_wipes_the_disks_of_a_majority() => Always(FaultPalette.Beyond, (scenario, plan) =>
        plan.Faults.OfType<CrashFault>().Any(crash =>
            crash.Loses == CrashLoss.Disk && crash.Nodes.Count > scenario.Cluster.Nodes.Count / 2));

    [Fact]
    public void A_seed_gives_one_plan_and_another_seed_another()
    {
        var scenario = Scenario(new() { NodesDown = 2, Amnesia = true }, 5, 0, 60);

        var first = Nemesis.Plan(FaultPalette.All, scenario, new(3));
        var again = Nemesis.Plan(FaultPalette.All, scenario, new(3));
        var other = Nemesis.Plan(FaultPalette.All, scenario, new(4));

        Assert.Equivalent(first, again, strict: true);
        Assert.NotEqual(first.Faults.Select(fault => fault.At), other.Faults.Select(fault => fault.At));
    }

    [Theory]
    [InlineData(FaultPalette.Partition, "partition cut")]
    [InlineData(FaultPalette.Crash, "crash")]
    [InlineData(FaultPalette.Pause, "pause slow")]
    [InlineData(FaultPalette.Clock, "clock-jump clock-drift")]
    [InlineData(FaultPalette.Disk, "disk crash")]
    [InlineData(FaultPalette.Network, "link")]
    [InlineData(FaultPalette.Drain, "drain")]
    public void A_palette_of_one_kind_has_that_kind_even_where_nothing_is_tolerated(FaultPalette palette,
        string kinds)
    {
        var nothing = new FaultTolerance
        {
            Network = false, Pauses = false, ClockSkew = TimeSpan.Zero, ClockDriftPpm = 0,
        };

        var plan = Nemesis.Plan(palette, Scenario(nothing, 3, 0, 30), new(1));

        Assert.NotEmpty(plan.Faults);
        Assert.All(plan.Faults, fault => Assert.Contains(fault.Kind, kinds.Split(' ')));
    }

    [Fact]
    public void A_palette_of_two_kinds_has_both_and_no_other()
    {
        var scenario = Scenario(new() { NodesDown = 1 }, 3, 0, 60);

        var kinds = Enumerable.Range(1, 10)
            .SelectMany(seed => Nemesis.Plan(
                FaultPalette.Partition | FaultPalette.Crash, scenario, new((ulong)seed)).Faults)
            .Select(fault => fault.Kind).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["crash", "cut", "partition"], kinds);
    }

    [Theory]
    [InlineData("partition,crash", FaultPalette.Partition | FaultPalette.Crash)]
    [InlineData("all", FaultPalette.All)]
    public void Kinds_are_named_with_a_comma_between_them(string name, FaultPalette palette)
    {
        Assert.True(FaultPalettes.TryParse(name, out var parsed));
        Assert.Equal(palette, parsed);
        Assert.Equal(name, FaultPalettes.NameOf(parsed));
    }

    [Theory]
    [InlineData("partition,all")]
    [InlineData("partition,")]
    [InlineData("none,crash")]
    public void Words_for_more_than_one_kind_stand_alone(string name) =>
        Assert.False(FaultPalettes.TryParse(name, out _));

    [Fact]
    public void Every_shape_of_cut_is_planned_sooner_or_later()
    {
        var scenario = Scenario(new(), 3, 2, 60);

        var faults = Enumerable.Range(0, 40)
            .SelectMany(seed => Nemesis.Plan(FaultPalette.Partition, scenario,
                new((ulong)seed)).Faults).ToList();

        var partitions = faults.OfType<PartitionFault>().ToList();
        Assert.Contains(partitions, cut => cut.Groups[0][0] == Fault.Leader);
        Assert.Contains(partitions, cut => cut.Groups.Sum(group => group.Count) == 4);
        Assert.Contains(partitions, cut => cut.Groups.Any(group => group.Count == 1));
        Assert.Contains(partitions, cut => cut.Groups.Any(group => group.SequenceEqual(["n4", "n5"])));
        Assert.Contains(faults.OfType<CutFault>(), cut => cut.From.Count > 1);
        Assert.Contains(
            faults.OfType<CutFault>().GroupBy(cut => cut.At), ring =>
                ring.Count() == 5 && ring.All(cut => cut.To.Count == 2));
    }

    [Fact]
    public void A_process_that_dies_again_and_again_is_planned_sooner_or_later()
    {
        var scenario = Scenario(new() { NodesDown = 1, Amnesia = true }, 3, 0, 15);

        var plans = Plans(FaultPalette.Crash, scenario);

        Assert.Contains(plans, plan => plan.Faults.OfType<CrashFault>().GroupBy(crash => crash.Nodes[0])
            .Any(node => Gaps([.. node]).Count(gap => gap <= TimeSpan.FromSeconds(1)) >= 3));
    }

    [Fact]
    public void A_node_restarts_while_the_others_reach_each_other_only_through_it()
    {
        var scenario = Scenario(new() { NodesDown = 1, Amnesia = true }, 3, 0, 15);

        var plans = Plans(FaultPalette.All, scenario);

        Assert.Contains(plans, plan => plan.Faults.OfType<PartitionFault>().Any(cut =>
            plan.Faults.OfType<CrashFault>().Count(crash => crash.At >= cut.At
                && crash.At + crash.For <= cut.At + cut.For
                && !cut.Groups.SelectMany(group => group).Contains(crash.Nodes[0])) >= 3));
    }

    static FaultPlan[] Plans(FaultPalette palette, Scenario scenario) =>
        [.. Enumerable.Range(0, 100).Select(seed => Nemesis.Plan(palette, scenario, new((ulong)seed)))];

    static IEnumerable<TimeSpan> Gaps(CrashFault[] crashes) =>
        crashes.Zip(crashes.Skip(1), (first, next) => next.At - (first.At + first.For!.Value));

    [Fact]
    public void An_unknown_palette_is_answered_with_those_there_are()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => FaultPalettes.Parse("crsh"));

        Assert.Equal(
            "expected faults such as none, partition, crash, pause, clock, disk, network, drain, all, beyond,"
            + " found \"crsh\"",
            mistake.Message);
        Assert.Equal(FaultPalette.Beyond, FaultPalettes.Parse("beyond"));
    }

    static void Always(FaultPalette palette, Func<Scenario, FaultPlan, bool> holds) =>
        Prop.ForAll(Cases.ToArbitrary(),
            it => holds(it.Scenario, Nemesis.Plan(palette, it.Scenario, it.Seed)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    static bool MovesClocks(FaultPlan plan) =>
        plan.Faults.Any(fault => fault is ClockJumpFault or ClockDriftFault);

    static bool IsTolerated(Fault fault, FaultTolerance tolerance) => fault switch
    {
        PartitionFault or CutFault or LinkFault => tolerance.Network,
        CrashFault crash => (tolerance.Amnesia || crash.Loses == CrashLoss.Nothing)
            && crash.Loses != CrashLoss.Disk && (tolerance.TornWrites || !crash.Torn),
        PauseFault or SlowFault => tolerance.Pauses,
        DiskFault disk => disk.HasExtent ? tolerance.DiskPressure : tolerance.NodesCorrupted > 0,
        _ => true,
    };

    static Scenario Scenario(FaultTolerance tolerance, int nodes, int others, int seconds) => new()
    {
        Design = "test",
        Summary = "a test",
        Cluster = Topology.Of(("a", nodes),
            ("b", others)) with { InitialSkew = TimeSpan.FromMilliseconds(5) },
        Deployment = new SimulatedDeployment
        {
            CreateNode = _ => throw new InvalidOperationException("plans need no nodes"),
            CreateClient = _ => throw new InvalidOperationException("plans need no clients"),
        },
        Load = new()
        {
            CreateWorkload = () => throw new InvalidOperationException("plans need no workload"),
            Duration = TimeSpan.FromSeconds(seconds),
        },
        Promises = new()
        {
            Tolerance = tolerance,
        },
    };
}
