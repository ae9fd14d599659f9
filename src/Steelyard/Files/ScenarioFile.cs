using System.Globalization;
using System.Text;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Files;

/// <summary>
/// A <see cref="RunSpec"/> as YAML: <c>kind: scenario</c>, a design, its options, the load, the faults (a
/// word, a file, or the list itself) and the seed. All but the design may be left out.
/// </summary>
internal static class ScenarioFile
{
    internal const string Kind = "scenario";

    /// <summary>Reads what to run from a file; the files it names stand beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="designs">The designs there are.</param>
    /// <exception cref="UserMistakeException">Something in it is wrong; the message says where.</exception>
    public static RunRequest Read(string path, DesignCatalogue designs) =>
        Of(YamlFile.Read(path, Kind), path, designs, Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Reads what to run from a text; <paramref name="name"/> stands for the file in
    /// messages.</summary>
    /// <exception cref="UserMistakeException">Something in it is wrong; the message says where.</exception>
    public static RunRequest Parse(string text, string name, DesignCatalogue designs) =>
        Of(YamlFile.Parse(text, name, Kind), name, designs, Directory.GetCurrentDirectory());

    /// <summary>Writes a spec so that it reads back the same.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="folder">Where the file will stand: paths are written as seen from there; null writes them
    /// as they are.</param>
    public static string Write(RunSpec spec, string? folder)
    {
        var text = new StringBuilder("kind: scenario\n");
        if (spec.Assembly is { } assembly)
            Line(text, "assembly", YamlText.Scalar(
                folder is null ? assembly : Path.GetRelativePath(folder, Path.GetFullPath(assembly))));
        Line(text, "design", YamlText.Scalar(spec.Design));
        if (spec.Options.Count > 0)
            text.Append("options:\n");
        foreach (var (name, value) in spec.Options)
            Line(text, $"  {name}", YamlText.Scalar(value));
        foreach (var (name, value) in RunCommand.Common(spec.Common))
            Line(text, name, value);
        if (spec.Common.Expect.Count > 0)
            text.Append("expect:\n");
        foreach (var limit in spec.Common.Expect)
            text.Append(CultureInfo.InvariantCulture, $"  - {YamlText.Scalar(limit.ToString())}\n");
        if (spec.Faults.Plan is { } plan)
            text.Append(FaultPlanFile.WriteList(plan));
        else
            Line(text, "faults", YamlText.Scalar(spec.Faults.Name));
        Line(text, "seed", spec.Seed.ToString());
        if (spec.StopAtEvent is { } events)
            Line(text, "stop-at-event", events.ToString(CultureInfo.InvariantCulture));
        if (spec.Until is { } time)
            Line(text, "until", Durations.Format(time));
        return text.ToString();
    }

    static void Line(StringBuilder text, string key, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"{key}: {value}\n");

    static RunRequest Of(YamlFile file, string name, DesignCatalogue designs, string folder)
    {
        var named = file.Root.Find("assembly");
        var assembly = named?.At(text => Seen(text, folder));
        var design = Design(file.Root.Need("design"), named, assembly, designs);
        var options = file.Root.Find("options") is { } map ? Options(map.Map, design) : null;
        var common = new CommonOptions
        {
            Nodes = file.Root.Find("nodes")?.CountUpTo(CommonOptions.MostNodes),
            Clients = file.Root.Find("clients")?.CountUpTo(CommonOptions.MostClients),
            RatePerSecond = file.Root.Find("rate") is { } rate ? Rate(rate) : null,
            Duration = file.Root.Find("duration") is { } duration ? AboveZero(duration) : null,
            Slo = file.Root.Find("slo") is { } slo ? AboveZero(slo) : null,
            Expect = file.Root.Find("expect") is { } limits
                ? [.. limits.List.Select(limit => limit.At(MeasuredLimit.Parse))] : [],
        };
        var faults = file.Root.Find("faults");
        var seed = file.Root.Find("seed")?.At(Seed.Parse) ?? RunSpec.DefaultSeed;
        var stopAt = file.Root.Find("stop-at-event")?.LongCount;
        var until = file.Root.Find("until") is { } time ? NotNegative(time) : (TimeSpan?)null;
        file.Root.Finish();
        var request = RunRequest.Of(
            design, new(design, common, options), FaultChoice.Story, seed, assembly);
        var spec = request.Spec with { StopAtEvent = stopAt, Until = until };
        return request with { Spec = spec with { Faults = Faults(faults, name, folder, request) } };
    }

    // As the user would name it from here, and there.
    static string Seen(string text, string folder)
    {
        var here = Directory.GetCurrentDirectory();
        var path = Path.GetFullPath(Path.Combine(folder, text));
        return Path.IsPathRooted(text) ? path : Path.GetRelativePath(here, path);
    }

    // What is wrong with an assembly is told where it is named.
    static IDesign Design(YamlValue word, YamlValue? named, string? assembly, DesignCatalogue designs)
    {
        var name = word.Text;
        if (assembly is not null && named!.At(_ => designs.ServicesScenario(assembly, name)) is { } one)
            return one;
        var all = assembly is null
            ? [.. designs.Own, .. designs.Engines]
            : named!.At(_ => designs.Of(assembly));
        word.OneOf([.. all.Select(known => known.Name)]);
        return designs.Find(assembly, name);
    }

    static FaultChoice Faults(YamlValue? value, string name, string folder, RunRequest request)
    {
        if (value is null)
            return FaultChoice.Story;
        var scenario = request.Build();
        if (value.IsList)
            return FaultChoice.Of(name, FaultPlanFile.OfList(value, scenario));
        return value.At(text =>
        {
            var choice = FaultChoice.Named(text, folder);
            choice.MustFit(scenario);
            return choice;
        });
    }

    static SortedDictionary<string, string> Options(YamlMap map, IDesign design)
    {
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Pairs)
        {
            key.OneOf([.. design.Options.Select(option => option.Name)]);
            given[key.Text] = value.Text;
            // Checked one by one here, so that the complaint has a line and a column.
            _ = value.At(text => new DesignOptions(
                design, new(), new Dictionary<string, string>(StringComparer.Ordinal) { [key.Text] = text }));
        }

        return given;
    }

    static TimeSpan AboveZero(YamlValue value) =>
        value.Duration is var duration && duration > TimeSpan.Zero ? duration
            : throw value.Mistake("a duration above 0s", "none");

    static TimeSpan NotNegative(YamlValue value) =>
        value.Duration is var duration && duration >= TimeSpan.Zero ? duration
            : throw value.Mistake("a duration", value.Text);

    static double Rate(YamlValue value) =>
        value.RealAboveZero is var rate && rate <= CommonOptions.MostPerSecond ? rate
            : throw value.Mistake($"a number up to {CommonOptions.MostPerSecond:N0}", value.Text);
}
