using Steelyard.Analysis.Measurements;
using Steelyard.Histories;
using Steelyard.Runs;

namespace Steelyard.SideBySide;

/// <summary>One run of a definition: in which world, and what came of it.</summary>
/// <param name="Name">A word or two: <c>simulated</c>, <c>etcd</c>.</param>
/// <param name="Command">What does it alone.</param>
/// <param name="Result">What it gave.</param>
internal sealed record WorldColumn(string Name, string Command, RunResult Result)
{
    /// <summary>The simulated run it stands beside; null where it is one itself.</summary>
    public WorldColumn? Twin { get; init; }

    /// <summary>How long the answered took; null where none was.</summary>
    public LatencyCurve? Latencies => Result.Measures.Curves.FirstOrDefault();

    /// <summary>Requests that were due, and what became of them.</summary>
    public RequestCounts Counts => Result.Measures.Availability.All;

    /// <summary>A percentile in ms; null where nothing was answered.</summary>
    public double? Percentile(double share) => Latencies?.Histogram.PercentileNs(share) / 1e6;

    /// <summary>What was measured under an id; null where it was not.</summary>
    public double? Measured(string id) =>
        Result.Measures.Measurements.FirstOrDefault(one => one.Id == id)?.Value;

    /// <summary>What was found of a promise; null where it was not looked at.</summary>
    public Verdict? Found(string promise) =>
        Result.Verdicts.FirstOrDefault(verdict => verdict.Checker == promise);
}
