using System.Globalization;
using Steelyard.Services.Postgres.Servers;

namespace Steelyard.Services.Postgres;

/// <summary>Who waits for whom at a server, in its own words.</summary>
internal sealed class LockWaits(AdminSession admin)
{
    /// <summary>Whether a process waits for locks that it gets only when others let go of them. One that has
    /// closed a circle of waits does not: the server ends that.</summary>
    /// <param name="process">The process.</param>
    /// <param name="waiting">Others that are known to wait.</param>
    public bool IsStuck(int process, IEnumerable<int> waiting)
    {
        var blockers = BlockersOf([.. waiting, process]);
        if (blockers[process].Length == 0)
            return false;
        var seen = new HashSet<int>();
        var open = new Stack<int>(blockers[process]);
        while (open.TryPop(out var next))
        {
            if (next == process)
                return false;
            if (seen.Add(next) && blockers.TryGetValue(next, out var others))
                foreach (var other in others)
                    open.Push(other);
        }

        return true;
    }

    /// <summary>Those of some processes that wait for nobody any more.</summary>
    public HashSet<int> FreeOf(IReadOnlyList<int> processes) =>
        [.. BlockersOf(processes).Where(found => found.Value.Length == 0).Select(found => found.Key)];

    Dictionary<int, int[]> BlockersOf(IReadOnlyList<int> processes) => admin
        .Ask(
            "SELECT p, array_to_string(pg_blocking_pids(p) || pg_safe_snapshot_blocking_pids(p), ' ')"
            + $" FROM unnest('{{{string.Join(',', processes)}}}'::int[]) p")
        .ToDictionary(row => Number(row[0]!), row => row[1]!
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray());

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
