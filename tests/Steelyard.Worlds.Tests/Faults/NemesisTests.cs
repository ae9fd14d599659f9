using FsCheck;
using FsCheck.Fluent;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

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
        from nodes in Gen.Choose(2, 7)
        from others in Gen.Choose(0, 3)
        from seconds in Gen.Choose(1, 120)
        from seed in Gen.Choose(0, int.MaxValue)
        select (Draining(Scenario(tolerance, nodes, others, seconds)), new Seed((ulong)seed));

    [Fact]
    public void A_plan_of_all_never_exceeds_the_tolerance() => Always(FaultPalette.All, (scenario, plan) =>
    {
        var load = new PlannedLoad(plan, scenario.Cluster.InitialSkew);
        var tolerance = scenario.Promises.Tolerance;
        var names = scenario.Cluster.Nodes.Select(node => node.Name).ToArray();
        return load.MostNodesDown(names.Length) <= tolerance.NodesDown
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
    [InlineData("all")]
    [InlineData("beyond")]
    [InlineData("partition")]
    [InlineData("disk")]
    public void Every_fault_is_over_before_operations_stop_to_arrive(string palette) =>
        Always(FaultPalette.Parse(palette), (scenario, plan) => plan.Faults.All(fault =>
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

        Assert.Equal(Told(first), Told(again));
        Assert.NotEqual(first.Faults.Select(fault => fault.At), other.Faults.Select(fault => fault.At));
    }

    [Theory]
    [InlineData("partition", "partition cut")]
    [InlineData("crash", "crash")]
    [InlineData("pause", "pause slow")]
    [InlineData("clock", "clock-jump clock-drift")]
    [InlineData("disk", "disk crash")]
    [InlineData("network", "link")]
    [InlineData("drain", "drain")]
    public void A_palette_of_one_kind_has_that_kind_even_where_nothing_is_tolerated(
        string palette, string kinds)
    {
        var nothing = new FaultTolerance
        {
            Network = false, Pauses = false, ClockSkew = TimeSpan.Zero, ClockDriftPpm = 0,
        };

        var plan = Nemesis.Plan(FaultPalette.Parse(palette), Draining(Scenario(nothing, 3, 0, 30)), new(1));

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

    [Fact]
    public void Kinds_are_named_with_a_comma_between_them()
    {
        Assert.Equal(FaultPalette.Partition | FaultPalette.Crash, FaultPalette.Parse("partition,crash"));
        Assert.Equal("partition,crash", (FaultPalette.Partition | FaultPalette.Crash).Name);
        Assert.Equal(FaultPalette.All, FaultPalette.Parse("all"));
        Assert.Equal(FaultPalette.Parse("all,partition"), FaultPalette.Partition | FaultPalette.All);
        Assert.Equal("beyond,partition", (FaultPalette.Parse("partition,all") | FaultPalette.Beyond).Name);
        Assert.Equal(FaultPalette.Crash, FaultPalette.None | FaultPalette.Crash);
    }

    [Theory]
    [InlineData("partition", "faults of partition: expected two nodes or more, found no such thing in test")]
    [InlineData(
        "crash,drain",
        "faults of drain: expected a node that can be told to stop in good order,"
            + " found no such thing in test")]
    [InlineData(
        "disk",
        "faults of disk: expected a node that keeps something on a disk, found no such thing in test")]
    public void Faults_that_can_hit_nothing_are_refused_where_they_are_asked_for(string palette, string line)
    {
        var scenario = Scenario(new() { NodesDown = 1, DiskPressure = true }, 1, 0, 30);
        var memory = scenario with
        {
            Cluster = scenario.Cluster with { Nodes = [new("n1", "a") { Abilities = NodeAbilities.None }] },
        };

        var mistake = Assert.Throws<UserMistakeException>(
            () => Nemesis.Plan(FaultPalette.Parse(palette), memory, new(1)));

        Assert.Equal(line, mistake.Message);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("beyond")]
    [InlineData("drain")]
    [InlineData("disk")]
    public void Only_what_nodes_can_do_is_planned(string palette)
    {
        var tolerance = new FaultTolerance
        {
            NodesDown = 3, Drains = true, Amnesia = true, TornWrites = true, NodesCorrupted = 3,
            DiskPressure = true,
        };
        var scenario = Scenario(tolerance, 4, 0, 60);
        var mixed = scenario with
        {
            Cluster = scenario.Cluster with
            {
                Nodes =
                [
                    new("host", "a") { Abilities = NodeAbilities.Drain },
                    new("store", "a") { Abilities = NodeAbilities.Drain | NodeAbilities.Disk },
                    new("cache", "a") { Abilities = NodeAbilities.None },
                    new("node", "a"),
                ],
            },
        };

        for (var seed = 0UL; seed < 50; seed++)
        {
            var plan = Nemesis.Plan(FaultPalette.Parse(palette), mixed, new(seed));
            FaultPlanCheck.Check(plan, mixed);
            Assert.NotEmpty(plan.Faults);
        }
    }

    [Theory]
    [InlineData("partition,")]
    [InlineData("none,crash")]
    [InlineData("crash,story")]
    public void What_is_no_word_makes_no_palette(string name) =>
        Assert.False(FaultPalette.TryParse(name, FaultKinds.All, out _));

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
        var mistake = Assert.Throws<UserMistakeException>(() => FaultPalette.Parse("crsh"));

        Assert.Equal(
            "expected faults such as none, partition, crash, pause, clock, disk, network, drain, membership,"
            + " all, beyond, found \"crsh\"",
            mistake.Message);
        Assert.Equal(FaultPalette.Beyond, FaultPalette.Parse("beyond"));
    }

    static IEnumerable<string> Told(FaultPlan plan) =>
        plan.Faults.Select(fault => $"{fault.At} {fault.For} {fault.Describe()}");

    static Scenario Draining(Scenario scenario) => scenario with
    {
        Cluster = scenario.Cluster with
        {
            Nodes =
            [
                .. scenario.Cluster.Nodes.Select(node => node with
                {
                    Abilities = node.Abilities | NodeAbilities.Drain,
                }),
            ],
        },
    };

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
