namespace Steelyard.Worlds;

/// <summary>
/// Plans faults from a seed. The plan is data like any other: what happens is what it says, and it can be
/// edited. Every fault ends before operations stop to arrive.
/// </summary>
public static class Nemesis
{
    const int FewestFaults = 4;
    const int MostFaults = 40;
    const int Tries = 6;
    static readonly TimeSpan OneFaultEvery = TimeSpan.FromSeconds(2.5);

    /// <summary>A plan of a palette for a scenario.</summary>
    /// <remarks>
    /// <see cref="FaultPalette.All"/> never exceeds <see cref="Promises.Tolerance"/>, at any moment. A
    /// palette of some kinds stays within it as well, but does its kinds in the mildest measure even where
    /// the design tolerates none of it: whoever names a fault wants to see it.
    /// <see cref="FaultPalette.Beyond"/> exceeds it on purpose.
    /// </remarks>
    public static FaultPlan Plan(FaultPalette palette, Scenario scenario, Seed seed)
    {
        if (palette == FaultPalette.None)
            return FaultPlan.None;
        var random = new SeededRandom(seed, "faults");
        var tolerance = palette is FaultPalette.All or FaultPalette.Beyond
            ? scenario.Promises.Tolerance
            : AtLeastMild(palette, scenario);
        var draws = new FaultDraws(scenario, tolerance, random);
        var budget = new ToleranceBudget(tolerance, scenario.Cluster.InitialSkew);
        var kinds = DrawsOf(palette, draws);
        if (kinds.Count > 0)
            Fill(budget, kinds, random, HowMany(scenario, random));
        var faults = palette == FaultPalette.Beyond ? [.. budget.Faults, .. new Excesses(draws).All()]
            : budget.Faults;
        return new([.. faults.OrderBy(fault => fault.At)]);
    }

    static void Fill(ToleranceBudget budget, List<Func<Fault[]>> kinds, SeededRandom random, int wanted)
    {
        for (var planned = 0; planned < wanted; planned++)
            for (var attempt = 0; attempt < Tries; attempt++)
                if (budget.TryAdd(random.Choose(kinds)()))
                    break;
    }

    static int HowMany(Scenario scenario, SeededRandom random)
    {
        var usual = (int)Math.Clamp(scenario.Load.Duration / OneFaultEvery, FewestFaults, MostFaults);
        return random.Next(Math.Max(FewestFaults, usual / 2), usual + 1);
    }

    static List<Func<Fault[]>> DrawsOf(FaultPalette palette, FaultDraws draws) =>
        palette is FaultPalette.All or FaultPalette.Beyond
            ? [.. draws.Cuts(), .. draws.Crashes(), .. draws.Pauses(), .. draws.Clocks(), .. draws.Disks(),
                .. draws.Links(), .. draws.Together(), .. draws.Drains()]
            : [.. FaultPalettes.KindsOf(palette).SelectMany(kind => DrawsOfKind(kind, draws))];

    static List<Func<Fault[]>> DrawsOfKind(FaultPalette kind, FaultDraws draws) => kind switch
    {
        FaultPalette.Partition => draws.Cuts(),
        FaultPalette.Crash => draws.Crashes(),
        FaultPalette.Pause => draws.Pauses(),
        FaultPalette.Clock => draws.Clocks(),
        FaultPalette.Disk => [.. draws.Disks(), draws.SlowDisk],
        FaultPalette.Network => draws.Links(),
        _ => draws.Drains(),
    };

    static FaultTolerance AtLeastMild(FaultPalette palette, Scenario scenario) =>
        FaultPalettes.KindsOf(palette).Aggregate(
            scenario.Promises.Tolerance, (tolerance, kind) => AtLeastMild(kind, tolerance, scenario));

    static FaultTolerance AtLeastMild(FaultPalette kind, FaultTolerance promised, Scenario scenario)
    {
        var oneDown = Math.Max(1, promised.NodesDown);
        var atLeast = (2 * scenario.Cluster.InitialSkew) + TimeSpan.FromMilliseconds(20);
        return kind switch
        {
            FaultPalette.Partition or FaultPalette.Network => promised with { Network = true },
            FaultPalette.Crash => promised with { NodesDown = oneDown },
            FaultPalette.Pause => promised with { NodesDown = oneDown, Pauses = true },
            FaultPalette.Disk => promised with { NodesDown = oneDown },
            FaultPalette.Drain => promised with { NodesDown = oneDown, Drains = true },
            _ => promised with
            {
                ClockSkew = promised.ClockSkew < atLeast ? atLeast : promised.ClockSkew,
                ClockDriftPpm = promised.ClockDriftPpm is 0 ? 100 : promised.ClockDriftPpm,
            },
        };
    }
}
