namespace Steelyard.Histories;

/// <summary>A fault from its start to its end, paired by kind and by place in the plan.</summary>
/// <param name="Start">Its start; the event itself where it has no extent.</param>
/// <param name="End">Its end; null where nothing told of one, and where it has no extent.</param>
public sealed record FaultExtent(FaultEvent Start, FaultEvent? End)
{
    /// <summary>The faults of a history, in order of their starts.</summary>
    public static IEnumerable<FaultExtent> Of(History history) => history.Faults
        .Where(fault => fault.Phase != FaultPhase.End)
        .Select(fault => new FaultExtent(fault, EndOf(history, fault)));

    // A clock that jumped goes on from there; a node that gave up does not.
    bool IsMoment => Start is { Phase: FaultPhase.Instant, Kind: not FaultEvent.Stopped };

    /// <summary>Whether any of it falls between two positions of the history. What has an extent and no end
    /// lasts to the end of the history.</summary>
    public bool Overlaps(int from, int to) => Start.Position < to
        && (IsMoment ? Start.Position : End?.Position ?? int.MaxValue) > from;

    /// <summary>Whether it is on at a time of the run, in ns.</summary>
    public bool IsOn(long ns) => Start.TimeNs <= ns
        && (IsMoment ? Start.TimeNs : End?.TimeNs ?? long.MaxValue) >= ns;

    static FaultEvent? EndOf(History history, FaultEvent start) => start.Phase == FaultPhase.Instant
        ? null
        : history.Faults.FirstOrDefault(later => later.Position > start.Position
            && later.Phase == FaultPhase.End && later.Kind == start.Kind && later.Fault == start.Fault);
}
