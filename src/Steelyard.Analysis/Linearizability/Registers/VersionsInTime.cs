using Steelyard.Analysis.Models.Versioned;
using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>Versions against the order of operations in real time.</summary>
internal static class VersionsInTime
{
    /// <summary>The first operation that stands before one that had ended when it began; null where there is
    /// none.</summary>
    /// <param name="told">By invocation.</param>
    /// <param name="scale">What versions are.</param>
    public static Anomaly? Contradiction(List<VersionedOperation> told, VersionScale scale)
    {
        var ended = Ended(told);
        var next = 0;
        VersionedOperation? latest = null;
        foreach (var one in told)
        {
            for (; next < ended.Count && EndsBefore(ended[next], one); next++)
                if (latest is not { } known || ended[next].Place > known.Place)
                    latest = ended[next];
            if (latest is { } before && before.Place > one.Place)
                return Decreasing(before, one, scale);
        }

        return null;
    }

    /// <summary>For each of some operations where the last of all stands that had ended when it began; the
    /// least number where there is none.</summary>
    /// <param name="asked">By invocation.</param>
    /// <param name="told">Those whose versions are told.</param>
    public static Int128[] KnownBefore(List<VersionedOperation> asked, List<VersionedOperation> told)
    {
        var places = new Int128[asked.Count];
        if (asked.Count == 0)
            return places;
        var ended = Ended(told);
        var (next, latest) = (0, Int128.MinValue);
        for (var i = 0; i < asked.Count; i++)
        {
            for (; next < ended.Count && EndsBefore(ended[next], asked[i]); next++)
                latest = Int128.Max(latest, ended[next].Place);
            places[i] = latest;
        }

        return places;
    }

    static List<VersionedOperation> Ended(List<VersionedOperation> told) =>
        [.. told.OrderBy(one => one.Operation.CompletedAt)];

    static bool EndsBefore(VersionedOperation one, VersionedOperation other) =>
        one.Operation.CompletedAt < other.Operation.InvokedAt;

    static Anomaly Decreasing(
        VersionedOperation before, VersionedOperation after, VersionScale scale) => new(
        "decreasing-version",
        $"process {after.Operation.ProcessName} {(after.IsRead ? "read" : "was given")} version"
        + $" {scale.Text(after.Version)}{OfKey(after.Operation)} after process"
        + $" {before.Operation.ProcessName} had"
        + $" {(before.IsRead ? "read" : "been given")} version {scale.Text(before.Version)}",
        [before.Operation.Index, after.Operation.Index]);
}
