using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds;

namespace Steelyard.Simulation.Faults;

/// <summary>Faults in plain words, for histories and reports.</summary>
internal static class FaultText
{
    /// <summary>All names a fault mentions.</summary>
    public static IEnumerable<string> NamesIn(Fault fault) => fault switch
    {
        PartitionFault partition => partition.Groups.SelectMany(group => group),
        CutFault cut => [.. cut.From, .. cut.To],
        LinkFault link => [.. link.From, .. link.To],
        CrashFault crash => crash.Nodes,
        DrainFault drain => drain.Nodes,
        PauseFault pause => pause.Nodes,
        SlowFault slow => slow.Nodes,
        ClockJumpFault jump => jump.Nodes,
        ClockDriftFault drift => drift.Nodes,
        DiskFault disk => disk.Nodes,
        _ => throw new InvalidOperationException($"a fault of unknown kind: {fault.Kind}"),
    };

    /// <summary>The nodes a fault hits; none for faults of links.</summary>
    public static IReadOnlyList<string> Hit(Fault fault) =>
        fault is PartitionFault or CutFault or LinkFault ? [] : [.. NamesIn(fault)];

    /// <summary>The links a fault cuts.</summary>
    public static IReadOnlyList<LinksCut> Cuts(Fault fault) => fault switch
    {
        PartitionFault partition => LinksCut.Between(partition.Groups),
        CutFault cut => [new(cut.From, cut.To)],
        _ => [],
    };

    /// <summary>One line on a fault whose names are resolved.</summary>
    public static string Describe(Fault fault) => fault switch
    {
        PartitionFault partition => $"{Groups(partition.Groups)} cannot reach each other",
        CutFault cut => $"{Names(cut.From)} cannot reach {Names(cut.To)}",
        LinkFault link => $"links from {OrAll(link.From)} to {OrAll(link.To)}: {Troubles(link)}",
        CrashFault crash => $"{Names(crash.Nodes)} crash{Loses(crash)}",
        DrainFault drain => $"{Names(drain.Nodes)} drain{Returns(drain)}",
        PauseFault pause => $"{Names(pause.Nodes)} held still",
        SlowFault slow => $"{Names(slow.Nodes)} slower by {Durations.Format(slow.PerMessage)} a message",
        ClockJumpFault jump => $"clock of {Names(jump.Nodes)} jumps by {Durations.Format(jump.By)}",
        ClockDriftFault drift => $"clock of {Names(drift.Nodes)} drifts by {drift.PartsPerMillion} ppm",
        DiskFault disk => $"disk of {Names(disk.Nodes)}: {Trouble(disk.Trouble)}",
        _ => throw new InvalidOperationException($"a fault of unknown kind: {fault.Kind}"),
    };

    /// <summary>Groups as people write them: <c>n1 n2 | n3</c>.</summary>
    public static string Groups(IReadOnlyList<IReadOnlyList<string>> groups) =>
        string.Join(" | ", groups.Select(Names));

    static string Names(IReadOnlyList<string> names) => string.Join(' ', names);

    static string OrAll(IReadOnlyList<string> names) => names.Count == 0 ? "all" : Names(names);

    static string Loses(CrashFault crash) => crash.Loses switch
    {
        CrashLoss.Nothing => ", memory kept",
        CrashLoss.Disk => ", memory and disk lost",
        _ => crash.Torn ? ", memory lost, unsynced writes torn" : ", memory and unsynced writes lost",
    };

    static string Returns(DrainFault drain) =>
        drain.Version is { } version ? $", version {version} comes back"
        : drain.For is null ? ", nothing comes back"
        : "";

    static string Trouble(DiskTrouble trouble) => trouble switch
    {
        DiskTrouble.Full => "full",
        DiskTrouble.Slow => "slow",
        DiskTrouble.Corrupt => "bits flip in a file",
        _ => "the next write lands elsewhere",
    };

    static string Troubles(LinkFault link)
    {
        var troubles = new List<string>();
        Add(link.Loss, "lost");
        Add(link.Duplication, "doubled");
        Add(link.Reordering, "out of order");
        if (link.Slowdown > 1)
            troubles.Add(string.Create(CultureInfo.InvariantCulture, $"{link.Slowdown:0.##} times as slow"));
        return troubles.Count == 0 ? "nothing" : string.Join(", ", troubles);

        void Add(double share, string what)
        {
            if (share > 0)
                troubles.Add(string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} % {what}"));
        }
    }
}
