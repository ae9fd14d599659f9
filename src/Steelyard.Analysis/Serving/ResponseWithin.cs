using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Serving;

/// <summary>Requests are answered within a time, counted from when they were due; what a fault excuses is not
/// judged.</summary>
/// <param name="limit">The time; above 0.</param>
/// <param name="function">The requests that are judged; null is all.</param>
public sealed class ResponseWithin(TimeSpan limit, string? function = null) : IChecker
{
    const double NsPerMs = 1e6;

    /// <inheritdoc/>
    public string Name => "response-within";

    /// <inheritdoc/>
    public string Sentence => FormattableString.Invariant(
        $"{(Share < 1 ? $"{Share * 100:0.##} % of requests are" : "Every request is")} answered within ")
        + FormattableString.Invariant($"{limit.TotalMilliseconds:0.###} ms");

    /// <summary>The share of requests that must be, above 0, at most 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The kinds of faults, as plans name them, that excuse nothing.</summary>
    public IReadOnlyList<string> Despite { get; init; } = ["drain"];

    /// <summary>How long a fault excuses after its end.</summary>
    public TimeSpan Afterwards { get; init; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var excuses = Excuses.Of(history, Despite, Afterwards);
        var judged = history.Operations.Where(request => request.IsRequest
            && (function is null || request.Function == function) && !excuses.Excuse(request)).ToList();
        if (judged.Count == 0)
            return Verdict.Undecided(Name, "no request was far enough from every fault");
        var late = judged.Where(IsLate).ToList();
        var inTime = judged.Count - late.Count;
        return inTime < Share * judged.Count
            ? Verdict.Broken(Name, [.. late.OrderByDescending(Ms).Take(MostAnomalies)
                .Select(request => Describe(request, late.Count, judged.Count))])
            : Verdict.Holds(
                Name, FormattableString.Invariant(
                    $"{inTime:N0} of {Count(judged.Count, "request")} that no fault excuses were in time"));
    }

    bool IsLate(Operation request) => !request.IsAnswered || Ms(request) > limit.TotalMilliseconds;

    static double Ms(Operation request) => request.IsAnswered
        ? (request.CompletedNs - request.IntendedNs) / NsPerMs
        : double.PositiveInfinity;

    Anomaly Describe(Operation request, int late, int judged) => new(
        "late-answer",
        $"{request.Function} of process {request.ProcessName} was "
        + (request.IsAnswered
            ? FormattableString.Invariant($"answered {Ms(request):0.0} ms after it was due")
            : $"not answered ({request.Error ?? "it never ended"})")
        + FormattableString.Invariant($", expected within {limit.TotalMilliseconds:0.###} ms")
        + FormattableString.Invariant($" ({late:N0} of {judged:N0} were too late)"),
        [request.Index]);
}
