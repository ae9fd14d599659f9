using Steelyard.Histories;

namespace Steelyard.Pipelines;

/// <summary>One thing that was judged, as a pipeline lists it.</summary>
/// <param name="Name">What was judged: a promise, a seed.</param>
/// <param name="Validity">What came of it.</param>
/// <param name="Told">One sentence: what was found.</param>
internal sealed record PipelineCase(string Name, Validity Validity, string Told)
{
    /// <summary>The rule that it was held to: a checker's name.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule in a sentence; null where it has none.</summary>
    public string? Sentence { get; init; }

    /// <summary>More of what was found, a line each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The command that shows it again; null is that of the suite.</summary>
    public string? Repeat { get; init; }

    /// <summary>A verdict.</summary>
    public static PipelineCase Of(Verdict verdict) => new(verdict.Checker, verdict.Validity, verdict.Summary)
    {
        Rule = verdict.Checker,
        Sentence = verdict.Sentence,
        Details = verdict.Validity == Validity.Invalid
            ? [.. verdict.Anomalies.Select(anomaly => $"{anomaly.Type}: {anomaly.Explanation}")] : [],
    };
}
