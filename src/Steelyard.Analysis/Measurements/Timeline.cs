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
    /// Requests by the side of their client's node; none when the cluster was never cut apart. Where the
    /// sides were always the same, each is followed over the whole run. Where they changed, those of one name
    /// are taken together, over the times in which there were any.
    /// </summary>
    public required IReadOnlyList<TimelineSeries> Sides { get; init; }
}

/// <summary>What became of some requests, one number for each window.</summary>
public sealed record TimelineSeries
{
    /// <summary><c>all</c>, or the side's name.</summary>
    public required string Name { get; init; }

    /// <summary>The side's nodes; empty for all, and where they changed.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>The requests due in each window.</summary>
    public required IReadOnlyList<RequestCounts> Counts { get; init; }

    /// <summary>Median latency of those answered, however late, in ms; NaN where there were none.</summary>
    public required IReadOnlyList<double> P50Ms { get; init; }

    /// <summary>99th percentile, in ms; NaN where there were none.</summary>
    public required IReadOnlyList<double> P99Ms { get; init; }

    /// <summary>The slowest, in ms; NaN where there were none.</summary>
    public required IReadOnlyList<double> MaxMs { get; init; }
}
