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
        var windows = new List<FaultWindow>();
        for (var i = 0; i < history.Faults.Count; i++)
        {
            var fault = history.Faults[i];
            if (fault.Phase == FaultPhase.Instant)
                windows.Add(new(fault.Kind, fault.Description, fault.TimeNs, fault.TimeNs, IsInstant: true,
                    fault.HadEffect));
            if (fault.Phase == FaultPhase.Start)
                windows.Add(new(
                    fault.Kind, fault.Description, fault.TimeNs, EndOf(history, i) ?? endNs,
                    IsInstant: false, fault.HadEffect));
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
