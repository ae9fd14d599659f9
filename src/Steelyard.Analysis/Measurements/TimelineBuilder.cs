using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>Sorts requests into windows.</summary>
internal static class TimelineBuilder
{
    // More lines than these nobody tells apart.
    const int MostSides = 4;

    static readonly long[] Lengths =
    [
        100_000_000, 1_000_000_000, 2_000_000_000, 5_000_000_000, 10_000_000_000, 30_000_000_000,
        60_000_000_000,
    ];

    /// <summary>The timeline of a history; null when it has no times or no requests.</summary>
    public static Timeline? Build(History history, Availability availability)
    {
        var endNs = Requests.Of(history).Select(request => request.IntendedNs).DefaultIfEmpty(-1).Max();
        if (endNs < 0 || !Requests.HasTimes(history))
            return null;
        var windowNs = LengthFor(endNs);
        var windows = (int)(endNs / windowNs) + 1;
        var all = new TimelineTally(windows, windowNs, availability.Limit);
        var sides = TimelineSides.Of(availability, MostSides);
        var tallies = sides.Lines
            .Select(_ => new TimelineTally(windows, windowNs, availability.Limit)).ToArray();
        foreach (var request in Requests.Of(history))
        {
            all.Add(request);
            if (sides.LineOf(request) is { } line)
                tallies[line].Add(request);
        }

        return new Timeline
        {
            WindowNs = windowNs,
            Windows = windows,
            All = all.Series("all", []),
            Sides = [.. sides.Lines.Zip(tallies, (line, tally) => tally.Series(line.Name, line.Nodes))],
        };
    }

    /// <summary>The timeline of requests that were counted and not kept; null when there were none.</summary>
    public static Timeline? Build(AggregateRecorder kept) => kept.Due == 0 ? null : new()
    {
        WindowNs = kept.WindowNs,
        Windows = kept.Windows.Count,
        All = new()
        {
            Name = "all",
            Nodes = [],
            Counts = [.. kept.Windows.Select(window => window.Counts)],
            P50Ms = [.. kept.Windows.Select(window => Ms(window.Latencies, 0.5))],
            P99Ms = [.. kept.Windows.Select(window => Ms(window.Latencies, 0.99))],
            MaxMs = [.. kept.Windows.Select(window => Ms(window.Latencies, 1))],
        },
        Sides = [],
    };

    static double Ms(LatencyHistogram latencies, double share) =>
        latencies.Count == 0 ? double.NaN : latencies.PercentileNs(share) / 1e6;

    static long LengthFor(long endNs)
    {
        foreach (var length in Lengths)
            if (endNs / length < (length < 1_000_000_000 ? 100 : Timeline.MostWindows))
                return length;
        var minutes = (endNs / (Timeline.MostWindows * 60_000_000_000L)) + 1;
        return minutes * 60_000_000_000L;
    }
}

/// <summary>Which line of the chart a request is drawn in, by the side of its client.</summary>
internal sealed class TimelineSides
{
    readonly Availability _availability;
    readonly IReadOnlyList<PartitionSide>? _lasting;

    TimelineSides(Availability availability, int most)
    {
        _availability = availability;
        var windows = availability.Windows;
        if (windows.Count > 0 && windows.All(
            one => PartitionSide.AreSame(one.Window.Sides, windows[0].Window.Sides)))
            _lasting = windows[0].Window.Sides;
        Lines = _lasting is { } sides
            ? [.. sides.Take(most).Select(side => (side.Name, side.Nodes))]
            : [.. availability.Sides.OrderByDescending(side => side.Counts.Due).Take(most)
                .Select(side => (side.Name, (IReadOnlyList<string>)[]))];
    }

    public IReadOnlyList<(string Name, IReadOnlyList<string> Nodes)> Lines { get; }

    public static TimelineSides Of(Availability availability, int most) => new(availability, most);

    public int? LineOf(in Operation request)
    {
        var window = _lasting is null ? _availability.Connectivity.WindowOf(request)
            : _availability.Windows[0].Window;
        if (window?.SideOf(request.Node) is not { } side)
            return null;
        if (_lasting is not null)
            return side < Lines.Count ? side : null;
        for (var line = 0; line < Lines.Count; line++)
            if (Lines[line].Name == window.Sides[side].Name)
                return line;
        return null;
    }
}

/// <summary>Counts the requests of one line, window by window.</summary>
internal sealed class TimelineTally(int windows, long windowNs, TimeSpan limit)
{
    readonly long _limitNs = Availability.LimitNs(limit);
    readonly long[] _counts = new long[windows * Requests.Ends];
    readonly List<long>?[] _latencies = new List<long>?[windows];

    public void Add(in Operation request)
    {
        var window = (int)(Math.Max(0, request.IntendedNs) / windowNs);
        _counts[(window * Requests.Ends) + (int)Requests.EndOf(request, _limitNs)]++;
        if (Requests.IsAnswered(request))
            (_latencies[window] ??= []).Add(Requests.LatencyNs(request));
    }

    public TimelineSeries Series(string name, IReadOnlyList<string> nodes)
    {
        foreach (var window in _latencies)
            window?.Sort();
        return new()
        {
            Name = name,
            Nodes = nodes,
            Counts =
            [
                .. Enumerable.Range(0, windows)
                    .Select(window => window * Requests.Ends)
                    .Select(start => RequestCounts.Of(_counts.AsSpan(start, Requests.Ends))),
            ],
            P50Ms = [.. _latencies.Select(window => NearestRank.Ms(window, 0.5))],
            P99Ms = [.. _latencies.Select(window => NearestRank.Ms(window, 0.99))],
            MaxMs = [.. _latencies.Select(window => NearestRank.Ms(window, 1))],
        };
    }
}
