using Steelyard.Analysis.Shapes;
using Steelyard.Analysis.Staleness;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;

namespace Steelyard.Analysis.Measurements;

/// <summary>The measures of a run as a list of numbers.</summary>
internal sealed class MeasurementList
{
    static readonly (string Name, double Share)[] Percentiles =
        [("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999), ("max", 1)];

    readonly History _history;
    readonly MeasuredTotals _totals;
    readonly RunMeasures _measures;
    readonly List<Measurement> _all = [];

    public MeasurementList(History history, MeasuredTotals totals, RunMeasures measures, Traffic? traffic)
    {
        _history = history;
        _totals = totals;
        _measures = measures;
        AddOperations();
        AddAvailability();
        AddThroughput();
        foreach (var curve in measures.Curves)
            AddLatency(curve);
        if (measures.Recovery is { } recovery)
            Add("recovery-time", recovery.TimeNs is { } ns ? ns / 1e6 : double.NaN, "ms",
                Direction.LessIsBetter, recovery.Requests,
                "From the end of the last fault to service as before");
        AddStaleness();
        if (traffic is not null)
            AddTraffic(traffic);
    }

    public IReadOnlyList<Measurement> All => _all;

    void AddOperations()
    {
        var (operations, sessions) = (_totals.Operations, _totals.Sessions);
        var isKept = _history.Count == operations;
        Add("operations", operations, isKept ? "operations" : "requests", Direction.Neither, operations,
            isKept ? "Operations in the history" : "Requests");
        if (sessions > 0)
            Add("sessions", sessions, "sessions", Direction.Neither, sessions,
                "Sessions, which are no requests");
    }

    void AddAvailability()
    {
        var (all, limit) = (_measures.Availability.All, LimitText.Of(_measures.Availability.Limit));
        if (all.Due == 0)
            return;
        Add("requests-due", all.Due, "requests", Direction.Neither, all.Due, "Requests that were due");
        if (all.NeverSent > 0)
            Add("requests-never-sent", all.NeverSent, "requests", Direction.LessIsBetter, all.Due,
                "… never sent, for their client was busy");
        Add("availability", all.Answered, all.Due, $"Answered within {limit}");
        AddWorstWindow(limit);
        Add("availability-ever", all.AnsweredEver, all.Due, "Answered ever");
        foreach (var side in _measures.Availability.Sides)
        {
            var id = side.Name.Replace(' ', '-');
            var words = $"While cut apart, {Side(side.Name)}";
            Add($"availability-{id}", side.Counts.Answered, side.Counts.Due,
                $"{words}: answered within {limit}");
            Add($"availability-ever-{id}", side.Counts.AnsweredEver, side.Counts.Due,
                $"{words}: answered ever");
        }
    }

    static string Side(string name) => name is "majority" or "minority"
        ? $"the {name} side"
        : $"the side of {name}";

    void AddWorstWindow(string limit)
    {
        if (_measures.Timeline is not { } timeline)
            return;
        var worst = timeline.All.Counts.Where(counts => counts.Due > 0).MinBy(counts => counts.Share)!;
        var length = LimitText.Of(TimeSpan.FromMicroseconds(timeline.WindowNs / 1000));
        Add("availability-worst-window", worst.Answered, worst.Due,
            $"Answered within {limit} in the worst {length}");
    }

    void AddThroughput()
    {
        var answered = _totals.AnsweredInLoad;
        if (_totals.LoadSeconds > 0)
            Add("throughput", answered / _totals.LoadSeconds, "1/s", Direction.MoreIsBetter, answered,
                "Requests answered per second of the load");
    }

    void AddLatency(LatencyCurve curve)
    {
        var prefix = curve.Name == "all" ? "latency" : $"latency-{curve.Name}";
        var words = curve.Name == "all" ? "Latency" : $"Latency of {curve.Name}";
        foreach (var (name, share) in Percentiles)
            Add($"{prefix}-{name}", curve.Histogram.PercentileNs(share) / 1e6, "ms", Direction.LessIsBetter,
                curve.Histogram.Count, $"{words}, {name}");
    }

    // Lower bounds, as ReadStaleness gives them; final reads are not part of the load. What bears the names
    // of a register's functions and is something else has none.
    void AddStaleness()
    {
        if (!RegisterShapes.All.Fit(_history))
            return;
        var requests = Requests.Of(_history).Select(request => request.Index).ToHashSet();
        var reads = ReadStaleness.Of(_history).Where(read => requests.Contains(read.Read)).ToList();
        if (reads.Count == 0)
            return;
        var (histogram, mostVersions, stale) = (new LatencyHistogram(), 0, 0);
        foreach (var read in reads)
        {
            histogram.Record(read.StalenessNs);
            mostVersions = Math.Max(mostVersions, read.Versions);
            stale += read.Versions > 0 ? 1 : 0;
        }

        Add("stale-reads", (double)stale / reads.Count, "share", Direction.LessIsBetter, reads.Count,
            "Reads that were stale");
        Add("staleness-versions-max", mostVersions, "versions", Direction.LessIsBetter, reads.Count,
            "Stalest read, in versions behind");
        if (!Requests.HasTimes(_history))
            return;
        Add("staleness-p99", histogram.PercentileNs(0.99) / 1e6, "ms", Direction.LessIsBetter, reads.Count,
            "Staleness of reads, p99");
        Add("staleness-max", histogram.MaxNs / 1e6, "ms", Direction.LessIsBetter, reads.Count,
            "Staleness of reads, largest");
    }

    // What was never sent sent nothing.
    void AddTraffic(Traffic traffic)
    {
        var sent = _totals.Sent;
        if (sent == 0)
            return;
        Add("messages-per-operation", (double)traffic.Messages / sent, "messages", Direction.LessIsBetter,
            sent, "Messages sent per operation");
        Add("bytes-per-operation", (double)traffic.Bytes / sent, "bytes", Direction.LessIsBetter, sent,
            "Bytes sent per operation");
    }

    void Add(string id, long part, long samples, string words) =>
        _all.Add(Measurement.ShareOf(id, part, samples) with { Words = words });

    void Add(string id, double value, string unit, Direction direction, long samples, string words) =>
        _all.Add(new(id, value, unit, direction, samples) { Words = words });
}
