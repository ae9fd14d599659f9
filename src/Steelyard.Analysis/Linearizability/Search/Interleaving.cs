using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>Merges the explanations of independent objects into one that respects real time across
/// them.</summary>
internal static class Interleaving
{
    /// <summary>
    /// Gives each operation the instant of the latest invocation up to it in its own order, and merges by
    /// instants. An operation's instant lies between its invocation and its return, so whatever returned
    /// before another began comes first.
    /// </summary>
    public static int[] Of(History history, List<int[]> orders)
    {
        if (orders.Count == 1)
            return orders[0];
        var merged = new int[orders.Sum(o => o.Length)];
        var instants = new int[merged.Length];
        var at = 0;
        foreach (var order in orders)
        {
            var latest = 0;
            foreach (var index in order)
            {
                latest = Math.Max(latest, history[index].InvokedAt);
                instants[at] = latest;
                merged[at++] = index;
            }
        }

        return StableByInstant(merged, instants, history.EventCount);
    }

    static int[] StableByInstant(int[] operations, int[] instants, int events)
    {
        var start = new int[events + 1];
        foreach (var instant in instants)
            start[instant + 1]++;
        for (var i = 1; i < start.Length; i++)
            start[i] += start[i - 1];
        var sorted = new int[operations.Length];
        for (var i = 0; i < operations.Length; i++)
            sorted[start[instants[i]]++] = operations[i];
        return sorted;
    }
}
