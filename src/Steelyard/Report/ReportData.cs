using System.Text.Json.Serialization;

namespace Steelyard.Report;

/// <summary>
/// All the page shows, already judged, measured, thinned and put into words: the page only draws. Written as
/// JSON into the page; <c>web/src/data.ts</c> has the same shape. Times are seconds of the run; NaN never
/// occurs, null does.
/// </summary>
internal sealed record ReportData
{
    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required string Headline { get; init; }

    public required IReadOnlyList<string> Trade { get; init; }

    public required bool Partial { get; init; }

    public string? Story { get; init; }

    /// <summary>Whether the story names figures, which are those of one run.</summary>
    public bool StoryHasFigures { get; init; } = true;

    public required IReadOnlyList<FactData> Facts { get; init; }

    public required IReadOnlyList<PromiseData> Promises { get; init; }

    public required IReadOnlyList<FaultWindowData> Faults { get; init; }

    /// <summary>What was run as an architecture; null for whatever is none.</summary>
    public ArchitectureData? Architecture { get; init; }

    public TimelineData? Timeline { get; init; }

    /// <summary>How far it came, where all was due at once; null where a timeline tells more.</summary>
    public ProgressData? Progress { get; init; }

    public required IReadOnlyList<CutData> Cuts { get; init; }

    public required IReadOnlyList<CurveData> Curves { get; init; }

    public required IReadOnlyList<ExcerptData> Excerpts { get; init; }

    public required IReadOnlyList<MeasurementData> Measurements { get; init; }

    public required IReadOnlyList<OptionData> Options { get; init; }

    public required IReadOnlyList<RepeatCommand> Commands { get; init; }

    public required string Version { get; init; }
}

/// <summary>A small fact for the head of the page: <c>seed</c>, <c>0x2a</c>.</summary>
internal sealed record FactData(string Name, string Text);

/// <summary>One promise and its verdict: <c>held</c>, <c>broke</c> or <c>unknown</c>; where consistency
/// models were judged, the weakest ruled out and the strongest that still stand.</summary>
internal sealed record PromiseData(
    string Checker, string Words, string Verdict, string Summary, string? Proof,
        IReadOnlyList<AnomalyData> Anomalies,
    int AnomaliesLeftOut, IReadOnlyList<string> RuledOut, IReadOnlyList<string> Held,
    IReadOnlyList<string> Undecided);

/// <summary>One anomaly, its witness in words, and the place of its space-time excerpt, or null.</summary>
internal sealed record AnomalyData(
    string Type, string Explanation, IReadOnlyList<string> Witness, int WitnessLeftOut, int? Excerpt,
    CycleData? Cycle, MeaningData? Meaning, OrdersData? Orders);

/// <summary>The longest orders of the operations named that fit, and how many more there are.</summary>
internal sealed record OrdersData(
    IReadOnlyList<OrderedOperationData> Operations, IReadOnlyList<OrderData> Orders, int LeftOut);

/// <summary>An operation, with the places of its beginning and its end among those of all; no end where it
/// may take effect later, as others than those of the witness may.</summary>
internal sealed record OrderedOperationData(
    long Index, string Who, string Label, string Detail, int From, int? To, bool IsOther);

/// <summary>One order: the state at first, the steps, what could come next and does not fit, and how many
/// come only after that.</summary>
internal sealed record OrderData(
    string Initial, IReadOnlyList<OrderStepData> Steps, IReadOnlyList<OrderRefusalData> Refused, int Later);

/// <summary>A step: the place of its operation among those drawn, and the state after it.</summary>
internal sealed record OrderStepData(int Operation, string State);

/// <summary>What does not fit, and what holds instead.</summary>
internal sealed record OrderRefusalData(int Operation, string Why);

/// <summary>What an anomaly is, whatever the history: its plain name, a sentence, the smallest history that
/// shows it, in which systems it was seen (null where none is known), and where all that stands.</summary>
internal sealed record MeaningData(
    string Plain, string Sentence, IReadOnlyList<ExampleData> Examples, string? SeenIn, string Place);

/// <summary>A small history, and the model that it is judged as.</summary>
internal sealed record ExampleData(string Model, string Text);

/// <summary>A cycle of dependencies; edge i leads from node i to the next, the last one to the
/// first.</summary>
/// <param name="Caption">What must be said of it first, or null.</param>
/// <param name="Nodes">The transactions drawn.</param>
/// <param name="Edges">An edge for each of them.</param>
/// <param name="Gap">The place in both where those stood that are left out.</param>
/// <param name="LeftOut">How many are left out.</param>
/// <param name="Legend">What the kinds of its edges mean.</param>
internal sealed record CycleData(
    string? Caption, IReadOnlyList<CycleNodeData> Nodes, IReadOnlyList<CycleEdgeData> Edges, int Gap,
    int LeftOut, IReadOnlyList<LegendData> Legend);

/// <summary>A kind of edge, in plain words.</summary>
internal sealed record LegendData(string Kind, string Plain, string Meaning);

/// <summary>A transaction, with its steps.</summary>
internal sealed record CycleNodeData(
    string Name, string Who, IReadOnlyList<CycleStepData> Steps, int StepsLeftOut);

/// <summary>A step, and whether an edge beside it is about its key.</summary>
internal sealed record CycleStepData(string Text, bool IsAbout);

/// <summary>Why one comes before the next: <c>ww</c>, <c>wr</c>, <c>rw</c>, <c>process</c> or
/// <c>realtime</c>.</summary>
internal sealed record CycleEdgeData(string Kind, string Label, string Explanation);

/// <summary>A fault as it happened; an instant ends where it starts. Whether it did anything, or null where
/// nobody looked.</summary>
internal sealed record FaultWindowData(string Kind, string Description, double Start, double End,
    bool Instant, bool? HadEffect);

/// <summary>Series over the run, one value for each bucket; null where nothing was measured.</summary>
internal sealed record TimelineData
{
    public required double BucketSeconds { get; init; }

    public required string Limit { get; init; }

    public required IReadOnlyList<double> Starts { get; init; }

    public required IReadOnlyList<double?> P50 { get; init; }

    public required IReadOnlyList<double?> P99 { get; init; }

    public required IReadOnlyList<double?> Max { get; init; }

    public required SideData All { get; init; }

    public required IReadOnlyList<SideData> Sides { get; init; }
}

/// <summary>How many of the requests that were all due at once had been answered at the end of each window,
/// and how many a second were in it.</summary>
internal sealed record ProgressData(
    double WindowSeconds, IReadOnlyList<double> Starts, IReadOnlyList<long> Done,
    IReadOnlyList<double> PerSecond, long Due);

/// <summary>What became of the requests that were due in each bucket, of the clients beside some
/// nodes.</summary>
internal sealed record SideData(
    string Name, IReadOnlyList<string> Nodes, IReadOnlyList<long> Due, IReadOnlyList<long> Answered,
    IReadOnlyList<long> Late, IReadOnlyList<long> Refused, IReadOnlyList<long> Unknown,
    IReadOnlyList<long> NeverSent);

/// <summary>A time in which the cluster was cut apart.</summary>
internal sealed record CutData(double Start, double End, IReadOnlyList<CutSideData> Sides);

/// <summary>A side meanwhile, and what was due there: answered within the limit, and later.</summary>
internal sealed record CutSideData(
    string Name, IReadOnlyList<string> Nodes, long Due, long Answered, long Late);

/// <summary>A percentile curve: share (0 to 1) and latency in ms, both ascending.</summary>
internal sealed record CurveData(string Name, long Samples, IReadOnlyList<double> Shares,
    IReadOnlyList<double> Ms);

/// <summary>A measurement in the words of a table; with the ends of its 95 % interval where one was found,
/// and how it was, or why none was.</summary>
internal sealed record MeasurementData(
    string Name, string Words, double? Value, double? Low, double? High, string? How, string Unit,
    long Samples);

/// <summary>One option of the run.</summary>
internal sealed record OptionData(string Name, string Value, bool Given);

/// <summary>A space-time excerpt: lanes, and what happened on and between them in a few windows of
/// time.</summary>
internal sealed record ExcerptData
{
    /// <summary>False when times are positions: a second is a thousand events.</summary>
    public required bool HasTimes { get; init; }

    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Note { get; init; }

    public required IReadOnlyList<SpanData> Windows { get; init; }

    public required IReadOnlyList<LaneData> Lanes { get; init; }

    public required IReadOnlyList<OperationData> Operations { get; init; }

    public required IReadOnlyList<MessageData> Messages { get; init; }

    public required IReadOnlyList<NoteData> Notes { get; init; }

    public required IReadOnlyList<StateData> States { get; init; }
}

/// <summary>A window of time.</summary>
internal sealed record SpanData(double From, double To);

/// <summary>A lane: a node, or a client by its home.</summary>
internal sealed record LaneData(string Name, string Kind, string Group);

/// <summary>An operation on a lane; no end is one that never completed.</summary>
internal sealed record OperationData(
    long Index, int Lane, double From, double? To, string Label, string Detail, string Outcome, bool Witness);

/// <summary>A message between lanes; no arrival is one that was lost.</summary>
internal sealed record MessageData(
    int From, int To, double Sent, double? Arrives, string Label, string Detail, string? Fate);

/// <summary>Something a node said.</summary>
internal sealed record NoteData(int Lane, double At, string Text);

/// <summary>What a node shows of itself from some time on: all of it, and what is new.</summary>
internal sealed record StateData(int Lane, double At, string Text, string Changed);

/// <summary>Writes the data: ordered, the same in every culture, null left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(ReportData))]
internal sealed partial class ReportJson : JsonSerializerContext;
