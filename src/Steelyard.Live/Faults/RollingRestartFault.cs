using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>
/// Nodes are restarted one after the other, as an upgrade does it: each is stopped in good order, started,
/// and ready before the next. It is over when the last one is back, whenever that is.
/// </summary>
internal sealed record RollingRestartFault : Fault, ICoursedFault
{
    const string Word = "rolling-restart";

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        Word, "restarts nodes one after the other, each ready before the next is stopped",
        new RollingRestartFault { At = default })
    {
        Word = Word,
        Needs = "a node that can be told to stop in good order",
        Example = "rest: 1s",
        Fields =
        [
            FaultFields<RollingRestartFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }) with
            {
                IsOptional = true, Default = "all of them, in order",
            },
            FaultFields<RollingRestartFault>.DurationFromZero(
                "rest", "how long all are left alone between two", fault => fault.Rest,
                (fault, rest) => fault with { Rest = rest }) with
            {
                IsOptional = true, Default = "0s",
            },
        ],
        // Not among all, which stop nodes one after the other by drains.
        Draws = [new(Word, draws => [One(draws)]) { When = DrawnWhen.Named }],
        AtLeastMild = static (tolerance, _) =>
            tolerance with { NodesDown = Math.Max(1, tolerance.NodesDown) },
    };

    /// <summary>Who is restarted, in order; none is all.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>How long all are left alone between two, from 0 up.</summary>
    public TimeSpan Rest { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    // One at a time, whoever it is.
    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs =>
        [Cost(FaultResources.NodesDown) with { Nodes = [.. Nodes.DefaultIfEmpty(Leader).Take(1)] }];

    /// <inheritdoc/>
    public override string Describe() =>
        $"{(Nodes.Count == 0 ? "all nodes" : string.Join(' ', Nodes))} restart one after the other";

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        Begin((LiveFaults)world, effect).Stop;

    /// <inheritdoc/>
    public FaultCourse Begin(LiveFaults world, EffectMark effect) =>
        world.RestartInTurn(Nodes, Rest, effect);

    static RollingRestartFault One(FaultDraws draws) => new()
    {
        At = draws.Window().At, Nodes = draws.Shuffled(),
    };
}
