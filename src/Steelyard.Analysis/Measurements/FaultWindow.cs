using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>A fault as it happened.</summary>
/// <param name="Kind">Its name in plans: <c>partition</c>, <c>crash</c>.</param>
/// <param name="Description">One line for people.</param>
/// <param name="StartNs">When it began, ns of the run.</param>
/// <param name="EndNs">When it ended; the run's end when it never did; the start for an instant.</param>
/// <param name="IsInstant">True for a fault without extent.</param>
/// <param name="HadEffect">Whether it did anything; null where nobody looked.</param>
public sealed record FaultWindow(
    string Kind, string Description, long StartNs, long EndNs, bool IsInstant, bool? HadEffect = null)
{
    /// <summary>The faults of a history, in order of their starts.</summary>
    public static IReadOnlyList<FaultWindow> Of(History history)
    {
        var endNs = EndOf(history);
        return [.. FaultExtent.Of(history).Select(fault => Of(fault, history.Phases.Heal?.TimeNs ?? endNs))];
    }

    static FaultWindow Of(FaultExtent fault, long latestNs)
    {
        var start = fault.Start;
        var isInstant = start.Phase == FaultPhase.Instant;
        return new(
            start.Kind, start.Description, start.TimeNs,
            isInstant ? start.TimeNs : fault.End?.TimeNs ?? latestNs, isInstant, start.HadEffect);
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
