namespace Steelyard.App.Tests.Measures;

/// <summary>The figures of a run, counted from its recording by other means than ours.</summary>
internal sealed class RecomputedFigures
{
    readonly ObservedRun _run;
    readonly long _limitNs;

    public RecomputedFigures(ObservedRun run, long limitNs)
    {
        _run = run;
        _limitNs = limitNs;
        Due = run.Due;
        Windows = [.. WindowsOf(run).Select(window => Count(window.StartNs, window.EndNs, window.Sides))];
    }

    public List<RecordedRequest> Due { get; }

    /// <summary>Each time in which nodes were cut off: its begin, its end, and by the nodes of each side what
    /// was due, answered within the limit, and later.</summary>
    public List<(
        long StartNs, long EndNs, SortedDictionary<string, (long Due, long Answered, long Late)> Sides)>
        Windows { get; }

    public double Throughput =>
        Due.Count(one => one.IsAnswered && one.EndNs <= _run.LoadEndNs) / (_run.LoadEndNs / 1e9);

    /// <summary>The exact percentile of a function's latencies, or of all, in ms.</summary>
    public double PercentileMs(string? function, double share)
    {
        var latencies = Due.Where(one => one.IsAnswered && (function is null || one.Function == function))
            .Select(one => one.LatencyNs).Order().ToArray();
        return latencies[Math.Max(0, (int)Math.Ceiling((share * latencies.Length) - 1e-9) - 1)] / 1e6;
    }

    /// <summary>What was due, answered within the limit, and later, by the second (or other length) in which
    /// it was due.</summary>
    public (long Due, long Answered, long Late)[] Buckets(int count, double seconds)
    {
        var buckets = new (long Due, long Answered, long Late)[count];
        foreach (var one in Due)
        {
            ref var bucket = ref buckets[(int)(one.DueNs / (seconds * 1e9))];
            bucket.Due++;
            bucket.Answered += one.IsWithin(_limitNs) ? 1 : 0;
            bucket.Late += one.IsAnswered && !one.IsWithin(_limitNs) ? 1 : 0;
        }

        return buckets;
    }

    /// <summary>Null where it cannot be told; NaN where it never came; else ms.</summary>
    public double? RecoveryMs()
    {
        var planned = _run.Faults.Where(fault => fault.Phase != "instant" || fault.Number >= 0).ToList();
        if (planned.Count == 0)
            return null;
        var first = planned.Min(fault => fault.TimeNs);
        var last = planned.Max(fault => fault.TimeNs);
        if (planned.Count(fault => fault.Phase == "start") > planned.Count(fault => fault.Phase == "end"))
            last = Math.Max(last, _run.HealNs);
        var before = Due.Where(one => one.DueNs + _limitNs <= first).ToList();
        var after = Due.Where(one => one.DueNs >= last).OrderBy(one => one.DueNs).ToList();
        var served = before.Count(one => one.IsWithin(_limitNs));
        if (after.Count == 0 || served == 0)
            return null;
        var latencies = before.Where(one => one.IsAnswered).Select(one => one.LatencyNs).Order().ToArray();
        var tail = latencies[(int)Math.Ceiling((0.99 * latencies.Length) - 1e-9) - 1];
        var length = Math.Min(20, after.Count);
        for (var i = 0; i + length <= after.Count; i++)
        {
            var next = after.GetRange(i, length);
            var isServed = next.Count(one => one.IsWithin(_limitNs)) * before.Count >= served * length;
            if (next[0].IsWithin(_limitNs) && next[0].LatencyNs <= tail && isServed
                && next.Count(one => one.IsAnswered && one.LatencyNs > tail) <= 1)
                return (next[0].EndNs - last) / 1e6;
        }

        return double.NaN;
    }

    (long, long, SortedDictionary<string, (long, long, long)>) Count(
        long startNs, long endNs, List<SortedSet<string>> sides)
    {
        var counts = new SortedDictionary<string, (long, long, long)>(StringComparer.Ordinal);
        foreach (var side in sides)
        {
            var here = Due.Where(one => one.DueNs >= startNs && one.DueNs < endNs
                && one.Node is { } node && side.Contains(node)).ToList();
            counts[string.Join(' ', side)] = (
                here.Count, here.Count(one => one.IsWithin(_limitNs)),
                here.Count(one => one.IsAnswered && !one.IsWithin(_limitNs)));
        }

        return (startNs, endNs, counts);
    }

    // Times between changes of cuts, those that follow each other with the same sides as one.
    static IEnumerable<(long StartNs, long EndNs, List<SortedSet<string>> Sides)> WindowsOf(ObservedRun run)
    {
        var nodes = run.Faults.SelectMany(fault => fault.Cuts.SelectMany(cut => cut.From.Concat(cut.To))
            .Concat(fault.Uncut)).Distinct().ToArray();
        var found = new List<(long StartNs, long EndNs, List<SortedSet<string>> Sides)>();
        var active = new Dictionary<(string, int), List<(string[] From, string[] To)>>();
        foreach (var fault in run.Faults.Where(fault => fault.Cuts.Count > 0))
        {
            if (fault.Phase == "start")
                active[(fault.Kind, fault.Number)] = fault.Cuts;
            else
                active.Remove((fault.Kind, fault.Number));
            if (found.Count > 0 && found[^1].EndNs == long.MaxValue)
                found[^1] = found[^1] with { EndNs = fault.TimeNs };
            var sides = Sides(nodes, [.. active.Values.SelectMany(cuts => cuts)]);
            if (sides.Count > 1)
                found.Add((fault.TimeNs, long.MaxValue, sides));
        }

        return Merged(found.Where(window => window.EndNs > window.StartNs));
    }

    static List<(long StartNs, long EndNs, List<SortedSet<string>> Sides)> Merged(
        IEnumerable<(long StartNs, long EndNs, List<SortedSet<string>> Sides)> windows)
    {
        var merged = new List<(long StartNs, long EndNs, List<SortedSet<string>> Sides)>();
        foreach (var window in windows)
            if (merged.Count > 0 && merged[^1].EndNs == window.StartNs
                && Told(merged[^1].Sides) == Told(window.Sides))
                merged[^1] = merged[^1] with { EndNs = window.EndNs };
            else
                merged.Add(window);
        return merged;
    }

    static string Told(List<SortedSet<string>> sides) =>
        string.Join('|', sides.Select(side => string.Join(' ', side)).Order(StringComparer.Ordinal));

    // Who can be reached from a node over links that are whole both ways.
    static List<SortedSet<string>> Sides(string[] nodes, List<(string[] From, string[] To)> cuts)
    {
        var sides = new List<SortedSet<string>>();
        foreach (var start in nodes.Where(node => !sides.Exists(side => side.Contains(node))))
        {
            var side = new SortedSet<string>(StringComparer.Ordinal) { start };
            var grown = true;
            while (grown)
                grown = nodes.Where(node => !side.Contains(node)
                    && side.Any(one => !IsCut(one, node) && !IsCut(node, one))).ToList()
                    .Count(side.Add) > 0;
            sides.Add(side);
        }

        return sides;

        bool IsCut(string from, string to) =>
            cuts.Exists(cut => cut.From.Contains(from) && cut.To.Contains(to));
    }
}
