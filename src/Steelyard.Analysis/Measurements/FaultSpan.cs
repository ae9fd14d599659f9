using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>From the first fault's begin to the last one's end.</summary>
/// <param name="FirstNs">When the first began, in ns of the run.</param>
/// <param name="LastNs">When the last ended, or came where it has no extent.</param>
internal readonly record struct FaultSpan(long FirstNs, long LastNs)
{
    /// <summary>The span of a history's faults; null when it has none, or one that nothing ended.</summary>
    public static FaultSpan? Of(History history)
    {
        var (firstNs, lastNs, open) = (long.MaxValue, long.MinValue, 0);
        foreach (var fault in history.Faults)
        {
            // What a recording calls an instant may be anything; what a plan does is a fault.
            if (fault.Phase == FaultPhase.Instant && fault.Fault < 0)
                continue;
            open += fault.Phase switch { FaultPhase.Start => 1, FaultPhase.End => -1, _ => 0 };
            firstNs = Math.Min(firstNs, fault.TimeNs);
            lastNs = Math.Max(lastNs, fault.TimeNs);
        }

        if (open > 0 && history.Phases.Heal is not { })
            return null;
        if (open > 0)
            lastNs = Math.Max(lastNs, history.Phases.Heal!.Value.TimeNs);
        return firstNs <= lastNs ? new(firstNs, lastNs) : null;
    }
}
