using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Faults;

/// <summary>
/// Ends the process of hosts, as SIGKILL does: their machines stay, and tell every peer at once that its
/// connections are gone (a reset), where a <see cref="CrashFault"/> leaves them half-open. They start again
/// at its end. Until then who asks for a connection is not answered.
/// </summary>
public sealed record KillFault : Fault
{
    internal const string Reset = "reset";
    const string Word = "kill";

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "kill", "ends the process of hosts at once; their peers see their connections reset",
        new KillFault { At = default, Nodes = [] })
    {
        Word = Word,
        Needs = "a host of services",
        Example = "nodes: [web-1]",
        Fields =
        [
            FaultFields<KillFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
        ],
        // By its word alone: what all draws was published with its seeds.
        Draws =
        [
            new(Word, draws => [Next(draws)])
            {
                Fits = draws => draws.Tolerance.NodesDown > 0 && draws.HasAble(NodeAbilities.Drain),
                When = DrawnWhen.Named,
            },
        ],
        AtLeastMild = static (tolerance, _) =>
            tolerance with { NodesDown = Math.Max(1, tolerance.NodesDown) },
    };

    /// <summary>Whose process ends.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.NodesDown)];

    /// <inheritdoc/>
    public override string Describe() => $"{string.Join(' ', Nodes)} killed, connections reset";

    /// <inheritdoc/>
    public override void Check(FaultCheck check) => check.RequireNodes(Nodes);

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) => OnEachNode(world, node =>
    {
        node.Degrade(Reset, 1, effect);
        return node.Crash(CrashLoss.Memory, torn: false, effect);
    });

    static KillFault Next(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        return new() { At = at, For = lasts, Nodes = draws.Some(1, NodeAbilities.Drain) };
    }
}
