namespace Steelyard.Worlds;

/// <summary>
/// Takes faults into a plan as long as the plan stays within a tolerance at every moment. It errs on the side
/// of the design: <c>leader</c> counts as a node of its own, and a node whose disk was hit counts as down
/// from then on.
/// </summary>
internal sealed class ToleranceBudget(FaultTolerance tolerance, TimeSpan initialSkew)
{
    // More cuts at once than this and nothing happens any more.
    const int MostCutsAtOnce = 2;

    readonly List<Fault> _faults = [];

    /// <summary>What was taken.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Takes some faults together, or none of them.</summary>
    public bool TryAdd(Fault[] faults)
    {
        if (faults.Length == 0)
            return false;
        var before = _faults.Count;
        _faults.AddRange(faults);
        if (Fits(faults))
            return true;
        _faults.RemoveRange(before, _faults.Count - before);
        return false;
    }

    bool Fits(Fault[] added) =>
        MostDown() <= tolerance.NodesDown
        && CorruptedNodes() <= tolerance.NodesCorrupted
        && added.All(ClocksFit)
        && added.All(CutsFit);

    // The number of nodes down only grows when a fault begins, so the begins are all the moments to look at.
    int MostDown() => _faults.Where(Disables).Select(fault => DownAt(fault.At)).DefaultIfEmpty(0).Max();

    int DownAt(TimeSpan time) => _faults
        .Where(fault => Disables(fault) && fault.At <= time && time < EndOf(fault))
        .SelectMany(NodesOf)
        .Distinct(StringComparer.Ordinal)
        .Count();

    int CorruptedNodes() => _faults
        .Where(Corrupts)
        .SelectMany(NodesOf)
        .Distinct(StringComparer.Ordinal)
        .Count();

    bool ClocksFit(Fault fault) => fault is not (ClockJumpFault or ClockDriftFault)
        || NodesOf(fault).All(node => SkewFits(node)
            && (fault is ClockJumpFault || DriftsAlone(fault, node)));

    bool SkewFits(string node)
    {
        if (tolerance.ClockSkew is not { } apart)
            return true;
        var moved = _faults.Where(fault => NodesOf(fault).Contains(node, StringComparer.Ordinal))
            .Aggregate(TimeSpan.Zero, (sum, fault) => sum + Moves(fault));
        return moved + initialSkew <= apart / 2;
    }

    bool DriftsAlone(Fault drift, string node) => !_faults.Any(other =>
        other is ClockDriftFault && !ReferenceEquals(other, drift) && Overlaps(other, drift)
        && NodesOf(other).Contains(node, StringComparer.Ordinal));

    bool CutsFit(Fault fault) => fault is not PartitionFault || _faults.Count(other =>
        other is PartitionFault or CutFault && !ReferenceEquals(other, fault)
            && Overlaps(other, fault)) < MostCutsAtOnce;

    static bool Overlaps(Fault fault, Fault other) => fault.At < EndOf(other) && other.At < EndOf(fault);

    static TimeSpan Moves(Fault fault) => fault switch
    {
        ClockJumpFault jump => jump.By.Duration(),
        ClockDriftFault drift => (drift.For ?? TimeSpan.Zero) * (Math.Abs(drift.PartsPerMillion) / 1e6),
        _ => TimeSpan.Zero,
    };

    static bool Disables(Fault fault) => fault is CrashFault or DrainFault or PauseFault || Corrupts(fault);

    static bool Corrupts(Fault fault) =>
        fault is DiskFault { Trouble: DiskTrouble.Corrupt or DiskTrouble.Misdirect };

    static TimeSpan EndOf(Fault fault) =>
        Corrupts(fault) || fault.For is null ? TimeSpan.MaxValue : fault.At + fault.For.Value;

    static IReadOnlyList<string> NodesOf(Fault fault) => fault switch
    {
        CrashFault crash => crash.Nodes,
        DrainFault drain => drain.Nodes,
        PauseFault pause => pause.Nodes,
        ClockJumpFault jump => jump.Nodes,
        ClockDriftFault drift => drift.Nodes,
        DiskFault disk => disk.Nodes,
        _ => [],
    };
}
