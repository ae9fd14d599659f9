using Steelyard.Histories;
using Steelyard.Histories.Measuring;

namespace Steelyard.Analysis.Measurements;

/// <summary>How operations ended, and how many were open at once: what can be said of a history whose
/// operations nobody knows.</summary>
public sealed class OperationEnds : IMeasure
{
    /// <inheritdoc/>
    public IEnumerable<Measurement> Of(History history)
    {
        foreach (var (outcome, words) in s_ends)
            if (history.Operations.LongCount(operation => operation.Outcome == outcome) is > 0 and var count)
                yield return Measurement.ShareOf(
                    $"ended-{outcome.ToString().ToLowerInvariant()}", count, history.Count) with
                {
                    Words = words,
                };
        foreach (var function in Functions(history))
            yield return function;
        if (history.Count > 0)
            yield return Open(history, "max", MostOpen(history), "Most operations open at once");
        if (Requests.HasTimes(history) && MeanOpen(history) is { } mean)
            yield return Open(history, "mean", mean, "Operations open at once, on average");
    }

    static Measurement Open(History history, string which, double value, string words) =>
        Measured($"open-at-once-{which}", value, history, words);

    static Measurement Measured(string id, double value, History history, string words) =>
        new(id, value, "operations", Direction.Neither, history.Count) { Words = words };

    static readonly (Outcome Outcome, string Words)[] s_ends =
    [
        (Outcome.Ok, "Operations that ended ok"), (Outcome.Fail, "Operations that failed"),
        (Outcome.Info, "Operations of unknown outcome"), (Outcome.Open, "Operations that never ended"),
    ];

    static IEnumerable<Measurement> Functions(History history) => history.Operations
        .CountBy(operation => operation.Function, StringComparer.Ordinal)
        .OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal)
        .Select(one => Measured($"asked-{one.Key}", one.Value, history, $"Operations {one.Key}"));

    // One of unknown outcome is open until its client gave up.
    static int MostOpen(History history)
    {
        var (open, most) = (0, 0);
        foreach (var entry in HistoryEvents.Of(history))
        {
            if (entry.Operation < 0)
                continue;
            open += entry.IsCompletion ? -1 : 1;
            most = Math.Max(most, open);
        }

        return most;
    }

    // The time that all were open for, of the time from the first invocation to the last end.
    static double? MeanOpen(History history)
    {
        var ended = history.Operations.Where(operation => operation.Outcome != Outcome.Open).ToList();
        if (ended.Count == 0)
            return null;
        var lengthNs = ended.Max(operation => operation.CompletedNs)
            - ended.Min(operation => operation.InvokedNs);
        return lengthNs <= 0 ? null
            : ended.Sum(operation => (double)(operation.CompletedNs - operation.InvokedNs)) / lengthNs;
    }
}
