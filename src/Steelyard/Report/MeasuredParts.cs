using System.Globalization;
using Steelyard.Analysis.Measurements;
using Steelyard.Histories.Measuring;

namespace Steelyard.Report;

/// <summary>What was measured, as the page draws it.</summary>
internal static class MeasuredParts
{
    /// <summary>The timeline; null for a history without times.</summary>
    public static TimelineData? Timeline(RunMeasures measures)
    {
        if (measures.Timeline is not { } timeline)
            return null;
        var seconds = timeline.WindowNs / 1e9;
        var all = timeline.All;
        return new()
        {
            BucketSeconds = seconds,
            Limit = LimitText.Of(measures.Availability.Limit),
            Starts = [.. Enumerable.Range(0, timeline.Windows).Select(i => Math.Round(i * seconds, 6))],
            P50 = Finite(all.P50Ms),
            P99 = Finite(all.P99Ms),
            Max = Finite(all.MaxMs),
            All = Line(all, "all requests"),
            Sides = [.. timeline.Sides.Select(side => Line(side, side.Name))],
        };
    }

    /// <summary>How far a run came whose requests were all due in one window, far shorter than the time that
    /// it took; null of any other.</summary>
    /// <param name="measures">What was measured.</param>
    /// <param name="load">How long it had.</param>
    public static ProgressData? Progress(RunMeasures measures, TimeSpan load)
    {
        const int windows = 180;
        if (measures.Timeline is not { Windows: 1 } timeline || measures.Curves is not [var all, ..])
            return null;
        var endNs = Math.Max(load.Ticks * 100, all.Histogram.MaxNs);
        if (endNs < 10 * timeline.WindowNs || all.Histogram.Count < windows)
            return null;
        var lengthNs = endNs / windows;
        var done = Enumerable.Range(0, windows + 1)
            .Select(at => all.Histogram.CountAtMost(at * lengthNs)).ToList();
        var seconds = lengthNs / 1e9;
        return new(
            Rounded(seconds), [.. Enumerable.Range(0, windows).Select(at => Rounded(at * seconds))],
            [.. done.Skip(1)], [.. done.Zip(done.Skip(1), (from, to) => Rounded((to - from) / seconds))],
            measures.Availability.All.Due);
    }

    /// <summary>The times in which the cluster was cut apart, and what was due on each side.</summary>
    public static IReadOnlyList<CutData> Cuts(RunMeasures measures)
    {
        var endNs = measures.Faults.Select(fault => fault.EndNs).DefaultIfEmpty(0).Max();
        return
        [
            .. measures.Availability.Windows.Select(one => new CutData(
                ReportParts.Seconds(one.Window.StartNs),
                ReportParts.Seconds(Math.Min(one.Window.EndNs, endNs)),
                [
                    .. one.Window.Sides.Zip(one.Counts, (side, counts) => new CutSideData(
                        side.Name, side.Nodes, counts.Due, counts.Answered, counts.Late)),
                ])),
        ];
    }

    /// <summary>The faults as they happened.</summary>
    public static IReadOnlyList<FaultWindowData> Faults(RunMeasures measures) =>
        [.. measures.Faults.Select(f => new FaultWindowData(
            f.Kind, f.Description, ReportParts.Seconds(f.StartNs), ReportParts.Seconds(f.EndNs),
                f.IsInstant, f.HadEffect))];

    /// <summary>The percentile curves; none for a history without times.</summary>
    public static IReadOnlyList<CurveData> Curves(RunMeasures measures)
    {
        var curves = measures.Curves;
        // With one function its curve is the curve of all.
        return [.. curves.Take(curves.Count == 2 ? 1 : curves.Count).Select(c => new CurveData(
            c.Name,
            c.Histogram.Count,
            [.. c.Points.Select(p => p.Share)],
            [.. c.Points.Select(p => Rounded(p.Ms))]))];
    }

    /// <summary>Measurements, in the words of a table.</summary>
    public static IReadOnlyList<MeasurementData> Table(RunMeasures measures) =>
        [.. measures.Measurements.Select(m => new MeasurementData(
            m.Id, m.Words, Exact(m, m.Value), Exact(m, m.Low), Exact(m, m.High), m.How, m.Unit, m.Samples))];

    // A share of 99.9999 % is not 100 %, so shares are not rounded here.
    static double? Exact(Measurement measurement, double? value) =>
        value is not { } number || !double.IsFinite(number) ? null
        : measurement.Unit == "share" ? number : Rounded(number);

    static SideData Line(TimelineSeries series, string name) => new(
        name,
        series.Nodes,
        [.. series.Counts.Select(counts => counts.Due)],
        [.. series.Counts.Select(counts => counts.Answered)],
        [.. series.Counts.Select(counts => counts.Late)],
        [.. series.Counts.Select(counts => counts.Refused)],
        [.. series.Counts.Select(counts => counts.Unknown)],
        [.. series.Counts.Select(counts => counts.NeverSent)]);

    static IReadOnlyList<double?> Finite(IEnumerable<double> values) => [.. values.Select(Finite)];

    static double? Finite(double value) => double.IsFinite(value) ? Rounded(value) : null;

    // Six significant digits are more than an eye or a table can tell.
    static double Rounded(double value) =>
        double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
