using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>Sorts requests into windows.</summary>
internal static class TimelineBuilder
{
    static readonly long[] Lengths =
    [
        100_000_000, 1_000_000_000, 2_000_000_000, 5_000_000_000, 10_000_000_000, 30_000_000_000,
        60_000_000_000,
    ];

    public static Timeline? Build(History history)
    {
        var endNs = Requests.Of(history).Select(request => request.IntendedNs).DefaultIfEmpty(-1).Max();
        if (endNs < 0 || !Requests.HasTimes(history))
            return null;
        var windowNs = LengthFor(endNs);
        var windows = (int)(endNs / windowNs) + 1;
        return new Timeline
        {
            WindowNs = windowNs,
            Windows = windows,
            All = Series("all", [], Requests.Of(history), windowNs, windows),
            Sides =
            [
                .. LastingSides(history).Select(side => Series(
                    side.Name, side.Nodes,
                    Requests.Of(history).Where(one => one.Node is { } node && side.Holds(node)),
                    windowNs, windows)),
            ],
            Faults = FaultWindow.Of(history),
        };
    }

    static long LengthFor(long endNs)
    {
        foreach (var length in Lengths)
            if (endNs / length < (length < 1_000_000_000 ? 100 : Timeline.MostWindows))
                return length;
        var minutes = (endNs / (Timeline.MostWindows * 60_000_000_000L)) + 1;
        return minutes * 60_000_000_000L;
    }

    // Sides are drawn over the whole run only when they stay the same.
    static IReadOnlyList<PartitionSide> LastingSides(History history)
    {
        var partitions = FullPartition.Of(history);
        if (partitions.Count == 0)
            return [];
        var sides = partitions[0].Sides;
        return partitions.All(partition => Same(partition.Sides, sides)) ? sides : [];
    }

    static bool Same(IReadOnlyList<PartitionSide> left, IReadOnlyList<PartitionSide> right) =>
        left.Count == right.Count
            && left.Zip(right).All(pair => pair.First.Nodes.SequenceEqual(pair.Second.Nodes));

    static TimelineSeries Series(
        string name, IReadOnlyList<string> nodes, IEnumerable<Operation> requests, long windowNs, int windows)
    {
        var (invoked, ok, failed, unknown) =
            (new int[windows], new int[windows], new int[windows], new int[windows]);
        var latencies = new List<long>[windows];
        foreach (var request in requests)
        {
            var window = (int)(Math.Max(0, request.IntendedNs) / windowNs);
            invoked[window]++;
            if (Requests.IsAnswered(request))
                ok[window]++;
            else if (request.Outcome == Outcome.Fail)
                failed[window]++;
            else
                unknown[window]++;
            if (request.Outcome == Outcome.Ok)
                (latencies[window] ??= []).Add(Requests.LatencyNs(request));
        }

        foreach (var window in latencies)
            window?.Sort();
        return new TimelineSeries
        {
            Name = name,
            Nodes = nodes,
            Invoked = invoked,
            Ok = ok,
            Failed = failed,
            Unknown = unknown,
            P50Ms = [.. latencies.Select(window => RankMs(window, 0.5))],
            P99Ms = [.. latencies.Select(window => RankMs(window, 0.99))],
            MaxMs = [.. latencies.Select(window => RankMs(window, 1))],
        };
    }

    // Nearest rank over sorted latencies.
    static double RankMs(List<long>? sorted, double share)
    {
        if (sorted is null)
            return double.NaN;
        var rank = (int)Math.Ceiling((share * sorted.Count) - 1e-9);
        return sorted[Math.Max(1, rank) - 1] / 1e6;
    }
}
