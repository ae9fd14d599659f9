using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// How long the system took to serve again after its faults. The clock starts at the end of the last fault
/// that had an extent (the heal at the end, when faults lasted until then). It stops at the completion of the
/// first request due after that which was answered and from which on the next requests, twenty of them or as
/// many as there were, were answered in at least the share of those due before the first fault.
/// </summary>
/// <param name="TimeNs">The time in ns; null when it never recovered while requests came.</param>
/// <param name="Requests">Requests due after the last fault: what the answer rests on.</param>
public sealed record Recovery(long? TimeNs, long Requests)
{
    const int Lookahead = 20;

    /// <summary>The recovery of a history; null when it has no times, no fault with an extent, or no request
    /// after it.</summary>
    public static Recovery? Of(History history)
    {
        if (LastEnd(history) is not { } end || !Measurements.Requests.HasTimes(history))
            return null;
        var after = history.Operations.Where(
            one => one.InvokedAt > end.Position && one.IntendedNs >= end.TimeNs)
            .OrderBy(one => one.IntendedNs).ToList();
        if (after.Count == 0)
            return null;
        var level = LevelBefore(history);
        for (var i = 0; i < after.Count; i++)
            if (Measurements.Requests.IsAnswered(after[i]) && ShareFrom(after, i) >= level)
                return new(Math.Max(0, after[i].CompletedNs - end.TimeNs), after.Count);
        return new(TimeNs: null, after.Count);
    }

    static PhaseMark? LastEnd(History history)
    {
        PhaseMark? last = null;
        var open = 0;
        foreach (var fault in history.Faults)
        {
            if (fault.Phase == FaultPhase.Start)
                open++;
            if (fault.Phase == FaultPhase.End)
                (open, last) = (open - 1, new(fault.Position, fault.TimeNs));
        }

        return open > 0 && history.Phases.Heal is { } heal ? heal : last;
    }

    static double LevelBefore(History history)
    {
        var first = history.Faults.First(
            fault => fault.Phase == FaultPhase.Start || fault.Phase == FaultPhase.End);
        var before = history.Operations.TakeWhile(one => one.InvokedAt < first.Position).ToList();
        return before.Count == 0 ? 1 : (double)before.Count(Measurements.Requests.IsAnswered) / before.Count;
    }

    static double ShareFrom(List<Operation> requests, int start)
    {
        var count = Math.Min(Lookahead, requests.Count - start);
        var answered = 0;
        for (var i = start; i < start + count; i++)
            answered += Measurements.Requests.IsAnswered(requests[i]) ? 1 : 0;
        return (double)answered / count;
    }
}
