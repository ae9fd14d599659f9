using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// The times at which something else than a cut held nodes up: a crash, a pause, a bad link. A promise about
/// partitions is judged outside of them; Gilbert and Lynch (2002, section 2) ask the nodes that are up.
/// </summary>
internal sealed class OtherFaults
{
    readonly List<Hold> _holds;

    OtherFaults(List<Hold> holds) => _holds = holds;

    /// <summary>What a history's faults say of it.</summary>
    public static OtherFaults Of(History history) => new(
    [
        .. FaultExtent.Of(history).Where(fault => fault.Start.Cuts.Count == 0).Select(fault => new Hold(
            fault.Start.TimeNs, EndOf(history, fault), fault.Start.Nodes)),
    ]);

    /// <summary>Whether a node was held up at some time between two, both included; a fault that names no
    /// nodes may hit any.</summary>
    /// <param name="node">The node; null is one that is not known.</param>
    /// <param name="fromNs">From when, in ns of the run.</param>
    /// <param name="toNs">Until when, in ns of the run.</param>
    public bool Hit(string? node, long fromNs, long toNs) => _holds.Exists(hold =>
        hold.StartNs <= toNs && fromNs <= hold.EndNs
        && (node is null || hold.Nodes.Count == 0 || hold.Nodes.Contains(node, StringComparer.Ordinal)));

    static long EndOf(History history, FaultExtent fault) => fault.Start switch
    {
        { Kind: FaultEvent.Stopped } => long.MaxValue,
        { Phase: FaultPhase.Instant } => fault.Start.TimeNs,
        _ => fault.End?.TimeNs ?? history.Phases.Heal?.TimeNs ?? long.MaxValue,
    };

    readonly record struct Hold(long StartNs, long EndNs, IReadOnlyList<string> Nodes);
}
