namespace Steelyard.Report;

/// <summary>An architecture: its graph with what each part and call did, and what is full first.</summary>
internal sealed record ArchitectureData
{
    /// <summary>What is full first and why, what is held up by that, and what would be next, in
    /// sentences.</summary>
    public required IReadOnlyList<string> Bottleneck { get; init; }

    /// <summary>The part that is full first, or whose pool to <see cref="BottleneckTo"/> is; null where
    /// nothing can be full.</summary>
    public string? BottleneckPart { get; init; }

    public string? BottleneckTo { get; init; }

    /// <summary>What to call it: the bottleneck, or what would be full first; null where nothing can
    /// be.</summary>
    public string? BottleneckWord { get; init; }

    /// <summary>Whether less than twice the load would fill it.</summary>
    public required bool IsNear { get; init; }

    /// <summary>How much of the begin was cut, or why nothing is settled.</summary>
    public required string Settled { get; init; }

    public required double WindowSeconds { get; init; }

    public required IReadOnlyList<double> Starts { get; init; }

    public required IReadOnlyList<PartData> Parts { get; init; }

    public required IReadOnlyList<CallData> Calls { get; init; }

    public PushData? Push { get; init; }

    /// <summary>What became of writes, and how old what was read was, in sentences.</summary>
    public required IReadOnlyList<string> Effects { get; init; }

    /// <summary>How stale reads were; null where none was.</summary>
    public CurveData? Staleness { get; init; }

    /// <summary>What it costs, in a sentence; null where nothing has a price.</summary>
    public string? Cost { get; init; }
}

/// <summary>A part, with its means over the load and its curves over the run.</summary>
internal sealed record PartData
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required bool IsSource { get; init; }

    /// <summary>How many there are of it: <c>4 × 8 workers</c>.</summary>
    public required string Size { get; init; }

    /// <summary>The share of its workers' time that they were at work; null where their number has no
    /// limit.</summary>
    public double? Utilisation { get; init; }

    public required double PerSecond { get; init; }

    public required double Waiting { get; init; }

    public double? TimeMs { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<double> Came { get; init; }

    public required IReadOnlyList<double> Working { get; init; }

    /// <summary>Workers that were there; null where their number has no limit.</summary>
    public IReadOnlyList<double>? Workers { get; init; }

    public required IReadOnlyList<double> Line { get; init; }

    /// <summary>Instances that were there; null where their number never changed.</summary>
    public IReadOnlyList<double>? Instances { get; init; }

    /// <summary>How many its policy wanted; null where none scales it.</summary>
    public IReadOnlyList<double>? Wanted { get; init; }

    /// <summary>How many what came would have kept wholly at work; null where none scales it.</summary>
    public IReadOnlyList<double>? Needed { get; init; }
}

/// <summary>A call from one part to another, over the load.</summary>
/// <param name="From">Who calls.</param>
/// <param name="To">Who is called.</param>
/// <param name="PerSecond">Calls a second.</param>
/// <param name="Attempts">Attempts of each call, hedges too; 1 where nothing was tried again.</param>
/// <param name="Failed">The share without a good answer.</param>
/// <param name="Pool">The share of its pool in use; null where it has none.</param>
/// <param name="Traits">What was said of it: <c>reads</c>, <c>async</c>.</param>
internal sealed record CallData(
    string From, string To, double PerSecond, double Attempts, double Failed, double? Pool,
    IReadOnlyList<string> Traits);

/// <summary>A push and what became of it: shares of what was due that were answered in time.</summary>
internal sealed record PushData(
    string Words, double Start, double End, double Before, double During, double After, string Verdict,
    double? RecoverySeconds);
