using System.Text.Json.Serialization;
using Steelyard.Report;

namespace Steelyard.Sweeps;

/// <summary>All that the page of a sweep shows, judged and put into words: the page only draws. Written as
/// JSON into the page; <c>web/src/sweep/data.ts</c> has the same shape. NaN never occurs, null
/// does.</summary>
internal sealed record SweepData
{
    public required string Title { get; init; }

    public required string Summary { get; init; }

    public required string Headline { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required bool Partial { get; init; }

    public required IReadOnlyList<FactData> Facts { get; init; }

    public required IReadOnlyList<VariedData> Varied { get; init; }

    public required IReadOnlyList<AimData> Objectives { get; init; }

    public required IReadOnlyList<PointData> Points { get; init; }

    public required IReadOnlyList<RefusedPoint> Refused { get; init; }

    public CurvesData? Curves { get; init; }

    public required IReadOnlyList<RepeatCommand> Commands { get; init; }

    public required string Version { get; init; }
}

/// <summary>A varied option.</summary>
internal sealed record VariedData(string Name, IReadOnlyList<string> Values);

/// <summary>An objective; better is <c>more</c> or <c>less</c>.</summary>
internal sealed record AimData(string Id, string Words, string Unit, string Better);

/// <summary>A figure with its interval; an end that nothing bounds is null.</summary>
internal sealed record FigureData(double Value, double? Low, double? High, string Text);

/// <summary>A point: standing is <c>frontier</c>, <c>may-be-dominated</c>, <c>dominated</c> or
/// <c>not-placed</c>; verdict is <c>held</c>, <c>broke</c> or <c>unknown</c>.</summary>
internal sealed record PointData
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Values { get; init; }

    public required string Standing { get; init; }

    public required string StandingWords { get; init; }

    public required IReadOnlyList<string> Why { get; init; }

    public required IReadOnlyList<FigureData?> Figures { get; init; }

    public required string Verdict { get; init; }

    public required string VerdictWords { get; init; }

    public required int Seeds { get; init; }

    public required bool Precise { get; init; }

    public string? Unstable { get; init; }

    public required string Repeat { get; init; }

    public string? Report { get; init; }
}

/// <summary>The objectives against one number: which option, and for each curve its name and the places of
/// its points with their numbers.</summary>
internal sealed record CurvesData(
    string Over, string Unit, IReadOnlyList<CurveLineData> Lines, IReadOnlyList<string> Sentences);

/// <summary>One curve; points are places in the list of points.</summary>
internal sealed record CurveLineData(string Name, IReadOnlyList<CurvePlaceData> Points);

/// <summary>A point of a curve.</summary>
internal sealed record CurvePlaceData(double X, int Point);

/// <summary>The data as JSON, in camel case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SweepData))]
internal sealed partial class SweepDataJson : JsonSerializerContext;
