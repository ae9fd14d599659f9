namespace Steelyard.Worlds.Faults;

/// <summary>The shapes in which nodes are parted: Jepsen's, and those of sites that lose sight of each
/// other.</summary>
internal static class PartitionShapes
{
    /// <summary>The palette of all cuts.</summary>
    public const string Word = "partition";

    /// <summary>What they need.</summary>
    public const string Needs = "two nodes or more";

    const int MostFlaps = 6;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FaultDraw> All { get; } =
    [
        Of(1, draws => [Halves(draws)]), Of(1, draws => [One(draws)]), Of(1, draws => [TheLeader(draws)]),
        Of(1, Flapping), Of(1, draws => [Sites(draws)]) with { Fits = static draws => CanCut(draws, 1)
            && draws.Scenario.Cluster.Nodes.DistinctBy(node => node.Site).Count() > 1 },
        Of(2, draws => [Bridge(draws)]),
    ];

    /// <summary>Whether links may be cut, among more nodes than some.</summary>
    public static bool CanCut(FaultDraws draws, int moreThan) =>
        draws.Tolerance.Network && draws.Names.Count > moreThan;

    /// <summary>Two sides at random.</summary>
    public static string[][] AnySides(FaultDraws draws) =>
        FaultDraws.Split(draws.Shuffled(), draws.Random.Next(1, draws.Names.Count));

    static FaultDraw Of(int moreThan, Func<FaultDraws, Fault[]> next) =>
        new(Word, next) { Fits = draws => CanCut(draws, moreThan) };

    static PartitionFault Halves(FaultDraws draws) => Partition(draws.Window(), AnySides(draws));

    // One node against all others.
    static PartitionFault One(FaultDraws draws) =>
        Partition(draws.Window(), FaultDraws.Split(draws.Shuffled(), 1));

    // Whoever leads against all others.
    static PartitionFault TheLeader(FaultDraws draws) =>
        Partition(draws.Window(), [[Fault.Leader], draws.Names]);

    // A cut that comes and goes.
    static Fault[] Flapping(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        var sides = AnySides(draws);
        var flaps = draws.Random.Next(2, MostFlaps + 1);
        var each = TimeSpan.FromMicroseconds(Math.Max(1, (long)(lasts / flaps).TotalMicroseconds));
        return
        [
            .. Enumerable.Range(0, flaps)
                .Select(flap => Partition((at + (flap * each), each / 2), sides)),
        ];
    }

    // Sites lose sight of each other.
    static PartitionFault Sites(FaultDraws draws)
    {
        var nodes = draws.Scenario.Cluster.Nodes;
        var sites = nodes.Select(node => node.Site).Distinct(StringComparer.Ordinal).ToArray();
        draws.Random.Shuffle(sites);
        var away = sites.Take(draws.Random.Next(1, sites.Length)).ToArray();
        var sides = nodes.ToLookup(node => away.Contains(node.Site, StringComparer.Ordinal),
            node => node.Name);
        return Partition(draws.Window(), [[.. sides[false]], [.. sides[true]]]);
    }

    // Two sides, and one node that sees both.
    static PartitionFault Bridge(FaultDraws draws)
    {
        var others = draws.Shuffled()[1..];
        return Partition(draws.Window(), FaultDraws.Split(others, Math.Max(1, others.Length / 2)));
    }

    static PartitionFault Partition(
        (TimeSpan At, TimeSpan For) when, IReadOnlyList<IReadOnlyList<string>> groups) =>
        new() { At = when.At, For = when.For, Groups = groups };
}
