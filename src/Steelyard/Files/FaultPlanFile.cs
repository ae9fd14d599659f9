using System.Globalization;
using System.Text;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Files;

/// <summary>Fault plans as YAML: <c>kind: faults</c> and a list, one mapping for each fault.</summary>
internal static class FaultPlanFile
{
    const string Kind = "faults";

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
    public static string Write(FaultPlan plan)
    {
        if (plan.Faults.Count == 0)
            return "kind: faults\nfaults: []\n";
        var text = new StringBuilder("kind: faults\nfaults:\n");
        foreach (var fault in plan.Faults)
            Write(text, fault);
        return text.ToString();
    }

    static void Write(StringBuilder text, Fault fault)
    {
        text.Append(CultureInfo.InvariantCulture, $"  - fault: {fault.Kind}\n");
        Line("at", Durations.Format(fault.At));
        if (fault.For is { } length)
            Line("for", Durations.Format(length));
        foreach (var field in fault.Row.Fields)
            if (field.ValueIn(fault) is { IsNil: false } value)
                Line(field.Key, YamlText.Of(value));

        void Line(string key, string value) =>
            text.Append(CultureInfo.InvariantCulture, $"    {key}: {value}\n");
    }

    /// <summary>Writes only the key <c>faults:</c> with its list, for a file that holds more.</summary>
    internal static string WriteList(FaultPlan plan) => Write(plan)["kind: faults\n".Length..];

    /// <summary>Reads the list of a file that holds more.</summary>
    internal static FaultPlan OfList(YamlValue list, Scenario scenario)
    {
        var kinds = FaultKinds.Of(scenario);
        var names = scenario.Cluster.Nodes.Select(node => node.Name).Append(Fault.Leader).ToList();
        List<YamlMap> maps = [.. list.List.Select(item => item.Map)];
        var plan = new FaultPlan([.. maps.Select(map => One(map, kinds, names, scenario))]);
        FaultPlanCheck.Check(plan, scenario, (place, mistake) => maps[place].Mistake(mistake.Message));
        return plan;
    }

    // A scenario that holds its faults itself is a file of faults as well.
    static FaultPlan Of(YamlFile file, Scenario scenario)
    {
        var list = file.Root.Need("faults");
        if (file.Root.Need("kind").Text == Kind)
            file.Root.Finish();
        return OfList(list, scenario);
    }

    static Fault One(
        YamlMap map, IReadOnlyList<FaultKind> kinds, IReadOnlyList<string> names, Scenario scenario)
    {
        var name = map.Need("fault").OneOf([.. kinds.Select(kind => kind.Name)]);
        var row = kinds.First(kind => kind.Name == name);
        map.MustHaveOnly(["at", "for", .. row.Fields.Select(field => field.Key)]);
        var fault = row.Blank with
        {
            At = At(map.Need("at"), scenario),
            For = map.Find("for")?.DurationFromZero,
        };
        foreach (var field in row.Fields)
            if ((field.IsNeeded ? map.Need(field.Key) : map.Find(field.Key)) is { } value)
                fault = field.Read(fault, value, names);
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
}
