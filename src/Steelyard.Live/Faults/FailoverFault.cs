using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>
/// An operator gives a primary up for dead: it is killed and stays down, so that there are not two, and a
/// standby takes its place, with what has reached it. From then on clients are sent there. Where it has an
/// end, the old primary comes back then and follows the new one: what it had and that one has not is thrown
/// away. So a failover back is possible.
/// </summary>
internal sealed record FailoverFault : Fault
{
    /// <summary>The word of failovers, and of what belongs to them.</summary>
    internal const string Word = "failover";

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        Word, "promotes a standby in place of the primary, which is killed, and at the end follows it",
        new FailoverFault { At = default, To = "" })
    {
        Word = Word,
        Needs = "a standby that can be promoted",
        Example = "to: n3",
        Fields =
        [
            FaultFields<FailoverFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }) with
            {
                Default = "[leader]",
            },
            new("to", "a node", "who takes its place")
            {
                ValueIn = fault => ((FailoverFault)fault).To,
                Read = (fault, value, names) => (FailoverFault)fault with { To = value.OneOf(names) },
                NamesIn = fault => [((FailoverFault)fault).To],
            },
        ],
        Draws =
        [
            // Not among all: a standby that is behind loses what nobody promised to keep.
            new(Word, draws => [Next(draws)]) { When = DrawnWhen.Named, Fits = HasStandbys },
            new(Word, Behind) { When = DrawnWhen.Named, Fits = HasStandbys },
            new(Word, ThereAndBack) { When = DrawnWhen.Named, Fits = MayComeBack },
        ],
        AtLeastMild = static (tolerance, _) =>
            tolerance with { NodesDown = Math.Max(1, tolerance.NodesDown) },
    };

    /// <summary>Who is given up.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [Leader];

    /// <summary>Who takes its place.</summary>
    public required string To { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override bool HasExtent => For is not null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.NodesDown)];

    /// <inheritdoc/>
    public override string Describe() =>
        $"{string.Join(' ', Nodes)} is killed{(HasExtent ? "" : " for good")}, {To} is promoted";

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.Require(Nodes.Count == 1, "hit", "the one node that is the primary", $"{Nodes.Count} nodes");
        check.Require(Nodes[0] != To, "promote", "another node than the one that is killed", To);
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect)
    {
        var returns = ((LiveFaults)world).FailOver(Nodes[0], To, effect);
        return HasExtent ? returns : () => { };
    }

    static IReadOnlyList<string> Standbys(FaultDraws draws) =>
        ((LiveDeployment)draws.Scenario.Deployment).Setup.Standbys;

    static bool HasStandbys(FaultDraws draws) => draws.Tolerance.NodesDown > 0 && Standbys(draws).Count > 0;

    static bool MayComeBack(FaultDraws draws) =>
        HasStandbys(draws) && ((LiveDeployment)draws.Scenario.Deployment).Setup.Returns;

    // The first primary follows for a while, and then leads again.
    static Fault[] ThereAndBack(FaultDraws draws)
    {
        var first = draws.Names[0];
        var step = FaultDraws.Rounded(draws.Latest / 4);
        return
        [
            new FailoverFault
            {
                At = step, For = step, Nodes = [first], To = draws.Random.Choose(Standbys(draws)),
            },
            new FailoverFault { At = 3 * step, To = first },
        ];
    }

    static FailoverFault Next(FaultDraws draws) =>
        new() { At = draws.Window().At, To = draws.Random.Choose(Standbys(draws)) };

    // The standby hears nothing for a while before it is promoted: how far it is behind is what is lost.
    static Fault[] Behind(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        var to = draws.Random.Choose(Standbys(draws));
        return
        [
            new CutFault { At = at, For = lasts, From = [Leader], To = [to] },
            new FailoverFault { At = at + FaultDraws.Rounded(lasts * 0.8), To = to },
        ];
    }
}
