using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Serving;

/// <summary>What a cache does not have is loaded once: never are two loads of one key under way at the place
/// it is loaded from. The key is what is asked, method and path. The host must be watched.</summary>
/// <param name="host">The host that is loaded from.</param>
/// <param name="what">What the loads begin with, <c>GET /items/</c>; null is all.</param>
public sealed class OneLoadPerKey(string host, string? what = null) : IChecker
{
    /// <inheritdoc/>
    public string Name => "one-load-per-key";

    /// <inheritdoc/>
    public string Sentence => $"Nothing is loaded from {host} twice at once";

    /// <summary>Whether each host may load for itself, as caches in memory do.</summary>
    public bool PerHost { get; init; }

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        if (ServedCall.Of(history, host) is not { } all)
            return Verdict.Undecided(Name, ServedCall.Unseen(host));
        var loads = all.Where(call => what is null || call.What.StartsWith(what, StringComparison.Ordinal))
            .ToList();
        if (loads.Count == 0)
            return Verdict.Undecided(Name, $"nothing was loaded from {host}");
        var keys = loads.GroupBy(load => (load.What, Of: PerHost ? load.From : "")).ToList();
        Anomaly[] found =
        [
            .. keys.Select(key => ServedCall.FirstCrowd(key, most: 1)).OfType<List<ServedCall>>()
                .Take(MostAnomalies).Select(Describe),
        ];
        return found.Length > 0
            ? Verdict.Broken(Name, found)
            : Verdict.Holds(
                Name,
                $"none of {Count(keys.Count, "key")} was loaded twice at once, in"
                + $" {Count(loads.Count, "load")}");
    }

    Anomaly Describe(List<ServedCall> two) => new(
        "herd",
        FormattableString.Invariant(
            $"{two[1].From} loaded {two[0].What} from {host} at {two[1].BeginNs / 1e9:0.000} s, while ")
        + FormattableString.Invariant($"{two[0].From} did so since {two[0].BeginNs / 1e9:0.000} s"),
        [two[0].Source]);
}
