using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>Moves wall clocks at once, and for good.</summary>
public sealed record ClockJumpFault : Fault
{
    /// <summary>The palette of clocks.</summary>
    internal const string Word = "clock";

    const int TimesTheBound = 10;
    static readonly TimeSpan LeastJump = TimeSpan.FromMilliseconds(1);
    static readonly TimeSpan LargestJump = TimeSpan.FromMinutes(10);

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "clock-jump", "moves wall clocks at once, and for good",
        new ClockJumpFault { At = default, Nodes = [], By = default })
    {
        Word = Word,
        Needs = "nodes",
        Disturbs = false,
        Example = "nodes: [n1], by: -2s",
        Fields =
        [
            FaultFields<ClockJumpFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
            FaultFields<ClockJumpFault>.Duration(
                "by", "by how much; negative is back", fault => fault.By,
                (fault, by) => fault with { By = by }),
        ],
        Draws =
        [
            new(Word, draws => [Next(draws)])
            {
                Fits = draws => draws.Tolerance.ClockSkew is not { } skew || skew > TimeSpan.Zero,
            },
        ],
        Excesses =
        [
            new(Word, draws => [Excess(draws)]) { Fits = draws => draws.Tolerance.ClockSkew is not null },
        ],
        AtLeastMild = static (tolerance, scenario) =>
        {
            var atLeast = (2 * scenario.Cluster.InitialSkew) + TimeSpan.FromMilliseconds(20);
            return tolerance with
            {
                ClockSkew = tolerance.ClockSkew < atLeast ? atLeast : tolerance.ClockSkew,
            };
        },
    };

    /// <summary>Whose.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>By how much; negative is back.</summary>
    public required TimeSpan By { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override bool HasExtent => false;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs =>
        [Cost(FaultResources.ClockMoved, By.Duration().TotalSeconds)];

    /// <inheritdoc/>
    public override string Describe() =>
        $"clock of {PlanNames.Words(Nodes)} jumps by {Durations.Format(By)}";

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.RequireNodes(Nodes);
        check.Require(By != TimeSpan.Zero, "jump", "a time other than 0s", "0s");
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        OnceOnEachNode(world, node => node.JumpClock(By, effect));

    static ClockJumpFault Next(FaultDraws draws)
    {
        var half = draws.Tolerance.ClockSkew / 2 ?? LargestJump;
        var largest = half < LargestJump ? half : LargestJump;
        var size = LeastJump * Math.Pow(Math.Max(1, largest / LeastJump), draws.Random.NextDouble());
        return EitherWay(draws, FaultDraws.Rounded(size));
    }

    static ClockJumpFault Excess(FaultDraws draws) => EitherWay(draws, TimesTheBound *
        (draws.Tolerance.ClockSkew is { } skew && skew > TimeSpan.Zero ? skew
            : TimeSpan.FromMilliseconds(100)));

    static ClockJumpFault EitherWay(FaultDraws draws, TimeSpan size)
    {
        var (at, _) = draws.Window();
        return new() { At = at, Nodes = draws.Some(1), By = draws.Random.Chance(0.5) ? size : -size };
    }
}
