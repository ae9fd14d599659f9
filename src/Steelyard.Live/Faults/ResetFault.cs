using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>Resets every connection between nodes of different groups, and those of clients with them: both
/// sides hear of it at once, unlike of a cut. A simulated message has no connection.</summary>
internal sealed record ResetFault : Fault
{
    const string Word = "network";

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "reset", "resets all connections between groups of nodes; new ones may be refused while it lasts",
        new ResetFault { At = default, Groups = [] })
    {
        Word = Word,
        Needs = "two nodes or more",
        Example = "groups: [[n1], [n2, n3]], refuses: true",
        Fields =
        [
            FaultFields<ResetFault>.Groups(
                "groups", "the groups, two or more", fault => fault.Groups,
                (fault, groups) => fault with { Groups = groups }) with { IsHit = false },
            FaultFields<ResetFault>.Flag(
                "refuses", "whether new connections are reset as well while it lasts",
                fault => fault.Refuses, (fault, refuses) => fault with { Refuses = refuses }),
        ],
        Draws =
        [
            new(Word, draws => [Next(draws)]) { Fits = HasLinks },
            new(Word, draws => [LateLinks.Next(draws)]) { Fits = HasLinks },
        ],
        AtLeastMild = static (tolerance, _) => tolerance with { Network = true },
    };

    /// <summary>Two groups or more, disjoint.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Groups { get; init; }

    /// <summary>Whether new connections are reset as well while it lasts.</summary>
    public bool Refuses { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    // New connections between them are all that it keeps on breaking.
    /// <inheritdoc/>
    public override bool HasExtent => Refuses;

    /// <inheritdoc/>
    public override string Describe() =>
        $"connections between {string.Join(" | ", Groups.Select(group => string.Join(' ', group)))} are reset"
        + (Refuses ? ", new ones too" : "");

    /// <inheritdoc/>
    public override void Check(FaultCheck check) =>
        new PartitionFault { At = At, Groups = Groups }.Check(check);

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        ((LiveFaults)world).Reset(Groups, Refuses, effect);

    static bool HasLinks(FaultDraws draws) => draws.Tolerance.Network && draws.Names.Count > 1;

    static ResetFault Next(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        var names = draws.Shuffled();
        var groups = FaultDraws.Split(names, draws.Random.Next(1, names.Length));
        return draws.Random.Chance(0.5)
            ? new() { At = at, Groups = groups }
            : new() { At = at, For = lasts, Groups = groups, Refuses = true };
    }
}
