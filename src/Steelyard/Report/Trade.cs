using System.Globalization;
using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>
/// What the design traded, in a sentence or two under the headline: who was served while it was broken, and
/// how soon all were again. Availability is the share of requests answered without error; it is not uptime.
/// </summary>
internal static class Trade
{
    const int NodesNamed = 5;

    /// <summary>The sentences; none when nothing is known of requests and faults.</summary>
    public static IReadOnlyList<string> Of(History history)
    {
        var all = Availability.Of(history);
        if (all.Requests == 0)
            return [];
        var partitions = FullPartition.Of(history);
        var sides = Availability.OfSides(history).Where(s => s.Requests > 0).ToList();
        var served = sides.Count > 0
            ? $"During {Partitions(history, partitions)}, {Sides(sides, partitions)}"
            : Served(history, all);
        // Who never stopped answering has nothing to recover from.
        return all.Answered < all.Requests && Recovered(history) is { } recovered ? [served, recovered]
            : [served];
    }

    static string Served(History history, Availability all)
    {
        // A recording without faults does not say that there were none.
        var under = FaultWindow.Of(history).Any(f => !f.IsInstant) ? "Through all faults, " : "";
        return $"{under}{Percent(all.Share)} of {ReportParts.Count(all.Requests)} requests were answered";
    }

    static string Partitions(History history, IReadOnlyList<FullPartition> partitions)
    {
        var timeAt = history.Faults.ToDictionary(f => f.Position, f => f.TimeNs);
        var endNs = history.Phases.Heal?.TimeNs ?? history.Faults[^1].TimeNs;
        var lengthNs = partitions.Sum(p => timeAt.GetValueOrDefault(p.End, endNs) - timeAt[p.Start]);
        var length = $"{(lengthNs / 1e9).ToString("0.#", CultureInfo.InvariantCulture)} s";
        return partitions.Count == 1
            ? $"the {length} partition"
            : $"{partitions.Count} partitions, {length} in all";
    }

    static string Sides(List<Availability> sides, IReadOnlyList<FullPartition> partitions)
    {
        if (sides.Count > 1 && sides.All(s => s.Answered == s.Requests))
            return $"{(sides.Count == 2 ? "both" : "all")} sides answered every request: "
                + And([.. sides.Select(s => $"{ReportParts.Count(s.Requests)} on {Name(s, partitions)}")]);
        return And([.. sides.Select((s, i) =>
            $"{Name(s, partitions)} answered {Percent(s.Share)}"
            + (i == 0 ? $" of its {ReportParts.Count(s.Requests)} requests"
                : $" of its {ReportParts.Count(s.Requests)}"))]);
    }

    static string Name(Availability side, IReadOnlyList<FullPartition> partitions)
    {
        var nodes = partitions[0].Sides.FirstOrDefault(s => s.Name == side.Name)?.Nodes ?? [];
        var named = partitions.Count == 1 && nodes.Count is > 0 and <= NodesNamed;
        return side.Name is not ("majority" or "minority")
            ? $"the side of {side.Name}"
            : $"the {side.Name} side{(named ? $" ({string.Join(' ', nodes)})" : "")}";
    }

    static string? Recovered(History history) => Recovery.Of(history) switch
    {
        null => null,
        { TimeNs: null } => "After the last fault had ended it did not come back to where it was before",
        { TimeNs: { } ns } => $"{Span(ns)} after the last fault had ended,"
            + " requests were answered as before the first",
    };

    static string Span(long ns) => ns < 1_000_000_000
        ? $"{(ns / 1e6).ToString("0", CultureInfo.InvariantCulture)} ms"
        : $"{(ns / 1e9).ToString("0.0", CultureInfo.InvariantCulture)} s";

    /// <summary>A share in percent; never rounded up to all or down to none.</summary>
    internal static string Percent(double share)
    {
        var text = (share * 100).ToString("0.#", CultureInfo.InvariantCulture);
        if (text == "100" && share < 1)
            text = Math.Min(share * 100, 99.999).ToString("0.0##", CultureInfo.InvariantCulture);
        if (text == "0" && share > 0)
            text = "under 0.1";
        return $"{text} %";
    }

    static string And(IReadOnlyList<string> parts) => parts.Count < 2
        ? string.Concat(parts)
        : $"{string.Join(", ", parts.Take(parts.Count - 1))}{(parts.Count > 2 ? "," : "")} and {parts[^1]}";
}
