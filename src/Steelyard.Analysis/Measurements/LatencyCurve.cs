using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>A point of a percentile curve.</summary>
/// <param name="Share">Share of requests at least this fast, from 0 to 1.</param>
/// <param name="Ms">Latency in ms.</param>
public readonly record struct PercentilePoint(double Share, double Ms);

/// <summary>Latencies of a history's answered requests, from intended start to completion.</summary>
/// <param name="Name"><c>all</c>, or the function.</param>
/// <param name="Histogram">The counts.</param>
public sealed record LatencyCurve(string Name, LatencyHistogram Histogram)
{
    static readonly double[] Shares =
    [
        0, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.96, 0.97, 0.98,
        0.985, 0.99, 0.9925, 0.995, 0.9975, 0.999, 0.9995, 0.9999, 0.99999, 1,
    ];

    /// <summary>
    /// The curve's points, both coordinates ascending. A percentile beyond what the samples can tell (less
    /// than one sample lies above it) is left out; the largest value ends the curve.
    /// </summary>
    public IReadOnlyList<PercentilePoint> Points =>
    [
        .. Shares
            .Where(share => share >= 1 || (1 - share) * Histogram.Count >= 1)
            .Select(share => new PercentilePoint(share, Histogram.PercentileNs(share) / 1e6)),
    ];

    /// <summary>All requests first, then each function by name; none when the history has no times. Only
    /// requests that were answered count: a refusal is fast and says nothing of the service.</summary>
    public static IReadOnlyList<LatencyCurve> Of(History history)
    {
        if (!Requests.HasTimes(history))
            return [];
        var all = new LatencyHistogram();
        var functions = new SortedDictionary<string, LatencyHistogram>(StringComparer.Ordinal);
        foreach (var request in Requests.Of(history))
        {
            if (!Requests.IsAnswered(request))
                continue;
            var latencyNs = Requests.LatencyNs(request);
            all.Record(latencyNs);
            if (!functions.TryGetValue(request.Function, out var histogram))
                functions.Add(request.Function, histogram = new LatencyHistogram());
            histogram.Record(latencyNs);
        }

        if (all.Count == 0)
            return [];
        return [new("all", all), .. functions.Select(pair => new LatencyCurve(pair.Key, pair.Value))];
    }
}
