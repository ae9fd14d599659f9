using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Serving;

/// <summary>A host serves no more than so many requests at once, whoever asks: what a lock, a lease or a
/// bulkhead before it is for. The host must be watched.</summary>
/// <param name="most">How many; 1 or more.</param>
/// <param name="host">The host.</param>
/// <param name="what">What the requests begin with, <c>POST /charges</c>; null is all.</param>
public sealed class MaxConcurrent(int most, string host, string? what = null) : IChecker
{
    /// <inheritdoc/>
    public string Name => "max-concurrent";

    /// <inheritdoc/>
    public string Sentence => $"{host} serves no more than {most} at once";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        if (ServedCall.Of(history, host) is not { } all)
            return Verdict.Undecided(Name, ServedCall.Unseen(host));
        var calls = all.Where(call => what is null || call.What.StartsWith(what, StringComparison.Ordinal))
            .ToList();
        if (calls.Count == 0)
            return Verdict.Undecided(Name, $"{host} served no {what}");
        return ServedCall.FirstCrowd(calls, most) is { } crowd
            ? Verdict.Broken(Name, new Anomaly("too-many-at-once", Describe(crowd), [crowd[0].Source]))
            : Verdict.Holds(
                Name, $"of {Count(calls.Count, "request")} at {host} never more than {most} at once");
    }

    string Describe(List<ServedCall> crowd) => FormattableString.Invariant(
        $"{host} served {crowd.Count:N0} at once at {crowd[^1].BeginNs / 1e9:0.000} s, expected {most}: ")
        + string.Join("; ", crowd.Take(MostAnomalies).Select(call =>
            FormattableString.Invariant($"{call.What} of {call.From} since {call.BeginNs / 1e9:0.000} s")));
}
