using System.Globalization;
using Steelyard.Files;
using Steelyard.Hunts;
using Steelyard.Specs;
using Steelyard.Sweeps;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>The command that does a run again, exactly.</summary>
public static class RunCommand
{
    /// <summary>As <c>steelyard run bank --replication async --seed 0x1</c>; options at their default are
    /// left out.</summary>
    public static string Of(RunSpec spec)
    {
        var stop = spec.StopAtEvent is { } events
            ? string.Create(CultureInfo.InvariantCulture, $" --stop-at-event {events}")
            : "";
        var until = spec.Until is { } time ? $" --until {Durations.Format(time)}" : "";
        return $"{Start("run", spec)} --seed {spec.Seed}{stop}{until}";
    }

    /// <summary>The command that runs a design of that name with nothing chosen.</summary>
    internal static string Plain(string design) => Start("run", new() { Design = design });

    /// <summary>The command that runs the same with other seeds.</summary>
    public static string Hunt(RunSpec spec) => $"{Start("hunt", spec)} --seeds 1..1000";

    /// <summary>The commands of a design's other variants, with what each shows; none of an assembly of the
    /// user's own or a file, whose options they need not fit.</summary>
    public static IEnumerable<(string Command, string Shows)> Next(RunResult result) =>
        result.Spec.Assembly is not null ? []
        : result.Design.ToTry
            .Select(one => ($"steelyard run {result.Design.Name} {one.Options}", one.Shows))
            .Where(one => !Of(result.Spec).StartsWith($"{one.Item1} --seed", StringComparison.Ordinal));

    /// <summary>The command that varies what is run, but for what it varies.</summary>
    internal static string Sweep(RunSpec spec) => Start("sweep", spec);

    /// <summary>The command that runs the same with some seeds, and against a variant of it where there is
    /// one.</summary>
    internal static string Seeded(RunSpec spec, IEnumerable<string> against, SeedRange seeds) =>
        string.Join(' ', [
            Start("run", spec), .. against.Select(one => $"--against {Quoted(one)}"), $"--seeds {seeds}",
        ]);

    /// <summary>The command that compares variants of what is run.</summary>
    internal static string Compare(RunSpec spec, IEnumerable<Variation> compared, SeedRange seeds) =>
        string.Join(' ', [
            Start("compare", spec), .. compared.Select(one => $"--{one.Name} {Quoted(one.Written)}"),
            $"--seeds {seeds}",
        ]);

    static string Start(string command, RunSpec spec)
    {
        // Their designs are named "live …", which says how they are run.
        List<string> words = spec.IsLive && command == "run" ? ["steelyard"] : ["steelyard", command];
        if (spec.Assembly is { } assembly && YamlFiles.IsNamed(assembly))
            words.Add(Quoted(assembly));
        else if (spec is { Assembly: { } app, IsOfServices: true })
            words.AddRange(["--app", Quoted(app), "--scenario", spec.Design]);
        else if (spec.Assembly is not null)
            words.AddRange([Quoted(spec.Assembly), "--design", spec.Design]);
        else
            words.Add(spec.Design);
        foreach (var (name, value) in spec.Options)
            words.AddRange(value == "true" ? [$"--{name}"] : [$"--{name}", Quoted(value)]);
        foreach (var (name, value) in Common(spec.Common))
            words.AddRange([$"--{name}", value]);
        foreach (var limit in spec.Common.Expect)
            words.AddRange(["--expect", Quoted(limit.ToString())]);
        if (spec.Faults.Name != FaultChoice.Story.Name)
            words.AddRange(["--faults", Quoted(spec.Faults.Name)]);
        return string.Join(' ', words);
    }

    /// <summary>The common options that were given and have one value.</summary>
    internal static IEnumerable<(string Name, string Value)> Common(CommonOptions common)
    {
        if (common.Nodes is { } nodes)
            yield return ("nodes", nodes.ToString(CultureInfo.InvariantCulture));
        if (common.Clients is { } clients)
            yield return ("clients", clients.ToString(CultureInfo.InvariantCulture));
        if (common.RatePerSecond is { } rate)
            yield return ("rate", rate.ToString("R", CultureInfo.InvariantCulture));
        if (common.Duration is { } duration)
            yield return ("duration", Durations.Format(duration));
        if (common.Slo is { } slo)
            yield return ("slo", Durations.Format(slo));
    }

    internal static string Quoted(string word) => word.Any(char.IsWhiteSpace) ? $"'{word}'" : word;
}
