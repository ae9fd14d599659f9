using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>
/// When things happened in a history: its times, or, in a recording without any, its positions, each counted
/// as a millisecond. Order is by position either way.
/// </summary>
internal sealed class HistoryClock(History history)
{
    const long NsPerPosition = 1_000_000;

    /// <summary>False when positions stand for times.</summary>
    public bool HasTimes { get; } = history.Count > 0 && history[history.Count - 1].InvokedNs > 0;

    /// <summary>When an operation was invoked, in ns.</summary>
    public long StartNs(Operation operation) =>
        HasTimes ? operation.InvokedNs : operation.InvokedAt * NsPerPosition;

    /// <summary>When it completed; its start when it never did: it is near only that.</summary>
    public long EndNs(Operation operation)
    {
        if (operation.Outcome == Outcome.Open)
            return StartNs(operation);
        return HasTimes ? operation.CompletedNs : operation.CompletedAt * NsPerPosition;
    }

    /// <summary>When the last operation began or ended, in ns.</summary>
    public long LastNs
    {
        get
        {
            var last = 0L;
            for (var i = 0; i < history.Count; i++)
                last = Math.Max(last, EndNs(history[i]));
            return last;
        }
    }

    /// <summary>Which operation it is, and when it was invoked, for people: <c>operation 12 at 1.250
    /// s</c>.</summary>
    public string Told(Operation operation) => HasTimes
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"operation {operation.RecordedIndex} at {ReportParts.Seconds(operation.InvokedNs):0.000} s")
        : $"operation {operation.RecordedIndex}";
}
