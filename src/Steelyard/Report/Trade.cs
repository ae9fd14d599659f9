using System.Globalization;
using Steelyard.Analysis.Measurements;

namespace Steelyard.Report;

/// <summary>
/// What the design traded, in a sentence or two under the headline: who was served while it was broken, and
/// how soon all were again. Availability is the share of the requests due that were answered within the
/// limit; it is not uptime.
/// </summary>
internal static class Trade
{
    const int NodesNamed = 5;

    /// <summary>The sentences; none when nothing is known of requests and faults.</summary>
    public static IReadOnlyList<string> Of(RunMeasures measures)
    {
        var availability = measures.Availability;
        if (availability.All.Due == 0)
            return [];
        var sides = availability.Sides.Where(side => side.Counts.Due > 0).ToList();
        var served = sides.Count > 0
            ? $"During {Partitions(measures)}, {Within(measures)}: {Sides(sides)}"
            : Served(measures);
        // Who never stopped answering has nothing to recover from.
        return availability.All.Answered < availability.All.Due && Recovered(measures) is { } recovered
            ? [served, recovered]
            : [served];
    }

    static string Within(RunMeasures measures) =>
        $"answered within {LimitText.Of(measures.Availability.Limit)}";

    static string Served(RunMeasures measures)
    {
        // A recording without faults does not say that there were none.
        var under = measures.Faults.Any(f => !f.IsInstant) ? "Through all faults, " : "";
        var all = measures.Availability.All;
        return PlainWords.Capitalized($"{under}{Within(measures)}: {Share(all)} requests due{Ever(all)}");
    }

    static string Partitions(RunMeasures measures)
    {
        var windows = measures.Availability.Windows;
        var endNs = measures.Faults.Max(fault => fault.EndNs);
        var lengthNs = windows.Sum(one => Math.Min(one.Window.EndNs, endNs) - one.Window.StartNs);
        var length = $"{(lengthNs / 1e9).ToString("0.#", CultureInfo.InvariantCulture)} s";
        return windows.Count == 1
            ? $"the {length} partition"
            : $"{windows.Count} partitions, {length} in all";
    }

    static string Sides(List<NamedAvailability> sides) =>
        And([.. sides.Select((side, i) =>
            $"on {Name(side)} {Share(side.Counts)}{(i == 0 ? " requests due" : "")}{Ever(side.Counts)}")]);

    // Nothing is nothing: 0 of 212.
    static string Share(RequestCounts counts) => counts.Answered == 0
        ? $"none of {ReportParts.Count(counts.Due)}"
        : $"{ShareText.Percent(counts.Share)} of {ReportParts.Count(counts.Due)}";

    static string Ever(RequestCounts counts) => counts.Late == 0
        ? ""
        : $" (and {ReportParts.Count(counts.Late)} later)";

    static string Name(NamedAvailability side)
    {
        var named = side.Nodes.Count is > 0 and <= NodesNamed;
        return side.Name is not ("majority" or "minority")
            ? $"the side of {side.Name}"
            : $"the {side.Name} side{(named ? $" ({string.Join(' ', side.Nodes)})" : "")}";
    }

    static string? Recovered(RunMeasures measures) => measures.Recovery switch
    {
        null => null,
        { TimeNs: null } => "After the last fault had ended it did not come back to where it was before",
        { TimeNs: { } ns } => $"{Span(ns)} after the last fault had ended,"
            + " requests were answered as before the first",
    };

    static string Span(long ns) => ns < 1_000_000_000
        ? $"{(ns / 1e6).ToString("0", CultureInfo.InvariantCulture)} ms"
        : $"{(ns / 1e9).ToString("0.0", CultureInfo.InvariantCulture)} s";

    static string And(IReadOnlyList<string> parts) => parts.Count < 2
        ? string.Concat(parts)
        : $"{string.Join(", ", parts.Take(parts.Count - 1))}{(parts.Count > 2 ? "," : "")} and {parts[^1]}";
}
