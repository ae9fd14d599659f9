using Steelyard.Histories;

namespace Steelyard.Worlds.Faults;

/// <summary>Cuts every link between nodes of different groups, both ways; nodes in no group keep all their
/// links (a bridge). Messages on a cut link are lost. Clients are cut off with the node they stand
/// beside.</summary>
public sealed record PartitionFault : Fault
{
    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "partition", "cuts all links between groups of nodes; who is in no group keeps its links",
        new PartitionFault { At = default, Groups = [] })
    {
        Word = PartitionShapes.Word,
        Needs = PartitionShapes.Needs,
        Example = "groups: [[leader], [n1, n2, n3]]",
        Fields =
        [
            FaultFields<PartitionFault>.Groups(
                "groups", "the groups, two or more", fault => fault.Groups,
                (fault, groups) => fault with { Groups = groups }),
        ],
        Draws = PartitionShapes.All,
        AtLeastMild = static (tolerance, _) => tolerance with { Network = true },
    };

    /// <summary>Two groups or more, disjoint.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Groups { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<LinksCut> Cuts => LinksCut.Between(Groups);

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.Cuts)];

    /// <inheritdoc/>
    public override string Describe() =>
        $"{string.Join(" | ", Groups.Select(PlanNames.Words))} cannot reach each other";

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.Require(
            Groups.Count >= 2 && Groups.All(group => group.Count > 0), "part",
            "two groups or more, none empty",
            Groups.Count == 0 ? "none" : string.Join(" | ", Groups.Select(PlanNames.Words)));
        var twice = Groups.SelectMany(group => group).GroupBy(name => name)
            .FirstOrDefault(same => same.Count() > 1);
        check.Require(twice is null, "part", "groups without a common node", $"{twice?.Key} more than once");
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        world.CutBetween(Groups, effect);
}
