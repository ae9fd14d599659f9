using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>A recorded history that was judged, of which nobody knows the design or the seed.</summary>
/// <param name="Source">Where it came from: a file's name.</param>
/// <param name="History">The history.</param>
/// <param name="Verdicts">What was judged.</param>
/// <param name="Measures">What was measured.</param>
internal sealed record CheckedHistory(
    string Source, History History, IReadOnlyList<Verdict> Verdicts, RunMeasures Measures)
{
    /// <summary>As what it was judged, in words: <c>list-append for snapshot-isolation</c>; null when that is
    /// not known.</summary>
    public string? JudgedAs { get; init; }
}
