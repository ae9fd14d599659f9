namespace Steelyard.Worlds.Faults;

/// <summary>Troubles of disks.</summary>
public sealed record DiskFault : Fault
{
    /// <summary>The palette of disks.</summary>
    internal const string Word = "disk";

    /// <summary>Why a node cannot have such a fault.</summary>
    internal const string NoDisk = "keeps nothing on a disk that this could happen to";

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "disk", "troubles of a disk: no room, slow syncs, bits that flip, a write that goes astray",
        new DiskFault { At = default, Nodes = [], Trouble = default })
    {
        Word = Word,
        Needs = "a node that keeps something on a disk",
        Example = "nodes: [n1], trouble: full",
        Fields =
        [
            FaultFields<DiskFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
            FaultFields<DiskFault>.Word(
                "trouble", "full and slow last; corrupt and misdirect happen at once", fault => fault.Trouble,
                (fault, trouble) => fault with { Trouble = trouble }),
        ],
        Draws =
        [
            Draw(DiskTrouble.Full, draws => draws.Tolerance.DiskPressure),
            Draw(DiskTrouble.Slow, draws => draws.Tolerance.DiskPressure),
            Draw(DiskTrouble.Corrupt, draws => draws.Tolerance.NodesCorrupted > 0),
            Draw(DiskTrouble.Misdirect, draws => draws.Tolerance.NodesCorrupted > 0),
            // A disk whose syncs take long is late, but never wrong.
            Draw(DiskTrouble.Slow, draws => !draws.Tolerance.DiskPressure) with { When = DrawnWhen.Named },
        ],
        Excesses =
        [
            new(Word, draws => [Of(draws, DiskTrouble.Corrupt, draws.Majority)]),
            new(Word, draws => [Of(draws, DiskTrouble.Misdirect, draws.Majority)]),
        ],
        AtLeastMild = static (tolerance, _) =>
            tolerance with { NodesDown = Math.Max(1, tolerance.NodesDown) },
    };

    /// <summary>Whose.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Which trouble.</summary>
    public required DiskTrouble Trouble { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override bool HasExtent => Trouble is DiskTrouble.Full or DiskTrouble.Slow;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    // A node whose disk was spoilt counts as down from then on.
    public override IEnumerable<FaultCost> Costs => HasExtent ? []
        : [Cost(FaultResources.NodesDown), Cost(FaultResources.NodesCorrupted)];

    /// <inheritdoc/>
    public override string Describe() => $"disk of {PlanNames.Words(Nodes)}: " + Trouble switch
    {
        DiskTrouble.Full => "full",
        DiskTrouble.Slow => "slow",
        DiskTrouble.Corrupt => "bits flip in a file",
        _ => "the next write lands elsewhere",
    };

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.RequireNodes(Nodes);
        check.RequireAble(NeededFor(Trouble), NoDisk);
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) => Trouble switch
    {
        DiskTrouble.Full => OnEachNode(world, node => node.FillDisk(effect)),
        DiskTrouble.Slow => OnEachNode(world, node => node.SlowDisk(effect)),
        DiskTrouble.Corrupt => OnceOnEachNode(world, node => node.CorruptDisk(effect)),
        _ => OnceOnEachNode(world, node => node.MisdirectWrite(effect)),
    };

    static NodeAbilities NeededFor(DiskTrouble trouble) => trouble switch
    {
        DiskTrouble.Full => NodeAbilities.DiskFull,
        DiskTrouble.Slow => NodeAbilities.DiskSlow,
        DiskTrouble.Corrupt => NodeAbilities.DiskCorrupt,
        _ => NodeAbilities.DiskMisdirect,
    };

    static FaultDraw Draw(DiskTrouble trouble, Func<FaultDraws, bool> isTolerated) =>
        new(Word, draws => [Of(draws, trouble, 1)])
        {
            Fits = draws => isTolerated(draws) && draws.HasAble(NeededFor(trouble)),
        };

    static DiskFault Of(FaultDraws draws, DiskTrouble trouble, int count)
    {
        var (at, lasts) = draws.Window();
        return new()
        {
            At = at,
            For = trouble is DiskTrouble.Full or DiskTrouble.Slow ? lasts : null,
            Nodes = draws.Some(count, NeededFor(trouble)),
            Trouble = trouble,
        };
    }
}

/// <summary>What happens to a disk.</summary>
public enum DiskTrouble : byte
{
    /// <summary>No room: writes are refused while it lasts.</summary>
    Full,

    /// <summary>Syncs take a hundred times as long while it lasts.</summary>
    Slow,

    /// <summary>Some bits of one file flip, at once, in what was synced.</summary>
    Corrupt,

    /// <summary>The next write lands at another place of its file.</summary>
    Misdirect,
}
