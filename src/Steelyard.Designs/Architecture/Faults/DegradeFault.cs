using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Architecture.Faults;

/// <summary>
/// Something is wrong with instances without their being down: they are slower by a factor, refuse whatever
/// they are asked, lose what they hold in memory, or are taken away in good order and started anew at its end
/// (a deployment, or scaling in).
/// </summary>
internal sealed record DegradeFault : Fault
{
    internal const string Slow = "slow";
    internal const string Refuse = "refuse";
    internal const string Flush = "flush";
    internal const string Restart = "restart";

    static readonly string[] s_hows = [Slow, Refuse, Flush, Restart];

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "degrade", "makes instances slower by a factor, refuse all, lose what they cache, or start anew",
        new DegradeFault { At = default, Nodes = [], How = Slow })
    {
        Word = "degrade",
        Needs = "nodes, how",
        Example = "nodes: [api-1], how: slow, by: 3",
        Fields =
        [
            FaultFields<DegradeFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
            new("how", string.Join(" | ", s_hows), "what is wrong")
            {
                ValueIn = fault => ((DegradeFault)fault).How,
                Read = (fault, value, _) => (DegradeFault)fault with { How = value.OneOf(s_hows) },
            },
            FaultFields<DegradeFault>.Factor(
                "by", "how much longer work takes", fault => fault.By,
                (fault, by) => fault with { By = by }),
        ],
        AtLeastMild = static (tolerance, _) => tolerance with { Pauses = true },
    };

    /// <summary>Who is hit.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>What is wrong: <c>slow</c>, <c>refuse</c> or <c>flush</c>.</summary>
    public required string How { get; init; }

    /// <summary>How much longer work takes; at least 1. Counts only where they are slow.</summary>
    public double By { get; init; } = 1;

    string Named => string.Join(' ', Nodes);

    string Does(string one, string many) => Nodes.Count == 1 ? one : many;

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs =>
        How is Refuse or Restart ? [Cost(FaultResources.NodesDown)] : [];

    /// <inheritdoc/>
    public override string Describe() => How switch
    {
        Slow => FormattableString.Invariant($"{Named} slower by a factor of {By:0.##}"),
        Refuse => $"{Named} {Does("refuses", "refuse")} everything",
        Restart => $"{Named} {Does("leaves", "leave")} in good order and {Does("starts", "start")} anew",
        _ => $"{Named} {Does("loses all that it holds", "lose all that they hold")}",
    };

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.RequireNodes(Nodes);
        check.Require(How != Slow || By > 1, "factor", "more than 1", FormattableString.Invariant($"{By}"));
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        OnEachNode(world, node => node.Degrade(How, By, effect));
}
