using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Registers;

/// <summary>
/// Puts compare-and-sets that failed into an order of the operations that did not: each at the first place
/// that fits real time and where the register holds another value than it expected. They change nothing, so
/// that each only bounds those that began after its return.
/// </summary>
internal static class FailedExchanges
{
    /// <summary>The whole order, or null when one of them has no place in it.</summary>
    /// <param name="history">The history.</param>
    /// <param name="order">The others, in an order that explains them; history indices.</param>
    /// <param name="spanAt">Which value the register holds after each of them.</param>
    /// <param name="failed">Those that failed, by invocation, each with the value that it must not find;
    /// below 0 for one that never was there.</param>
    /// <param name="stuck">Gets those that have no place.</param>
    public static int[]? Place(
        History history, int[] order, int[] spanAt, List<(int Operation, int Span)> failed,
        List<(int Operation, int Span)> stuck)
    {
        if (failed.Count == 0)
            return order;
        var latestStart = LatestStarts(history, order);
        var earliestReturn = EarliestReturns(history, order);
        var ends = SpanEnds(spanAt);
        var byReturn = failed.Select(one => one.Operation).OrderBy(one => history[one].CompletedAt).ToArray();
        var placeOf = new Dictionary<int, int>(failed.Count);
        var (returned, bound) = (0, 0);
        foreach (var (operation, span) in failed)
        {
            var (start, end) = (history[operation].InvokedAt, history[operation].CompletedAt);
            for (; history[byReturn[returned]].CompletedAt < start; returned++)
                bound = Math.Max(bound, placeOf.GetValueOrDefault(byReturn[returned]));
            var place = Math.Max(bound, FirstAtLeast(earliestReturn, start));
            if (span >= 0 && (place == 0 ? 0 : spanAt[place - 1]) == span)
                place = ends.TryGetValue(span, out var last) ? last + 2 : span == 0 ? 1 : place;
            if (place > FirstAtLeast(latestStart, end) || place > order.Length)
                stuck.Add((operation, span));
            else
                placeOf.Add(operation, place);
        }

        return stuck.Count == 0 ? Merge(order, failed, placeOf) : null;
    }

    // The last place of each value.
    static Dictionary<int, int> SpanEnds(int[] spanAt)
    {
        var ends = new Dictionary<int, int>();
        for (var i = 0; i < spanAt.Length; i++)
            ends[spanAt[i]] = i;
        return ends;
    }

    static int[] LatestStarts(History history, int[] order)
    {
        var latest = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
            latest[i] = Math.Max(i > 0 ? latest[i - 1] : 0, history[order[i]].InvokedAt);
        return latest;
    }

    // The earliest return of each place and all after it: before the first that is not over, all are.
    static int[] EarliestReturns(History history, int[] order)
    {
        var earliest = new int[order.Length];
        for (var i = order.Length - 1; i >= 0; i--)
        {
            var operation = history[order[i]];
            var returned = operation.Outcome == Outcome.Ok ? operation.CompletedAt : int.MaxValue;
            earliest[i] = Math.Min(i + 1 < order.Length ? earliest[i + 1] : int.MaxValue, returned);
        }

        return earliest;
    }

    static int FirstAtLeast(int[] ascending, int value)
    {
        var place = Array.BinarySearch(ascending, value);
        if (place < 0)
            return ~place;
        while (place > 0 && ascending[place - 1] == value)
            place--;
        return place;
    }

    static int[] Merge(int[] order, List<(int Operation, int Span)> failed, Dictionary<int, int> placeOf)
    {
        var merged = new int[order.Length + failed.Count];
        var byPlace = failed.OrderBy(one => placeOf[one.Operation]).Select(one => one.Operation).ToArray();
        var (from, next) = (0, 0);
        for (var i = 0; i < merged.Length; i++)
            merged[i] = next < byPlace.Length && placeOf[byPlace[next]] <= from
                ? byPlace[next++]
                : order[from++];
        return merged;
    }
}
