using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Serving;

/// <summary>No request fails, but for those that a fault excuses. A deploy (a drain) excuses nothing, where
/// nobody says otherwise; a refusal is no failure.</summary>
/// <param name="function">The requests that are judged; null is all.</param>
public sealed class NoFailedRequest(string? function = null) : IChecker
{
    /// <inheritdoc/>
    public string Name => "no-failed-request";

    /// <inheritdoc/>
    public string Sentence => "No request fails";

    /// <summary>The kinds of faults, as plans name them, that excuse nothing.</summary>
    public IReadOnlyList<string> Despite { get; init; } = ["drain"];

    /// <summary>How long a fault excuses after its end: for connections that broke to be given up.</summary>
    public TimeSpan Afterwards { get; init; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var excuses = Excuses.Of(history, Despite, Afterwards);
        var judged = history.Operations.Where(request => request is { IsRequest: true, IsSent: true }
            && (function is null || request.Function == function) && !excuses.Excuse(request)).ToList();
        if (judged.Count == 0)
            return Verdict.Undecided(Name, "no request was far enough from every fault");
        var failed = judged.Where(request => !request.IsAnswered).ToList();
        return failed.Count > 0
            ? Verdict.Broken(Name, [.. failed.Take(MostAnomalies).Select(Describe)])
            : Verdict.Holds(
                Name, $"all {Count(judged.Count, "request")} were answered that no fault excuses");
    }

    static Anomaly Describe(Operation request) => new(
        "failed-request",
        $"{request.Function} of process {request.ProcessName} failed ({request.Error ?? "it never ended"})"
        + " though no fault excuses it",
        [request.Index]);
}
