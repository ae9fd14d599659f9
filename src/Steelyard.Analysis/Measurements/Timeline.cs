using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// A run over time, in windows of equal length: what the report's charts draw. A request counts in the window
/// in which it was due (<see cref="Operation.IntendedNs"/>), so a stall shows where it was suffered.
/// </summary>
public sealed record Timeline
{
    /// <summary>No more windows than this; a longer run has longer windows.</summary>
    public const int MostWindows = 600;

    /// <summary>Length of a window in ns: whole seconds, but a tenth of a second when the run is shorter than
    /// 10 s.</summary>
    public required long WindowNs { get; init; }

    /// <summary>How many windows; the first starts at 0.</summary>
    public required int Windows { get; init; }

    /// <summary>All requests.</summary>
    public required TimelineSeries All { get; init; }

    /// <summary>
    /// Requests by the side on which their client's node stands in the partitions, over the whole run; empty
    /// when there was no full partition, or several with different sides.
    /// </summary>
    public required IReadOnlyList<TimelineSeries> Sides { get; init; }

    /// <summary>The faults.</summary>
    public required IReadOnlyList<FaultWindow> Faults { get; init; }

    /// <summary>The timeline of a history; null when it has no times or no requests.</summary>
    public static Timeline? Of(History history) => TimelineBuilder.Build(history);
}

/// <summary>What happened to some requests, one number for each window.</summary>
public sealed record TimelineSeries
{
    /// <summary><c>all</c>, or the side's name.</summary>
    public required string Name { get; init; }

    /// <summary>The side's nodes; empty for all.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Requests due in the window.</summary>
    public required IReadOnlyList<int> Invoked { get; init; }

    /// <summary>Of those, answered without error.</summary>
    public required IReadOnlyList<int> Ok { get; init; }

    /// <summary>Of those, refused.</summary>
    public required IReadOnlyList<int> Failed { get; init; }

    /// <summary>Of those, of unknown outcome: timed out or never ended.</summary>
    public required IReadOnlyList<int> Unknown { get; init; }

    /// <summary>Median latency of the Ok ones, in ms; NaN where there were none.</summary>
    public required IReadOnlyList<double> P50Ms { get; init; }

    /// <summary>99th percentile, in ms; NaN where there were none.</summary>
    public required IReadOnlyList<double> P99Ms { get; init; }

    /// <summary>The slowest, in ms; NaN where there were none.</summary>
    public required IReadOnlyList<double> MaxMs { get; init; }

    /// <summary>Share answered without error; NaN where nothing was due.</summary>
    public double Availability(int window) =>
        Invoked[window] == 0 ? double.NaN : (double)Ok[window] / Invoked[window];
}

/// <summary>A fault as it happened.</summary>
/// <param name="Kind">Its name in plans: <c>partition</c>, <c>crash</c>.</param>
/// <param name="Description">One line for people.</param>
/// <param name="StartNs">When it began, ns of the run.</param>
/// <param name="EndNs">When it ended; the run's end when it never did; the start for an instant.</param>
/// <param name="IsInstant">True for a fault without extent.</param>
public sealed record FaultWindow(string Kind, string Description, long StartNs, long EndNs, bool IsInstant)
{
    /// <summary>The faults of a history, in order of their starts.</summary>
    public static IReadOnlyList<FaultWindow> Of(History history)
    {
        var endNs = EndOf(history);
        var windows = new List<FaultWindow>();
        for (var i = 0; i < history.Faults.Count; i++)
        {
            var fault = history.Faults[i];
            if (fault.Phase == FaultPhase.Instant)
                windows.Add(new(fault.Kind, fault.Description, fault.TimeNs, fault.TimeNs, IsInstant: true));
            if (fault.Phase == FaultPhase.Start)
                windows.Add(new(
                    fault.Kind, fault.Description, fault.TimeNs, EndOf(history, i) ?? endNs,
                    IsInstant: false));
        }

        return windows;
    }

    static long? EndOf(History history, int start)
    {
        var fault = history.Faults[start];
        for (var i = start + 1; i < history.Faults.Count; i++)
        {
            var later = history.Faults[i];
            if (later.Phase == FaultPhase.End && later.Kind == fault.Kind && later.Fault == fault.Fault)
                return later.TimeNs;
        }

        return history.Phases.Heal?.TimeNs;
    }

    static long EndOf(History history)
    {
        var endNs = history.Faults.Count == 0 ? 0 : history.Faults[^1].TimeNs;
        foreach (var (_, mark) in history.Phases.Marked)
            endNs = Math.Max(endNs, mark.TimeNs);
        for (var i = 0; i < history.Count; i++)
            endNs = Math.Max(endNs, Math.Max(history[i].InvokedNs, history[i].CompletedNs));
        return endNs;
    }
}
