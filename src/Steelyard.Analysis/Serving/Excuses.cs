using Steelyard.Histories;

namespace Steelyard.Analysis.Serving;

/// <summary>When requests are excused: while something is broken, and a while after.</summary>
internal sealed class Excuses
{
    const long NsPerTick = 100;

    readonly List<(long FromNs, long ToNs)> _spans;

    Excuses(List<(long FromNs, long ToNs)> spans) => _spans = spans;

    /// <summary>Those of a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="despite">The kinds of faults that excuse nothing.</param>
    /// <param name="afterwards">How long one excuses after its end.</param>
    public static Excuses Of(History history, IReadOnlyList<string> despite, TimeSpan afterwards) => new(
    [
        .. FaultExtent.Of(history)
            .Where(fault => fault.Start.HadEffect != false && !despite.Contains(fault.Start.Kind))
            .Select(fault => (fault.Start.TimeNs, EndOf(fault, afterwards.Ticks * NsPerTick))),
    ]);

    /// <summary>Whether any of it was under way then.</summary>
    public bool Excuse(Operation request) => _spans.Exists(span => request.IntendedNs <= span.ToNs
        && (request.Outcome == Outcome.Open || request.CompletedNs >= span.FromNs));

    static long EndOf(FaultExtent fault, long afterwardsNs)
    {
        if (fault.Start.Phase == FaultPhase.Instant)
            return fault.Start.TimeNs + afterwardsNs;
        return fault.End is { } end ? end.TimeNs + afterwardsNs : long.MaxValue;
    }
}
