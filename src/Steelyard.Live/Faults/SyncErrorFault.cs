using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>Disks that cannot sync: each such call fails with an error of the disk while it lasts. An engine
/// that acknowledges a write must not rest on it; many end themselves. Such a node starts again when it is
/// over.</summary>
internal sealed record SyncErrorFault : Fault
{
    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "sync-error", "syncs of disks fail with an error (EIO) while it lasts",
        new SyncErrorFault { At = default, Nodes = [] })
    {
        Word = DiskFault.Defined.Word,
        Needs = "a node that keeps something on a disk",
        Example = "nodes: [n1]",
        Fields =
        [
            FaultFields<SyncErrorFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
        ],
        Draws =
        [
            new(DiskFault.Defined.Word, draws => [Next(draws)])
            {
                When = DrawnWhen.Named,
                Fits = draws => draws.Tolerance.NodesDown > 0,
            },
        ],
        AtLeastMild = static (tolerance, _) =>
            tolerance with { NodesDown = Math.Max(1, tolerance.NodesDown) },
    };

    /// <summary>Whose disks.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.NodesDown)];

    /// <inheritdoc/>
    public override string Describe() => $"syncs of the disk of {string.Join(' ', Nodes)} fail";

    /// <inheritdoc/>
    public override void Check(FaultCheck check) => check.RequireNodes(Nodes);

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        OnEachNode(world, node => ((LiveFaultyNode)node).FailSyncs(effect));

    static SyncErrorFault Next(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        return new() { At = at, For = lasts, Nodes = draws.Some() };
    }
}
