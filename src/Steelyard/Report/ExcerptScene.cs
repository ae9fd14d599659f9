using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>What a space-time excerpt is to show: an anomaly's witness, or the moment a fault
/// begins.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Nearest">What the shown are nearest to, in words: <c>the witness</c>.</param>
/// <param name="Anomaly">The anomaly; null when nothing broke.</param>
/// <param name="Witness">Indices of the operations that show it.</param>
/// <param name="FocusNs">The moments of interest: what is near them is drawn first.</param>
/// <param name="Windows">What stretches of time are drawn, apart and in order.</param>
internal sealed record ExcerptScene(
    string Title, string Nearest, Anomaly? Anomaly, IReadOnlyList<int> Witness, IReadOnlyList<long> FocusNs,
    IReadOnlyList<TimeWindow> Windows)
{
    const int MostAnomalies = 3;
    const int MostWitnesses = 8;
    const long Millisecond = 1_000_000;

    // Wide enough for a round trip between sites on either side.
    const long MarginNs = 60 * Millisecond;
    const long LongNs = 500 * Millisecond;
    const long AfterLongNs = 250 * Millisecond;
    const long AfterLastNs = 2 * Millisecond;

    // A fold has a cost too: the eye must jump.
    const long LeastFoldNs = 150 * Millisecond;

    /// <summary>The first few anomalies, one of each promise before a second of any; without anomalies the
    /// first fault, and without faults the middle of the run.</summary>
    public static IReadOnlyList<ExcerptScene> Of(History history, IReadOnlyList<Verdict> verdicts)
    {
        if (history.Count == 0)
            return [];
        var clock = new HistoryClock(history);
        var anomalies = verdicts
            .SelectMany(v => v.Anomalies.Index())
            .Where(a => a.Item.Witness.Count > 0)
            .OrderBy(a => a.Index)
            .Take(MostAnomalies)
            .Select(a => OfAnomaly(history, clock, a.Item))
            .ToList();
        return anomalies.Count > 0 ? anomalies : [OfQuiet(history, clock)];
    }

    static ExcerptScene OfAnomaly(History history, HistoryClock clock, Anomaly anomaly)
    {
        var witness = anomaly.Witness.Take(MostWitnesses).ToList();
        var focus = new List<long>();
        var windows = new List<TimeWindow>();
        foreach (var operation in witness.Select(i => history[i]))
        {
            var (start, end) = (clock.StartNs(operation), clock.EndNs(operation));
            focus.Add(start);
            focus.Add(end);
            var isLong = end - start > LongNs;
            var firstEnd = isLong ? start + AfterLongNs : end + MarginNs;
            windows.Add(new(Math.Max(0, start - MarginNs), firstEnd));
            if (isLong)
                windows.Add(new(end - MarginNs, end + MarginNs));
        }

        // Nothing is to be seen after the last operation.
        var last = clock.LastNs + AfterLastNs;
        return new(
            anomaly.Explanation, "the witness", anomaly, witness, focus,
            Merged(windows.Select(window => window with { ToNs = Math.Min(window.ToNs, last) })));
    }

    static ExcerptScene OfQuiet(History history, HistoryClock clock)
    {
        var fault = !clock.HasTimes ? null
            : history.Faults.Count > 0 ? history.Faults[0] : null;
        var at = fault?.TimeNs ?? clock.StartNs(history[history.Count / 2]);
        var title = fault is null ? "In the middle of the run" : $"As the fault begins: {fault.Description}";
        var nearest = fault is null ? "the middle" : "the start of the fault";
        return new(title, nearest, null, [], [at],
            [new(Math.Max(0, at - 2 * MarginNs), at + 2 * AfterLongNs)]);
    }

    static IReadOnlyList<TimeWindow> Merged(IEnumerable<TimeWindow> windows)
    {
        var merged = new List<TimeWindow>();
        foreach (var window in windows.OrderBy(w => w.FromNs))
            if (merged.Count > 0 && window.FromNs - merged[^1].ToNs < LeastFoldNs)
                merged[^1] = new(merged[^1].FromNs, Math.Max(merged[^1].ToNs, window.ToNs));
            else
                merged.Add(window);
        return merged;
    }
}
