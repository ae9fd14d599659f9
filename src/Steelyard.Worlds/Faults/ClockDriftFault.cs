namespace Steelyard.Worlds.Faults;

/// <summary>Makes clocks run fast or slow, the monotonic ones too.</summary>
public sealed record ClockDriftFault : Fault
{
    const int TimesTheBound = 10;
    const int ExcessivePpm = 200_000;
    const int LargestExcessPpm = 400_000;

    // Drift of a broken oscillator; a good one stays within 100 ppm.
    const int WorstPpm = 100_000;

    /// <summary>Its row.</summary>
    public static FaultKind Defined { get; } = new(
        "clock-drift", "makes clocks run fast or slow, the monotonic ones too",
        new ClockDriftFault { At = default, Nodes = [], PartsPerMillion = default })
    {
        Word = ClockJumpFault.Word,
        Needs = "nodes",
        Disturbs = false,
        Example = "nodes: [n1], ppm: -200",
        Fields =
        [
            FaultFields<ClockDriftFault>.Nodes(
                fault => fault.Nodes, (fault, nodes) => fault with { Nodes = nodes }),
            FaultFields<ClockDriftFault>.Integer(
                "ppm", "parts per million; negative is slow", fault => fault.PartsPerMillion,
                (fault, ppm) => fault with { PartsPerMillion = ppm }),
        ],
        Draws =
        [
            new(ClockJumpFault.Word, draws => [Next(draws)])
            {
                Fits = draws => draws.Tolerance.ClockDriftPpm is null or > 0,
            },
        ],
        Excesses =
        [
            new(ClockJumpFault.Word, draws => [Excess(draws)])
            {
                Fits = draws => draws.Tolerance.ClockDriftPpm is not null,
            },
        ],
        AtLeastMild = static (tolerance, _) => tolerance with
        {
            ClockDriftPpm = tolerance.ClockDriftPpm is 0 ? 100 : tolerance.ClockDriftPpm,
        },
    };

    /// <summary>Whose.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Parts per million; negative is slow.</summary>
    public required int PartsPerMillion { get; init; }

    /// <inheritdoc/>
    public override FaultKind Row => Defined;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Hit => Nodes;

    /// <inheritdoc/>
    public override IEnumerable<FaultCost> Costs =>
    [
        Cost(FaultResources.ClockDrift, PartsPerMillion),
        // The wall clock follows, and stays where it was led to.
        Cost(FaultResources.ClockMoved, (For ?? TimeSpan.Zero).TotalSeconds * Math.Abs(PartsPerMillion / 1e6))
            with { Until = TimeSpan.MaxValue },
    ];

    /// <inheritdoc/>
    public override string Describe() =>
        $"clock of {PlanNames.Words(Nodes)} drifts by {PartsPerMillion} ppm";

    /// <inheritdoc/>
    public override void Check(FaultCheck check)
    {
        check.RequireNodes(Nodes);
        check.Require(
            Math.Abs((long)PartsPerMillion) <= (long)FaultResources.ClockDrift.Limit && PartsPerMillion != 0,
            "drift", $"{FaultResources.ClockDrift.LimitWords}, and not 0", $"{PartsPerMillion}");
    }

    /// <inheritdoc/>
    public override Action Apply(IFaultableWorld world, EffectMark effect) =>
        OnEachNode(world, node => node.DriftClock(PartsPerMillion, effect));

    static ClockDriftFault Next(FaultDraws draws) =>
        EitherWay(draws, draws.Random.Next(1, (draws.Tolerance.ClockDriftPpm ?? WorstPpm) + 1));

    static ClockDriftFault Excess(FaultDraws draws) => EitherWay(draws, Math.Clamp(
        TimesTheBound * (draws.Tolerance.ClockDriftPpm ?? 0), ExcessivePpm, LargestExcessPpm));

    static ClockDriftFault EitherWay(FaultDraws draws, int ppm)
    {
        var (at, lasts) = draws.Window();
        return new()
        {
            At = at,
            For = lasts,
            Nodes = draws.Some(1),
            PartsPerMillion = draws.Random.Chance(0.5) ? ppm : -ppm,
        };
    }
}
