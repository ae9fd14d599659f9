using System.Globalization;
using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>What was measured over time and over percentiles, as the page draws it.</summary>
internal static class MeasuredParts
{
    /// <summary>The timeline; null for a history without times.</summary>
    public static TimelineData? Timeline(History history)
    {
        if (Analysis.Measurements.Timeline.Of(history) is not { } timeline)
            return null;
        var seconds = timeline.WindowNs / 1e9;
        var all = timeline.All;
        IReadOnlyList<TimelineSeries> sides = timeline.Sides.Count > 0 ? timeline.Sides : [all];
        return new()
        {
            BucketSeconds = seconds,
            Operations = all.Invoked.Sum(n => (long)n),
            Starts = [.. Enumerable.Range(0, timeline.Windows).Select(i => Math.Round(i * seconds, 6))],
            OkPerSecond = Rate(all.Ok, seconds),
            FailPerSecond = Rate(all.Failed, seconds),
            InfoPerSecond = Rate(all.Unknown, seconds),
            P50 = Finite(all.P50Ms),
            P99 = Finite(all.P99Ms),
            Max = Finite(all.MaxMs),
            Sides = [.. sides.Select(s => new SideData(
                ReferenceEquals(s, all) ? "all requests" : s.Name,
                s.Nodes,
                Finite(Enumerable.Range(0, timeline.Windows).Select(s.Availability))))],
        };
    }

    /// <summary>The faults as they happened.</summary>
    public static IReadOnlyList<FaultWindowData> Faults(History history) =>
        [.. FaultWindow.Of(history).Select(f => new FaultWindowData(
            f.Kind, f.Description, ReportParts.Seconds(f.StartNs), ReportParts.Seconds(f.EndNs),
                f.IsInstant))];

    /// <summary>The percentile curves; none for a history without times.</summary>
    public static IReadOnlyList<CurveData> Curves(History history)
    {
        var curves = LatencyCurve.Of(history);
        // With one function its curve is the curve of all.
        return [.. curves.Take(curves.Count == 2 ? 1 : curves.Count).Select(c => new CurveData(
            c.Name,
            c.Histogram.Count,
            [.. c.Points.Select(p => p.Share)],
            [.. c.Points.Select(p => Rounded(p.Ms))]))];
    }

    /// <summary>Measurements, in the words of a table.</summary>
    public static IReadOnlyList<MeasurementData> Table(IReadOnlyList<Measurement> measurements) =>
        [.. measurements.Select(m => new MeasurementData(
            m.Name, PlainWords.OfMeasurement(m.Name), Finite(m.Value), m.Unit, m.Samples))];

    static IReadOnlyList<double?> Rate(IEnumerable<int> counts, double seconds) =>
        [.. counts.Select(n => (double?)Rounded(n / seconds))];

    static IReadOnlyList<double?> Finite(IEnumerable<double> values) => [.. values.Select(Finite)];

    static double? Finite(double value) => double.IsFinite(value) ? Rounded(value) : null;

    // Six significant digits are more than an eye or a table can tell.
    static double Rounded(double value) =>
        double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
