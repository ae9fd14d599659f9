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
    public static FaultFreeTime Of(History history) => new(
    [
        .. FaultExtent.Of(history).Where(fault => FaultKinds.Find(fault.Start.Kind)?.Disturbs != false)
            .Select(fault => (fault.Start.TimeNs, EndOf(fault))),
    ]);

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

    static long EndOf(FaultExtent fault) => fault.Start.Phase == FaultPhase.Instant
        ? fault.Start.TimeNs
        : fault.End?.TimeNs ?? long.MaxValue;
}
