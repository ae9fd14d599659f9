using Steelyard.Designs.Architecture.Parts;
using Steelyard.Histories.Measuring;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>What moving slots took, and what it was good for.</summary>
internal static class RebalanceFigures
{
    public static IEnumerable<Measurement> Of(ArchitectureAccount account, DatabasePart part)
    {
        var (meter, name) = (account.RebalanceOf(part.Name), part.Name);
        var came = account.FiguresOf(part).Came;
        Measurement Figure(
            string id, double value, string unit, Direction direction, long samples, string words) =>
            new($"{name}-{id}", value, unit, direction, samples) { Words = $"{name}: {words}" };

        yield return Figure("moved-slots", meter.Slots, "slots", Direction.Neither, came,
            "slots that moved to another shard");
        yield return Figure("moved", meter.Bytes / 1e6, "MB", Direction.LessIsBetter, came,
            "copied from shard to shard");
        var (fromNs, toNs) = (meter.FromNs ?? account.LoadNs, meter.ToNs ?? account.EndNs);
        if (Unevenness(account, part, 0, fromNs) is { } before)
            yield return Figure("uneven-before", before, "times", Direction.LessIsBetter, came,
                "work of the busiest shard over the mean, before slots moved");
        if (meter.FromNs is null)
            yield break;
        yield return Figure("rebalance-time", (toNs - fromNs) / 1e6, "ms", Direction.LessIsBetter,
            meter.Slots, "from the first slot on its way to the last one there");
        yield return Figure("hand-over-most", meter.LongestHandOverNs / 1e6, "ms", Direction.LessIsBetter,
            meter.Slots, "longest time that slots took no writes");
        yield return Figure("held-up", meter.HeldUp, "writes", Direction.LessIsBetter, came,
            "writes that waited for that");
        if (meter.During.Count > 0)
            yield return Figure("p99-during", meter.During.PercentileNs(0.99) / 1e6, "ms",
                Direction.LessIsBetter, meter.During.Count, "latency of all requests while slots moved, p99");
        if (Unevenness(account, part, toNs, account.LoadNs) is { } after)
            yield return Figure("uneven-after", after, "times", Direction.LessIsBetter, came,
                "work of the busiest shard over the mean, after it");
    }

    // By windows that lie wholly within a time; null where there is none, or nobody worked.
    static double? Unevenness(ArchitectureAccount account, DatabasePart part, long fromNs, long toNs)
    {
        var copies = 1 + part.Replicas;
        var work = new double[part.AllShards];
        for (var instance = 0; instance < part.MostInstances; instance++)
        {
            var meter = account.MeterOf(part.Name, instance);
            for (var at = 0; at < meter.Windows.Count; at++)
                if (at * meter.WindowNs >= fromNs && (at + 1) * meter.WindowNs <= toNs)
                    work[instance / copies] += meter.Windows[at].WorkingNs;
        }

        return work.Sum() > 0 ? work.Max() / work.Average() : null;
    }
}
