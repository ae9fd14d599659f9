using System.Globalization;
using Steelyard.Worlds;

namespace Steelyard.Runs;

/// <summary>The command that does a run again, exactly.</summary>
public static class RunCommand
{
    /// <summary>As <c>steelyard run bank --replication async --seed 0x1</c>; options at their default are
    /// left out.</summary>
    public static string Of(RunResult result) =>
        Of(result.Design, result.Options, result.FaultsName, result.Seed);

    /// <summary>The same, before there is a result.</summary>
    public static string Of(IDesign design, DesignOptions options, string faultsName, Seed seed) =>
        $"{Start("run", design, options, faultsName)} --seed {seed}";

    /// <summary>The command that runs the same with other seeds.</summary>
    public static string Hunt(RunResult result) =>
        $"{Start("hunt", result.Design, result.Options, result.FaultsName)} --seeds 1..1000";

    static string Start(string command, IDesign design, DesignOptions options, string faultsName)
    {
        var words = new List<string> { "steelyard", command, design.Name };
        foreach (var (name, value) in Variant(design, options))
            words.AddRange(value == "true" ? [$"--{name}"] : [$"--{name}", Quoted(value)]);
        foreach (var (name, value) in Common(options.Common))
            words.AddRange([$"--{name}", value]);
        if (faultsName != FaultChoice.Story.Name)
            words.AddRange(["--faults", Quoted(faultsName)]);
        return string.Join(' ', words);
    }

    /// <summary>The design's own options that were given, in the design's order.</summary>
    internal static IEnumerable<(string Name, string Value)> Variant(IDesign design, DesignOptions options) =>
        design.Options.Where(option => options.Given(option.Name))
            .Select(option => (option.Name, options.Values[option.Name]));

    /// <summary>The common options that were given.</summary>
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

    static string Quoted(string word) => word.Any(char.IsWhiteSpace) ? $"'{word}'" : word;
}
