using System.Globalization;
using System.Text;
using Steelyard.Worlds;

namespace Steelyard.Files;

/// <summary>Writes fault plans; <see cref="FaultPlanFile"/> reads them.</summary>
internal static class FaultPlanText
{
    public static string Write(FaultPlan plan)
    {
        var text = new StringBuilder("kind: faults\n");
        if (plan.Faults.Count == 0)
            return text.Append("faults: []\n").ToString();
        text.Append("faults:\n");
        foreach (var fault in plan.Faults)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - fault: {fault.Kind}\n");
            Line(text, "at", Durations.Format(fault.At));
            if (fault.For is { } length)
                Line(text, "for", Durations.Format(length));
            foreach (var (key, value) in Details(fault))
                Line(text, key, value);
        }

        return text.ToString();
    }

    static void Line(StringBuilder text, string key, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"    {key}: {value}\n");

    static IEnumerable<(string Key, string Value)> Details(Fault fault) => fault switch
    {
        PartitionFault partition =>
            [("groups", $"[{string.Join(", ", partition.Groups.Select(YamlText.List))}]")],
        CutFault cut => [("from", YamlText.List(cut.From)), ("to", YamlText.List(cut.To))],
        LinkFault link => OfLink(link),
        CrashFault crash =>
        [
            ("nodes", YamlText.List(crash.Nodes)),
            ("loses", Word(crash.Loses)),
            ("torn", crash.Torn ? "true" : "false"),
        ],
        DrainFault { Version: { } version } drain =>
            [("nodes", YamlText.List(drain.Nodes)), (
                "version", version.ToString(CultureInfo.InvariantCulture))],
        DrainFault drain => [("nodes", YamlText.List(drain.Nodes))],
        PauseFault pause => [("nodes", YamlText.List(pause.Nodes))],
        SlowFault slow =>
            [("nodes", YamlText.List(slow.Nodes)), ("per-message", Durations.Format(slow.PerMessage))],
        ClockJumpFault jump => [("nodes", YamlText.List(jump.Nodes)), ("by", Durations.Format(jump.By))],
        ClockDriftFault drift =>
            [("nodes", YamlText.List(drift.Nodes)), (
                "ppm", drift.PartsPerMillion.ToString(CultureInfo.InvariantCulture))],
        DiskFault disk => [("nodes", YamlText.List(disk.Nodes)), ("trouble", Word(disk.Trouble))],
        _ => throw new InvalidOperationException($"no YAML is known for the fault {fault.Kind}"),
    };

    static IEnumerable<(string Key, string Value)> OfLink(LinkFault link)
    {
        if (link.From.Count > 0)
            yield return ("from", YamlText.List(link.From));
        if (link.To.Count > 0)
            yield return ("to", YamlText.List(link.To));
        yield return ("loss", Number(link.Loss));
        yield return ("duplication", Number(link.Duplication));
        yield return ("reordering", Number(link.Reordering));
        yield return ("slowdown", Number(link.Slowdown));
    }

    static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    static string Word<T>(T word)
        where T : struct, Enum => word.ToString().ToLowerInvariant();
}
