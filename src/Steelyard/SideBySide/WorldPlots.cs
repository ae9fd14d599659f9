using Steelyard.Analysis.Measurements;
using Steelyard.Plots;

namespace Steelyard.SideBySide;

/// <summary>The charts of a comparison: a curve for each run.</summary>
internal static class WorldPlots
{
    const string Time = "time of the run, s";

    /// <summary>All of them, each with a sentence on how to read it.</summary>
    public static IEnumerable<(Plot Plot, string Words)> Of(WorldComparison comparison)
    {
        var limit = LimitText.Of(comparison.Columns[0].Result.Measures.Availability.Limit);
        yield return (
            OverTime(comparison, $"answered within {limit}, % of due", counts => 100 * counts.Share),
            "Each request counts in the second in which it was due, whether or not it was ever sent. Faults"
            + " are shaded.");
        yield return (
            new Plot(
                "", "share of the answered requests, %", "latency at most, ms",
                Series(comparison, Latencies)) { IsLogY = true },
            "Half of the answers came at least as fast as the curve says at 50 %; latency counts from when"
            + " a request was due, so that a stall is charged to all that waited for it.");
        yield return (
            OverTime(
                comparison, "answered, of those due in that second, 1/s",
                (counts, seconds) => counts.AnsweredEver / seconds),
            "What came late is counted with the second in which it was due.");
    }

    static Plot OverTime(
        WorldComparison comparison, string y, Func<RequestCounts, double> of) =>
        OverTime(comparison, y, (counts, _) => of(counts));

    static Plot OverTime(
        WorldComparison comparison, string y,
        Func<RequestCounts, double, double> of) =>
        new("", Time, y, Series(comparison, column => Windows(column, of)))
        {
            Shaded = [.. comparison.Columns[0].Result.Measures.Faults.Where(fault => !fault.IsInstant).Select(
                fault => (fault.StartNs / 1e9, fault.EndNs / 1e9))],
        };

    static List<PlotSeries> Series(
        WorldComparison comparison, Func<WorldColumn, IEnumerable<(double X, double Y)>> points) =>
        [.. comparison.Columns.Select(column => new PlotSeries(column.Name, [.. points(column)]))];

    static IEnumerable<(double X, double Y)> Windows(
        WorldColumn column, Func<RequestCounts, double, double> of)
    {
        if (column.Result.Measures.Timeline is not { } timeline)
            yield break;
        var seconds = timeline.WindowNs / 1e9;
        foreach (var (place, counts) in timeline.All.Counts.Index())
            if (counts.Due > 0)
                yield return ((place + 0.5) * seconds, of(counts, seconds));
    }

    static IEnumerable<(double X, double Y)> Latencies(WorldColumn column) =>
        column.Latencies?.Points.Where(point => point.Ms > 0)
            .Select(point => (100 * point.Share, point.Ms)) ?? [];
}
