using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Faults;

/// <summary>A kind of fault of a user's own, in one file: nodes that hear and are not heard.</summary>
internal sealed record MuteFault : Fault
{
    public static FaultKind Defined { get; } = new(
        "mute", "nodes hear and are not heard", new MuteFault { At = default, Nodes = [] })
    {
        Word = "mute",
        Needs = "two nodes",
        Example = "nodes: [n1], cause: firmware",
        Fields =
        [
            FaultFields<MuteFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
            FaultFields<MuteFault>.Word(
                "cause", "why", fault => fault.Cause, (fault, cause) => fault with { Cause = cause }) with
            {
                Default = "cable",
            },
        ],
        Draws = [new("mute", draws => [Next(draws)]) { Fits = draws => draws.Names.Count > 1 }],
    };

    public enum Why
    {
        Cable,
        Firmware,
    }

    public required IReadOnlyList<string> Nodes { get; init; }

    public Why Cause { get; init; }

    public override FaultKind Row => Defined;

    public override IReadOnlyList<string> Hit => Nodes;

    public override IEnumerable<FaultCost> Costs => [Cost(FaultResources.NodesDown)];

    public override string Describe() => $"{string.Join(' ', Nodes)} mute ({Cause})";

    public override void Check(FaultCheck check)
    {
        check.RequireNodes(Nodes);
        check.Require(check.Scenario.Cluster.Nodes.Count > 1, "mute", "somebody who could hear", "nobody");
    }

    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        world.WorsenLinks(Nodes, [], new(Loss: 1, Duplication: 0, Reordering: 0, Slowdown: 1), effect);

    static MuteFault Next(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        return new() { At = at, For = lasts, Nodes = [Leader] };
    }
}
