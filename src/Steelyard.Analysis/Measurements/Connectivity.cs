using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// Which nodes could talk with each other, over time. Every cut in force at a time counts, and a link counts
/// only while it is whole both ways: who is heard and hears nobody holds no conversation. Sides are the
/// connected parts of that graph, so a bridge or a ring leaves one part, and two cuts may make three.
/// </summary>
public sealed class Connectivity
{
    readonly bool _hasTimes;

    Connectivity(IReadOnlyList<ConnectivityWindow> windows, bool hasTimes)
    {
        Windows = windows;
        _hasTimes = hasTimes;
    }

    /// <summary>The times during which the nodes stood in sides, in order, without overlap; times during
    /// which all were connected are left out.</summary>
    public IReadOnlyList<ConnectivityWindow> Windows { get; }

    /// <summary>What a history's faults say of it.</summary>
    public static Connectivity Of(History history)
    {
        var nodes = NodesOf(history);
        var windows = new List<ConnectivityWindow>();
        var active = new List<FaultEvent>();
        for (var i = 0; i < history.Faults.Count; i++)
        {
            var fault = history.Faults[i];
            if (!Change(active, fault))
                continue;
            Close(windows, fault.Position, fault.TimeNs);
            if (PartitionSide.Of(ConnectedParts.Of(nodes, active)) is { Count: > 1 } sides)
                windows.Add(new(fault.Position, int.MaxValue, fault.TimeNs, long.MaxValue, sides));
        }

        if (history.Phases.Heal is { } heal)
            Close(windows, heal.Position, heal.TimeNs);

        return new(Merged(windows), Requests.HasTimes(history));
    }

    /// <summary>The window in which something was due, or null while all were connected.</summary>
    /// <param name="dueNs">When, in ns of the run.</param>
    public ConnectivityWindow? At(long dueNs)
    {
        var (low, high) = (0, Windows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Windows[middle].StartNs <= dueNs)
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && dueNs < Windows[low - 1].EndNs ? Windows[low - 1] : null;
    }

    /// <summary>The window in which an operation was due; by its place, where the recording has no
    /// times.</summary>
    internal ConnectivityWindow? WindowOf(Operation operation) => _hasTimes
        ? At(operation.IntendedNs)
        : Windows.FirstOrDefault(
            window => window.Start < operation.InvokedAt && operation.InvokedAt < window.End);

    // Every event of a cut names all nodes of the cluster.
    static IReadOnlyList<string> NodesOf(History history)
    {
        var nodes = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fault in history.Faults.Where(fault => fault.Cuts.Count > 0))
        {
            foreach (var cut in fault.Cuts)
                Add(cut.From, cut.To);
            Add(fault.Uncut, []);
        }

        return nodes;

        void Add(IReadOnlyList<string> some, IReadOnlyList<string> others) =>
            nodes.AddRange(some.Concat(others).Where(known.Add));
    }

    static bool Change(List<FaultEvent> active, FaultEvent fault)
    {
        if (fault.Phase == FaultPhase.Start && fault.Cuts.Count > 0)
        {
            active.Add(fault);
            return true;
        }

        var ended = fault.Phase != FaultPhase.End ? -1
            : active.FindIndex(one => one.Kind == fault.Kind && one.Fault == fault.Fault);
        if (ended >= 0)
            active.RemoveAt(ended);
        return ended >= 0;
    }

    static void Close(List<ConnectivityWindow> windows, int position, long timeNs)
    {
        if (windows.Count > 0 && windows[^1].End == int.MaxValue)
            windows[^1] = windows[^1] with { End = position, EndNs = timeNs };
    }

    // A change that moved no side is none; windows without any time are left out.
    static List<ConnectivityWindow> Merged(List<ConnectivityWindow> windows)
    {
        var merged = new List<ConnectivityWindow>();
        foreach (var window in windows)
            if (merged.Count > 0 && merged[^1].End == window.Start
                && PartitionSide.AreSame(merged[^1].Sides, window.Sides))
                merged[^1] = merged[^1] with { End = window.End, EndNs = window.EndNs };
            else if (window.End - window.Start > 1 || window.EndNs > window.StartNs)
                merged.Add(window);
        return merged;
    }
}

/// <summary>A time during which the nodes stood in sides that could not talk with each other.</summary>
/// <param name="Start">Position of the change that made the sides.</param>
/// <param name="End">Position of the next change; <see cref="int.MaxValue"/> when none came.</param>
/// <param name="StartNs">When it began, in ns of the run.</param>
/// <param name="EndNs">When it ended; <see cref="long.MaxValue"/> when it never did.</param>
/// <param name="Sides">Two sides or more; the majority first, the others by their nodes.</param>
public sealed record ConnectivityWindow(
    int Start, int End, long StartNs, long EndNs, IReadOnlyList<PartitionSide> Sides)
{
    /// <summary>The side of a node, by its place among <see cref="Sides"/>; null when it is on none, or
    /// unknown.</summary>
    public int? SideOf(string? node)
    {
        for (var i = 0; node is not null && i < Sides.Count; i++)
            if (Sides[i].Holds(node))
                return i;
        return null;
    }
}
