using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>
/// Makes nodes slow: each message costs its processor this much more, as long as it lasts. What still
/// waits when it ends costs what it would have cost without.
/// </summary>
public sealed record SlowFault : Fault
{
    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "slow", "makes nodes slow: each message costs its processor more",
        new SlowFault { At = default, Nodes = [], PerMessage = default })
    {
        Word = PauseFault.Word,
        Needs = "nodes",
        Example = "nodes: [n1], per-message: 5ms",
        Fields =
        [
            FaultFields<SlowFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
            FaultFields<SlowFault>.DurationFromZero(
                "per-message", "added processor time a message", fault => fault.PerMessage,
                (fault, time) => fault with { PerMessage = time }),
        ],
        Draws = [new(PauseFault.Word, draws => [Next(draws)]) { Fits = draws => draws.Tolerance.Pauses }],
        AtLeastMild = static (tolerance, _) => tolerance with { Pauses = true },
    };

    /// <summary>Who is slow.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Added processor time a message.</summary>
    public required TimeSpan PerMessage { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs =>
        [Cost(FaultResources.PerMessage, PerMessage.TotalSeconds)];

    /// <inheritdoc/>
    public override string Describe() =>
        $"{PlanNames.Words(Nodes)} slower by {Durations.Format(PerMessage)} a message";

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.RequireNodes(Nodes);
        check.Require(
            PerMessage > TimeSpan.Zero, "cost", "more than 0s a message", Durations.Format(PerMessage));
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        OnEachNode(world, node => node.Slow(PerMessage, effect));

    static SlowFault Next(FaultDraws draws)
    {
        var (at, lasts) = draws.Window();
        var perMessage = TimeSpan.FromMilliseconds(0.2 * Math.Pow(50, draws.Random.NextDouble()));
        return new()
        {
            At = at, For = lasts, Nodes = draws.Some(1), PerMessage = FaultDraws.Rounded(perMessage),
        };
    }
}
