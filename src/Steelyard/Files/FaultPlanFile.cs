using Steelyard.Histories;
using Steelyard.Worlds;

namespace Steelyard.Files;

/// <summary>Fault plans as YAML: <c>kind: faults</c> and a list, one mapping for each fault.</summary>
public static class FaultPlanFile
{
    const string Kind = "faults";

    static readonly string[] Kinds =
        ["partition", "cut", "link", "crash", "drain", "pause", "slow", "clock-jump", "clock-drift", "disk"];

    static readonly string[] Losses = ["nothing", "memory", "disk"];
    static readonly string[] Troubles = ["full", "slow", "corrupt", "misdirect"];

    /// <summary>Reads a plan for a scenario.</summary>
    /// <param name="path">The file.</param>
    /// <param name="scenario">What it is for: its nodes may be named, its end may not be passed.</param>
    /// <exception cref="UserMistakeException">Something in it is wrong; the message says where.</exception>
    public static FaultPlan Read(string path, Scenario scenario) =>
        Of(YamlFile.Read(path, Kind, ScenarioFile.Kind), scenario);

    /// <summary>Reads a plan from a text; <paramref name="name"/> stands for the file in messages.</summary>
    /// <exception cref="UserMistakeException">Something in it is wrong; the message says where.</exception>
    public static FaultPlan Parse(string text, string name, Scenario scenario) =>
        Of(YamlFile.Parse(text, name, Kind), scenario);

    /// <summary>Writes a plan so that it reads back the same.</summary>
    public static string Write(FaultPlan plan) => FaultPlanText.Write(plan);

    /// <summary>Writes only the key <c>faults:</c> with its list, for a file that holds more.</summary>
    internal static string WriteList(FaultPlan plan) => Write(plan)["kind: faults\n".Length..];

    /// <summary>Reads the list of a file that holds more.</summary>
    internal static FaultPlan OfList(YamlValue list, Scenario scenario)
    {
        var names = scenario.Cluster.Nodes.Select(node => node.Name).Append(Fault.Leader).ToList();
        return new([.. list.List.Select(item => One(item.Map, names, scenario))]);
    }

    // A scenario that holds its faults itself is a file of faults as well.
    static FaultPlan Of(YamlFile file, Scenario scenario)
    {
        var list = file.Root.Need("faults");
        if (file.Root.Need("kind").Text == Kind)
            file.Root.Finish();
        return OfList(list, scenario);
    }

    static Fault One(YamlMap map, List<string> names, Scenario scenario)
    {
        var kind = map.Need("fault").OneOf(Kinds);
        var at = At(map.Need("at"), scenario);
        var length = map.Find("for")?.DurationFromZero;
        var fault = OfKind(kind, map, names, at) with { For = length };
        map.Finish();
        return fault;
    }

    static TimeSpan At(YamlValue value, Scenario scenario)
    {
        var at = value.DurationFromZero;
        return at < scenario.Load.Duration
            ? at
            : throw value.Mistake(
                $"a time before the end of the run, {Durations.Format(scenario.Load.Duration)}",
                $"\"{Durations.Format(at)}\"");
    }

    static Fault OfKind(string kind, YamlMap map, List<string> names, TimeSpan at) => kind switch
    {
        "partition" => new PartitionFault { At = at, Groups = Groups(map.Need("groups"), names) },
        "cut" => new CutFault { At = at, From = Nodes(map.Need("from"), names), To = Nodes(
            map.Need("to"), names) },
        "link" => Link(map, names, at),
        "crash" => new CrashFault
        {
            At = at,
            Nodes = Nodes(map.Need("nodes"), names),
            Loses = Word(map.Find("loses"), Losses, CrashLoss.Memory),
            Torn = map.Find("torn")?.Flag ?? false,
        },
        "drain" => new DrainFault
        {
            At = at,
            Nodes = Nodes(map.Need("nodes"), names),
            Version = map.Find("version")?.Integer,
        },
        "pause" => new PauseFault { At = at, Nodes = Nodes(map.Need("nodes"), names) },
        "slow" => new SlowFault
        {
            At = at,
            Nodes = Nodes(map.Need("nodes"), names),
            PerMessage = map.Need("per-message").DurationFromZero,
        },
        "clock-jump" => new ClockJumpFault
        {
            At = at,
            Nodes = Nodes(map.Need("nodes"), names),
            By = map.Need("by").Duration,
        },
        "clock-drift" => new ClockDriftFault
        {
            At = at,
            Nodes = Nodes(map.Need("nodes"), names),
            PartsPerMillion = map.Need("ppm").Integer,
        },
        _ => new DiskFault
        {
            At = at,
            Nodes = Nodes(map.Need("nodes"), names),
            Trouble = Word(map.Need("trouble"), Troubles, DiskTrouble.Full),
        },
    };

    static LinkFault Link(YamlMap map, List<string> names, TimeSpan at) => new()
    {
        At = at,
        From = map.Find("from") is { } from ? Nodes(from, names) : [],
        To = map.Find("to") is { } to ? Nodes(to, names) : [],
        Loss = map.Find("loss")?.Share ?? 0,
        Duplication = map.Find("duplication")?.Share ?? 0,
        Reordering = map.Find("reordering")?.Share ?? 0,
        Slowdown = map.Find("slowdown") is { } slowdown ? Factor(slowdown) : 1,
    };

    static double Factor(YamlValue value) =>
        value.Real is var factor && factor >= 1 ? factor
            : throw value.Mistake("a factor of at least 1", $"\"{value.Text}\"");

    static IReadOnlyList<string> Nodes(YamlValue value, List<string> names)
    {
        var nodes = value.List;
        if (nodes.Count == 0)
            throw value.Mistake("at least one node", "none");
        return [.. nodes.Select(node => node.OneOf(names))];
    }

    static IReadOnlyList<IReadOnlyList<string>> Groups(YamlValue value, List<string> names)
    {
        var groups = value.List.Select(group => Nodes(group, names)).ToList();
        if (groups.Count < 2)
            throw value.Mistake("two groups of nodes or more, such as [[n1], [n2, n3]]", $"{groups.Count}");
        var twice = groups.SelectMany(group => group).GroupBy(name => name, StringComparer.Ordinal)
            .FirstOrDefault(same => same.Count() > 1);
        return twice is null ? groups
            : throw value.Mistake("each node in one group at most", $"{twice.Key} twice");
    }

    static T Word<T>(YamlValue? value, string[] words, T absent)
        where T : struct, Enum =>
        value is null ? absent : Enum.Parse<T>(value.OneOf(words), ignoreCase: true);
}
