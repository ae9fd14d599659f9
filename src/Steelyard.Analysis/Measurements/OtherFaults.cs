using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// The times at which something else than a cut held nodes up: a crash, a pause, a bad link. A promise about
/// partitions is judged outside of them; Gilbert and Lynch (2002, section 2) ask the nodes that are up.
/// </summary>
internal sealed class OtherFaults
{
    readonly List<Hold> _holds = [];

    /// <summary>What a history's faults say of it.</summary>
    public static OtherFaults Of(History history)
    {
        var found = new OtherFaults();
        var open = new List<FaultEvent>();
        foreach (var fault in history.Faults.Where(fault => fault.Cuts.Count == 0))
            if (fault.Phase == FaultPhase.Start)
                open.Add(fault);
            else if (fault.Phase == FaultPhase.Instant)
                found.Add(fault, fault.Kind == FaultEvent.Stopped ? long.MaxValue : fault.TimeNs);
            else if (open.FindIndex(one =>
                one.Kind == fault.Kind && one.Fault == fault.Fault) is >= 0 and var at)
            {
                found.Add(open[at], fault.TimeNs);
                open.RemoveAt(at);
            }

        open.ForEach(fault => found.Add(fault, history.Phases.Heal?.TimeNs ?? long.MaxValue));
        return found;
    }

    /// <summary>Whether a node was held up at some time between two, both included; a fault that names no
    /// nodes may hit any.</summary>
    /// <param name="node">The node; null is one that is not known.</param>
    /// <param name="fromNs">From when, in ns of the run.</param>
    /// <param name="toNs">Until when, in ns of the run.</param>
    public bool Hit(string? node, long fromNs, long toNs) => _holds.Exists(hold =>
        hold.StartNs <= toNs && fromNs <= hold.EndNs
        && (node is null || hold.Nodes.Count == 0 || hold.Nodes.Contains(node, StringComparer.Ordinal)));

    void Add(FaultEvent fault, long endNs) => _holds.Add(new(fault.TimeNs, endNs, fault.Nodes));

    readonly record struct Hold(long StartNs, long EndNs, IReadOnlyList<string> Nodes);
}
