using Steelyard.Histories;

namespace Steelyard.Worlds.Faults;

/// <summary>Cuts directed links: from each node of one list to each of the other.</summary>
public sealed record CutFault : Fault
{
    // A ring of cuts names every pair, which is readable only for a few nodes.
    const int LargestRing = 12;

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "cut", "cuts links in one direction: messages from some nodes to some are lost",
        new CutFault { At = default, From = [], To = [] })
    {
        Word = PartitionShapes.Word,
        Needs = PartitionShapes.Needs,
        Example = "from: [n1], to: [n2, n3]",
        Fields =
        [
            FaultFields<CutFault>.Names(
                "from", "whose messages are lost", fault => fault.From,
                (fault, names) => fault with { From = names }) with { IsHit = true },
            FaultFields<CutFault>.Names(
                "to", "on their way to whom", fault => fault.To,
                (fault, names) => fault with { To = names }) with { IsHit = true },
        ],
        Draws =
        [
            new(PartitionShapes.Word, OneWay) { Fits = draws => PartitionShapes.CanCut(draws, 1) },
            new(PartitionShapes.Word, MajorityRing)
            {
                Fits = draws => PartitionShapes.CanCut(draws, 3) && draws.Names.Count <= LargestRing,
            },
        ],
        AtLeastMild = static (tolerance, _) => tolerance with { Network = true },
    };

    /// <summary>Whose messages are lost.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>On their way to whom.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<LinksCut> Cuts => [new(From, To)];

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.Cuts)];

    /// <inheritdoc/>
    public override string Describe() => $"{PlanNames.Words(From)} cannot reach {PlanNames.Words(To)}";

    /// <inheritdoc/>
    public override void Check(FaultCheck check) =>
        check.Require(From.Count > 0 && To.Count > 0, "cut", "nodes in from and in to", "an empty list");

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        world.CutLinks(From, To, effect);

    // Some are not heard by the others, but hear them.
    static Fault[] OneWay(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        var sides = PartitionShapes.AnySides(draws);
        return [new CutFault { At = at, For = lasts, From = sides[0], To = sides[1] }];
    }

    // Each sees a majority, and no two see the same one: neighbours on a ring hear each other.
    static Fault[] MajorityRing(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        var ring = draws.Shuffled();
        var reach = ((ring.Length / 2) + 1) / 2;
        return
        [
            .. ring.Select((name, place) => new CutFault { At = at, For = lasts, From = [name],
                    To = Far(ring, place, reach) })
                .Where(cut => cut.To.Count > 0),
        ];
    }

    static string[] Far(string[] ring, int place, int reach) =>
    [
        .. ring.Where((_, other) =>
        {
            var apart = Math.Abs(other - place);
            return Math.Min(apart, ring.Length - apart) > reach;
        }),
    ];
}
