using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Files;

/// <summary>
/// An architecture as YAML: <c>kind: architecture</c>, the parts with what is said of each, and what goes
/// wrong. Every complaint names its line.
/// </summary>
internal static class ArchitectureFile
{
    internal const string Kind = "architecture";

    // Whatever comes before it, it says so early.
    const int LinesLookedAt = 100;

    /// <summary>Whether a word is the name of a YAML file that says it is one. Pipes and devices have no
    /// length, and are not read for that.</summary>
    public static bool IsOne(string path) =>
        YamlFiles.IsNamed(path) && new FileInfo(path) is { Exists: true, Length: > 0 }
        && File.ReadLines(path).Take(LinesLookedAt).Any(
            line => line.Split('#')[0].TrimEnd() == $"kind: {Kind}");

    /// <summary>Reads one.</summary>
    /// <exception cref="UserMistakeException">Something in it is wrong; the message says where.</exception>
    public static ArchitectureGraph Read(string path) => Of(
        YamlFile.Read(path, Kind), Path.GetFileNameWithoutExtension(path),
        Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Reads one from a text; <paramref name="name"/> stands for the file in messages.</summary>
    /// <exception cref="UserMistakeException">Something in it is wrong; the message says where.</exception>
    public static ArchitectureGraph Parse(string text, string name) =>
        Of(YamlFile.Parse(text, name, Kind), name, folder: ".");

    static ArchitectureGraph Of(YamlFile file, string fileName, string folder)
    {
        var root = file.Root;
        var name = root.Find("name")?.Text ?? fileName;
        var places = new Dictionary<string, YamlValue>(StringComparer.Ordinal);
        var parts = new List<Part>();
        foreach (var (key, value) in root.Need("parts").Map.Pairs)
        {
            if (key.Text.Contains('.', StringComparison.Ordinal) || key.Text.Length == 0)
                throw key.Mistake("a name without a dot", $"\"{key.Text}\"");
            if (!places.TryAdd(key.Text, key))
                throw key.Mistake("a name that no other part has", $"\"{key.Text}\"");
            parts.Add(Part(key.Text, value, folder));
        }

        var graph = new ArchitectureGraph(name, parts)
        {
            Summary = root.Find("summary")?.Text ?? $"{parts.Count} parts",
            Story = root.Find("story")?.Text ?? "",
        };
        graph = root.Find("duration") is { } duration ? graph with { Duration = AboveZero(duration) } : graph;
        graph = root.Find("settle") is { } settle ? graph with { Settle = AboveZero(settle) } : graph;
        graph = root.Find("slo") is { } slo ? graph with { Slo = AboveZero(slo) } : graph;
        graph = root.Find("link") is { } link ? graph with { Link = link.At(TakesTime.Parse) } : graph;
        graph = root.Find("expect") is { } expect
            ? graph with { Limits = [.. expect.List.Select(one => one.At(MeasuredLimit.Parse))] } : graph;
        graph = root.Find("tolerates") is { } tolerates
            ? graph with { Tolerates = Tolerated(tolerates.Map) } : graph;
        var faults = root.Find("faults");
        root.Finish();
        GraphCheck.Check(graph, (part, mistake) => part is null
            ? root.Mistake(mistake)
            : places[part.Name].Wrong(mistake));
        return faults is null
            ? graph : graph with { Faults = FaultPlanFile.OfList(faults, ArchitectureScenario.Of(graph)) };
    }

    static ToleratedFaults Tolerated(YamlMap map)
    {
        var tolerated = new ToleratedFaults();
        foreach (var setting in ToleratedFaults.Settings)
            if (map.Find(setting.Key) is { } said)
                tolerated = Read(setting, tolerated, said);
        map.Finish();
        return tolerated;
    }

    static TimeSpan AboveZero(YamlValue value) =>
        value.Duration is var time && time > TimeSpan.Zero ? time
            : throw value.Mistake("a duration above 0s", $"\"{value.Text}\"");

    static Part Part(string name, YamlValue value, string folder)
    {
        var map = value.Map;
        var part = PartKinds.Make(map.Need("is").OneOf(PartKinds.Words), name);
        part = part with { Calls = Calls(map) };
        foreach (var setting in part.Settings)
            if (map.Find(setting.Key) is { } said)
                part = Read(setting, part, said);
        if (part is ClientsPart clients && map.Find("trace") is { } trace)
            part = clients with
            {
                Shape = clients.Shape with { Word = "trace", Recorded = trace.At(text =>
                    Trace(text, folder)) },
                Rate = clients.Rate ?? 1,
            };
        map.Finish();
        return part;
    }

    static T Read<T>(Setting<T> setting, T one, YamlValue said) =>
        said.At(text => At(setting.Key, () => setting.Read(one, text)));

    static T At<T>(string key, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException($"{key}: {mistake.Message}", mistake);
        }
    }

    static IReadOnlyList<(TimeSpan From, double PerSecond)> Trace(string text, string folder)
    {
        var demand = DemandFile.Read(Path.Combine(folder, text));
        return [.. demand.RatesPerSecond.Select((rate, step) => (demand.Step * step, rate))];
    }

    // "to: db" is one call of which no more is said.
    static IReadOnlyList<Edge> Calls(YamlMap map)
    {
        var calls = map.Find("calls");
        var to = map.Find("to");
        if (calls is not null && to is not null)
            throw to.Mistake("\"to\" or \"calls\"", "both");
        if (to is not null)
            return [new(to.Text)];
        return calls is null ? [] : [.. calls.List.Select(Call)];
    }

    static Edge Call(YamlValue value)
    {
        if (value.IsScalar)
            return new(value.Text);
        var map = value.Map;
        var edge = new Edge(map.Need("to").Text);
        foreach (var setting in Edge.Settings)
            if (map.Find(setting.Key) is { } said)
                edge = Read(setting, edge, said);
        map.Finish();
        return edge;
    }
}
