namespace Steelyard.Worlds.Faults;

/// <summary>Holds nodes still; messages and timers wait and are handled when the fault ends. Not a
/// partition.</summary>
public sealed record PauseFault : Fault
{
    /// <summary>The palette of nodes that are late.</summary>
    internal const string Word = "pause";

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "pause", "holds nodes still; messages and timers wait until its end",
        new PauseFault { At = default, Nodes = [] })
    {
        Word = Word,
        Needs = "nodes",
        Example = "nodes: [leader]",
        Fields =
        [
            FaultFields<PauseFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
        ],
        Draws =
        [
            new(Word, draws => [Of(draws, draws.Some())]) { Fits = MayPause },
            new(Word, draws => [Of(draws, [Leader])]) { Fits = MayPause },
        ],
        Excesses = [new(Word, draws => [Of(draws, draws.Some(draws.Majority))])],
        AtLeastMild = static (tolerance, _) =>
            tolerance with { NodesDown = Math.Max(1, tolerance.NodesDown), Pauses = true },
    };

    /// <summary>Who is paused.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.NodesDown)];

    /// <inheritdoc/>
    public override string Describe() => $"{PlanNames.Words(Nodes)} held still";

    /// <inheritdoc/>
    public override void Check(FaultCheck check) => check.RequireNodes(Nodes);

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        OnEachNode(world, node => node.Pause(effect));

    static PauseFault Of(FaultDraws draws, string[] nodes)
    {
        var (at, lasts) = draws.Window();
        return new() { At = at, For = lasts, Nodes = nodes };
    }

    static bool MayPause(FaultDraws draws) => draws.Tolerance is { Pauses: true, NodesDown: > 0 };
}
