using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>All that a history's numbers say, as a list for tables and <c>result.json</c>.</summary>
public static class RunMeasurements
{
    static readonly (string Name, double Share)[] Percentiles =
        [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999), ("max", 1)];

    /// <summary>
    /// Measures a history. What it cannot tell (latency of a recording without times, sides without a
    /// partition, traffic nobody counted) is left out rather than said to be zero.
    /// </summary>
    /// <param name="history">What clients saw.</param>
    /// <param name="traffic">What went over the wire; null when nobody counted.</param>
    public static IReadOnlyList<Measurement> Of(History history, Traffic? traffic = null)
    {
        var measurements = new List<Measurement>
        {
            new("operations", history.Count, "operations", history.Count),
        };
        AddAvailability(measurements, history);
        AddThroughput(measurements, history);
        foreach (var curve in LatencyCurve.Of(history))
            AddLatency(measurements, curve);
        AddRecovery(measurements, history);
        AddStaleness(measurements, history);
        if (traffic is not null && history.Count > 0)
        {
            measurements.Add(new(
                "messages-per-operation", (double)traffic.Messages / history.Count, "messages",
                history.Count));
            measurements.Add(
                new("bytes-per-operation", (double)traffic.Bytes / history.Count, "bytes", history.Count));
        }

        return measurements;
    }

    static void AddAvailability(List<Measurement> measurements, History history)
    {
        var all = Availability.Of(history);
        if (all.Requests == 0)
            return;
        measurements.Add(new("availability", all.Share, "share", all.Requests));
        foreach (var side in Availability.OfSides(history))
            measurements.Add(new(
                $"availability-{side.Name.Replace(' ', '-')}", side.Share, "share", side.Requests));
        if (Timeline.Of(history) is { } timeline)
            AddWorstWindow(measurements, timeline);
    }

    static void AddWorstWindow(List<Measurement> measurements, Timeline timeline)
    {
        var worst = -1;
        for (var i = 0; i < timeline.Windows; i++)
            if (timeline.All.Invoked[i] > 0
                && (worst < 0 || timeline.All.Availability(i) < timeline.All.Availability(worst)))
                worst = i;
        measurements.Add(new(
            "availability-worst-window", timeline.All.Availability(worst), "share",
            timeline.All.Invoked[worst]));
    }

    static void AddThroughput(List<Measurement> measurements, History history)
    {
        if (!Requests.HasTimes(history))
            return;
        var (startNs, endNs, answered) = (long.MaxValue, long.MinValue, 0L);
        foreach (var request in Requests.Of(history))
        {
            startNs = Math.Min(startNs, request.IntendedNs);
            endNs = Math.Max(endNs, Math.Max(request.InvokedNs, request.CompletedNs));
            answered += Requests.IsAnswered(request) ? 1 : 0;
        }

        if (endNs > startNs)
            measurements.Add(new("throughput", answered / ((endNs - startNs) / 1e9), "1/s", answered));
    }

    static void AddLatency(List<Measurement> measurements, LatencyCurve curve)
    {
        var prefix = curve.Name == "all" ? "latency" : $"latency-{curve.Name}";
        foreach (var (name, share) in Percentiles)
            measurements.Add(new(
                $"{prefix}-{name}", curve.Histogram.PercentileNs(share) / 1e6, "ms", curve.Histogram.Count));
    }

    static void AddRecovery(List<Measurement> measurements, History history)
    {
        if (Recovery.Of(history) is { } recovery)
            measurements.Add(new(
                "recovery-time", recovery.TimeNs is { } timeNs ? timeNs / 1e6 : double.NaN, "ms",
                recovery.Requests));
    }

    // Lower bounds, as ReadStaleness gives them; final reads are not part of the load.
    static void AddStaleness(List<Measurement> measurements, History history)
    {
        var end = Requests.EndOf(history);
        var reads = ReadStaleness.Of(history).Where(read => history[read.Read].InvokedAt < end).ToList();
        if (reads.Count == 0)
            return;
        var (histogram, mostVersions, stale) = (new LatencyHistogram(), 0, 0);
        foreach (var read in reads)
        {
            histogram.Record(read.StalenessNs);
            mostVersions = Math.Max(mostVersions, read.Versions);
            stale += read.Versions > 0 ? 1 : 0;
        }

        measurements.Add(new("stale-reads", (double)stale / reads.Count, "share", reads.Count));
        measurements.Add(new("staleness-versions-max", mostVersions, "versions", reads.Count));
        if (!Requests.HasTimes(history))
            return;
        measurements.Add(new("staleness-p99", histogram.PercentileNs(0.99) / 1e6, "ms", reads.Count));
        measurements.Add(new("staleness-max", histogram.MaxNs / 1e6, "ms", reads.Count));
    }
}
