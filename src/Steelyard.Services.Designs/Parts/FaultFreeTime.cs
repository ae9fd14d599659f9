using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Parts;

/// <summary>
/// When nothing is broken. Promises with a time limit are judged there: while something breaks, and until
/// the limit after its end, nobody promises anything. Faults of clocks are none of these, since limits
/// allow for them.
/// </summary>
internal sealed class FaultFreeTime
{
    readonly List<(long FromNs, long ToNs)> _disturbances;

    FaultFreeTime(List<(long FromNs, long ToNs)> disturbances) => _disturbances = disturbances;

    /// <summary>What a history says of it.</summary>
    public static FaultFreeTime Of(History history)
    {
        var spans = new List<(long FromNs, long ToNs)>();
        var begun = new SortedDictionary<int, long>();
        foreach (var fault in history.Faults)
        {
            if (FaultKinds.Find(fault.Kind)?.Disturbs == false)
                continue;
            if (fault.Phase == FaultPhase.Start)
                begun[fault.Fault] = fault.TimeNs;
            else if (begun.Remove(fault.Fault, out var from))
                spans.Add((from, fault.TimeNs));
            else if (fault.Phase == FaultPhase.Instant)
                spans.Add((fault.TimeNs, fault.TimeNs));
        }

        spans.AddRange(begun.Values.Select(from => (from, long.MaxValue)));
        return new(spans);
    }

    /// <summary>Whether nothing is broken from one moment to another.</summary>
    public bool Lasts(long fromNs, long toNs) =>
        !_disturbances.Exists(span => span.FromNs <= toNs && span.ToNs >= fromNs);

    /// <summary>All parts of a time in which it is calm, and has been for a while.</summary>
    /// <param name="fromNs">Its begin.</param>
    /// <param name="toNs">Its end.</param>
    /// <param name="forNs">How long it must have been calm.</param>
    public IEnumerable<(long FromNs, long ToNs)> Parts(long fromNs, long toNs, long forNs = 0)
    {
        var at = fromNs;
        foreach (var (begin, end) in _disturbances.OrderBy(span => span.FromNs))
        {
            if (begin >= toNs)
                break;
            if (begin > at)
                yield return (at, begin);
            at = Math.Max(at, end > long.MaxValue - forNs ? long.MaxValue : end + forNs);
        }

        if (at < toNs)
            yield return (at, toNs);
    }
}
