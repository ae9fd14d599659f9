using Steelyard.Worlds.Consensus;

namespace Steelyard.Worlds.Faults;

/// <summary>
/// An operator changes the cluster that the nodes keep, one node after the other: asks whoever leads, again
/// and again until it is done or the fault ends. What was changed stays so.
/// </summary>
public sealed record MembershipFault : Fault
{
    const string Word = "membership";

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "membership", "adds nodes to a cluster, removes them, or makes one the leader, while it serves",
        new MembershipFault { At = default, Change = default, Nodes = [] })
    {
        Word = Word,
        Needs = "nodes that keep a cluster which can be changed",
        Disturbs = false,
        Example = "change: remove, nodes: [n1]",
        Fields =
        [
            FaultFields<MembershipFault>.Word(
                "change", "what is changed", fault => fault.Change,
                (fault, change) => fault with { Change = change }),
            FaultFields<MembershipFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
        ],
        Draws =
        [
            new(Word, draws => new MembershipShapes(draws).Handover()) { Fits = MayChange },
            new(Word, draws => new MembershipShapes(draws).Away()) { Fits = MayChange },
            new(Word, draws => new MembershipShapes(draws).WithoutLeader()) { Fits = MayChange },
            new(Word, draws => new MembershipShapes(draws).Swap()) { Fits = MaySwap },
            new(Word, draws => new MembershipShapes(draws).Learner()) { Fits = MaySwap },
        ],
        AtLeastMild = static (tolerance, _) => tolerance with { Membership = true },
    };

    /// <summary>What is changed.</summary>
    public required MembershipChangeKind Change { get; init; }

    /// <summary>Of whom.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [];

    /// <inheritdoc/>
    public override string Describe() => Change switch
    {
        MembershipChangeKind.AddLearner =>
            $"{PlanNames.Words(Nodes)} to be added to the cluster as a learner",
        MembershipChangeKind.AddVoter => $"{PlanNames.Words(Nodes)} to be added to the cluster",
        MembershipChangeKind.Remove => $"{PlanNames.Words(Nodes)} to be removed from the cluster",
        _ => $"leadership to be handed over to {PlanNames.Words(Nodes)}",
    };

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.RequireNodes(Nodes);
        check.RequireAble(NodeAbilities.Membership, "keeps no cluster that can be changed");
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        world.ChangeMembership(Change, Nodes, effect);

    static bool MayChange(FaultDraws draws) =>
        draws.Tolerance.Membership && draws.HasAble(NodeAbilities.Membership);

    static bool MaySwap(FaultDraws draws) =>
        MayChange(draws) && draws.Scenario.Cluster.Nodes.Any(node => node.IsSpare);
}
