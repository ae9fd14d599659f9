using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>
/// Stops hosts of services as SIGTERM does: they take no more connections, finish what is open within their
/// shutdown timeout, and go down with their disk as they left it. They start again when the fault ends, or,
/// where they are not done by then, as soon as they are. Without an end it is a scale-in; begun at 0s, a host
/// that joins later; one host after the other with a next version, a rolling deploy.
/// </summary>
public sealed record DrainFault : Fault
{
    const string Word = "drain";

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "drain", "stops hosts in good order, as SIGTERM does; they come back at its end",
        new DrainFault { At = default, Nodes = [] })
    {
        Word = Word,
        Needs = "a node that can be told to stop in good order",
        Example = "nodes: [web-1], version: 2",
        Fields =
        [
            FaultFields<DrainFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
            FaultFields<DrainFault>.Integer(
                "version", "the version that comes back, from 1; the same where nothing is said",
                fault => fault.Version, (fault, version) => fault with { Version = version }) with
            {
                IsOptional = true,
            },
        ],
        Draws =
        [
            new(Word, draws => [One(draws)]) { Fits = MayDrain },
            new(Word, InTurn) { Fits = MayDrain },
        ],
        AtLeastMild = static (tolerance, _) =>
            tolerance with { NodesDown = Math.Max(1, tolerance.NodesDown), Drains = true },
    };

    /// <summary>Who is stopped.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>The version that starts afterwards, from 1 up; null is the same as before.</summary>
    public int? Version { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.NodesDown)];

    /// <inheritdoc/>
    public override string Describe() => $"{PlanNames.Words(Nodes)} drain"
        + (Version is { } version ? $", version {version} comes back"
            : For is null ? ", nothing comes back"
            : "");

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.RequireNodes(Nodes);
        check.RequireAble(NodeAbilities.Drain, "cannot be told to stop, it only runs or crashes");
        foreach (var node in check.Scenario.Cluster.Nodes.Where(node =>
                     Nodes.Contains(node.Name) || Nodes.Contains(Leader)))
            check.Require(
                Version is null || (Version >= 1 && Version <= node.Versions), "start",
                $"a version of {node.Name} from 1 to {node.Versions}", $"{Version}");
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        OnEachNode(world, node => node.Drain(Version, effect));

    static bool MayDrain(FaultDraws draws) =>
        draws.Tolerance is { Drains: true, NodesDown: > 0 } && draws.HasAble(NodeAbilities.Drain);

    static DrainFault One(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        return new() { At = at, For = lasts, Nodes = draws.Some(1, NodeAbilities.Drain) };
    }

    // Some time between two of them, so that the next one goes when the last one is back at work.
    static Fault[] InTurn(FaultDraws draws)
    {
        var (at, _) = draws.Window();
        var order = draws.Some(draws.Names.Count, NodeAbilities.Drain);
        draws.Random.Shuffle(order);
        var step = FaultDraws.Rounded((draws.Latest - at) / order.Length);
        return [.. order.Select((name, place) => new DrainFault
        {
            At = at + (place * step),
            For = FaultDraws.Rounded(step * 0.7),
            Nodes = [name],
        })];
    }
}
