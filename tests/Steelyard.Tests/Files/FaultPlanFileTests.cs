using FsCheck;
using FsCheck.Fluent;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Files;

public sealed class FaultPlanFileTests
{
    static readonly Scenario Scenario = new TinyRegister().Build(
        new(new TinyRegister(), new() { Nodes = 4, Duration = TimeSpan.FromSeconds(10) }));

    static readonly Scenario Able = Scenario with
    {
        Cluster = Scenario.Cluster with
        {
            Nodes =
            [
                .. Scenario.Cluster.Nodes.Select(node => node with
                {
                    Abilities = NodeAbilities.Disk | NodeAbilities.Drain, Versions = 2,
                }),
            ],
        },
    };

    [Fact]
    public void A_plan_reads_back_as_it_was_written() =>
        Prop.ForAll(Plans().ToArbitrary(), plan =>
        {
            var text = FaultPlanFile.Write(plan);
            var again = FaultPlanFile.Parse(text, "faults.yaml", Able);
            Assert.Equal(plan.Faults.Select(Shown), again.Faults.Select(Shown));
            Assert.Equal(text, FaultPlanFile.Write(again));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(
        "kind: fault\n", "f.yaml:1:7: kind: expected \"faults\", found \"fault\"; did you mean \"faults\"?")]
    [InlineData("faults: []\n", "f.yaml:1:1: expected \"kind:\" in the file, found none")]
    [InlineData("kind: faults\n", "f.yaml:1:1: expected \"faults:\" in the file, found none")]
    [InlineData("", "f.yaml:1:1: expected \"kind: faults\" at the top of the file")]
    [InlineData(
        "kind: faults\nfaults:\n  - fault: crsh\n    at: 1s\n    nodes: [n1]\n",
        "f.yaml:3:12: fault: expected one of partition, cut, crash, pause, slow, clock-jump, clock-drift, "
            + "disk, link, drain, membership,"
        + " found \"crsh\"; did you mean \"crash\"?")]
    [InlineData(
        "kind: faults\nfaults:\n  - fault: crash\n    at: 1s\n    nodes: [n9]\n",
        "f.yaml:5:13: nodes: expected one of n1, n2, n3, n4, leader, found \"n9\"; did you mean \"n1\"?")]
    [InlineData(
        "kind: faults\nfaults:\n  - fault: crash\n    at: 11s\n    nodes: [n1]\n",
        "f.yaml:4:9: at: expected a time before the end of the run, 10s, found \"11s\"")]
    [InlineData(
        "kind: faults\nfaults:\n  - fault: crash\n    at: -1s\n    nodes: [n1]\n",
        "f.yaml:4:9: at: expected a duration from 0s up, found \"-1s\"")]
    [InlineData(
        "kind: faults\nfaults:\n  - fault: crash\n    at: 1s\n    node: [n1]\n",
        "f.yaml:5:5: expected one of fault, at, for, nodes, loses, torn in faults, found \"node\";"
        + " did you mean \"nodes\"?")]
    [InlineData(
        "kind: faults\nfaults:\n  - fault: crash\n    at: 1s\n",
        "f.yaml:3:5: expected \"nodes:\" in faults, found none")]
    [InlineData(
        "kind: faults\nfaults:\n  - {fault: pause, at: 1s, nodes: [n1]}\n"
            + "  - {fault: drain, at: 1s, nodes: [n1]}\n",
        "f.yaml:4:5: fault 2 (drain at 1s) cannot hit n1: n1 cannot be told to stop, it only runs or"
            + " crashes")]
    [InlineData(
        "kind: faults\nfaults:\n  - {fault: clock-drift, at: 1s, nodes: [n1], ppm: 300000}\n"
            + "  - {fault: clock-drift, at: 1s, nodes: [n1], ppm: 300000}\n",
        "f.yaml:4:5: fault 2 (clock-drift at 1s) comes to too much with others at the same time: expected as "
            + "drift of a clock less than 500000 parts per million, found 600000")]
    [InlineData(
        "kind: faults\nfaults:\n  - fault: pause\n    at: 1s\n    nodes: [n1]\n    fro: 2s\n",
        "f.yaml:6:5: expected one of fault, at, for, nodes in faults, found \"fro\"; did you mean \"for\"?")]
    [InlineData(
        "kind: faults\nfaults:\n  - fault: partition\n    at: 1s\n    groups: [[n1, n2], [n2]]\n",
        "f.yaml:5:13: groups: expected each node in one group at most, found n2 twice")]
    [InlineData(
        "kind: faults\nfaults:\n  - fault: link\n    at: 1s\n    loss: 1.5\n",
        "f.yaml:5:11: loss: expected a share from 0 to 1, found \"1.5\"")]
    public void A_mistake_is_told_with_its_line_and_column(string text, string told) =>
        Assert.Equal(told, Assert.Throws<UserMistakeException>(
            () => FaultPlanFile.Parse(text, "f.yaml", Scenario)).Message);

    [Fact]
    public void Text_that_is_no_yaml_is_told_with_its_line_and_column()
    {
        var mistake = Assert.Throws<UserMistakeException>(
            () => FaultPlanFile.Parse("kind: faults\nfaults: [\n", "f.yaml", Scenario));

        Assert.StartsWith("f.yaml:3:1: expected YAML, found: ", mistake.Message, StringComparison.Ordinal);
    }

    /// <summary>Lists inside records compare by reference, so faults are compared as words.</summary>
    static string Shown(Fault fault) => fault switch
    {
        PartitionFault p => $"{p.At} {p.For} {string.Join('|', p.Groups.Select(g => string.Join(' ', g)))}",
        CutFault c => $"{c.At} {c.For} cut {string.Join(' ', c.From)} > {string.Join(' ', c.To)}",
        LinkFault l => $"{l.At} {l.For} link {string.Join(' ', l.From)} > {string.Join(' ', l.To)}"
            + $" {l.Loss:R} {l.Duplication:R} {l.Reordering:R} {l.Slowdown:R}",
        CrashFault c => $"{c.At} {c.For} crash {string.Join(' ', c.Nodes)} {c.Loses} {c.Torn}",
        DrainFault d => $"{d.At} {d.For} drain {string.Join(' ', d.Nodes)} {d.Version}",
        PauseFault p => $"{p.At} {p.For} pause {string.Join(' ', p.Nodes)}",
        SlowFault s => $"{s.At} {s.For} slow {string.Join(' ', s.Nodes)} {s.PerMessage}",
        ClockJumpFault j => $"{j.At} {j.For} jump {string.Join(' ', j.Nodes)} {j.By}",
        ClockDriftFault d => $"{d.At} {d.For} drift {string.Join(' ', d.Nodes)} {d.PartsPerMillion}",
        DiskFault d => $"{d.At} {d.For} disk {string.Join(' ', d.Nodes)} {d.Trouble}",
        _ => throw new InvalidOperationException(fault.Kind),
    };

    static Gen<FaultPlan> Plans() => Faults().ListOf().Select(Within);

    static Gen<Fault> Faults() => Gen.Choose(0, int.MaxValue - 1).Select(number =>
    {
        var random = new SeededRandom(new((ulong)number), "plan");
        return OneFault(random) with
        {
            At = random.Between(TimeSpan.Zero, Scenario.Load.Duration),
            For = random.Chance(0.8) ? random.Between(TimeSpan.FromTicks(10), Scenario.Load.Duration) : null,
        };
    });

    // As many as they may come to together.
    static FaultPlan Within(IEnumerable<Fault> faults)
    {
        var plan = FaultPlan.None;
        foreach (var fault in faults)
        {
            var more = new FaultPlan([.. plan.Faults, fault]);
            if (Record.Exception(() => FaultPlanCheck.Check(more, Able)) is null)
                plan = more;
        }

        return plan;
    }

    static Fault OneFault(SeededRandom random)
    {
        var at = TimeSpan.Zero;
        IReadOnlyList<string> names = ["n1", "n2", "n3", "n4", "leader"];
        IReadOnlyList<string> nodes =
            [.. names.Where(_ => random.Chance(0.5)).Append("n2").Distinct(StringComparer.Ordinal)];
        return random.Next(10) switch
        {
            0 => new PartitionFault { At = at, Groups = [["n1", "n3"], ["n2"], ["n4"]] },
            1 => new CutFault { At = at, From = nodes, To = ["n3"] },
            2 => new LinkFault
            {
                At = at,
                From = nodes,
                Loss = random.NextDouble(),
                Duplication = random.NextDouble(),
                Reordering = random.NextDouble(),
                Slowdown = 1 + random.NextDouble(),
            },
            3 => new CrashFault { At = at, Nodes = nodes, Loses = (CrashLoss)random.Next(
                3), Torn = random.Chance(0.5) },
            4 => new PauseFault { At = at, Nodes = nodes },
            5 => new SlowFault { At = at, Nodes = nodes, PerMessage = TimeSpan.FromTicks(
                random.NextLong(100_000)) },
            6 => new ClockJumpFault { At = at, Nodes = nodes, By = TimeSpan.FromTicks(
                random.NextLong(1_000_000) - 500_000) },
            7 => new ClockDriftFault { At = at, Nodes = nodes, PartsPerMillion = random.Next(-500, 500) },
            8 => new DrainFault { At = at, Nodes = nodes, Version = random.Chance(0.5) ? 2 : null },
            _ => new DiskFault { At = at, Nodes = nodes, Trouble = (DiskTrouble)random.Next(4) },
        };
    }
}
