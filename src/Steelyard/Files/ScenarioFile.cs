using System.Globalization;
using System.Text;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds;

namespace Steelyard.Files;

/// <summary>
/// Scenarios as YAML: <c>kind: scenario</c>, a design, its options, the load, the faults and the seed. All
/// but the design may be left out.
/// </summary>
public static class ScenarioFile
{
    const string Kind = "scenario";

    /// <summary>Reads what to run from a file; its <c>faults:</c> may be a file beside it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="designs">The designs there are.</param>
    /// <param name="world">Where it will run.</param>
    /// <exception cref="UserMistakeException">Something in it is wrong; the message says where.</exception>
    public static RunRequest Read(string path, IReadOnlyList<IDesign> designs, IWorld world) =>
        Of(YamlFile.Read(path, Kind), designs, world, Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Reads what to run from a text; <paramref name="name"/> stands for the file in
    /// messages.</summary>
    /// <exception cref="UserMistakeException">Something in it is wrong; the message says where.</exception>
    public static RunRequest Parse(string text, string name, IReadOnlyList<IDesign> designs, IWorld world) =>
        Of(YamlFile.Parse(text, name, Kind), designs, world, ".");

    /// <summary>Writes what was run, with its faults in <c>faults.yaml</c> beside it.</summary>
    public static string Write(RunResult result)
    {
        var text = new StringBuilder("kind: scenario\n");
        text.Append(CultureInfo.InvariantCulture, $"design: {result.Design.Name}\n");
        var options = RunCommand.Variant(result.Design, result.Options).ToList();
        if (options.Count > 0)
            text.Append("options:\n");
        foreach (var (name, value) in options)
            text.Append(CultureInfo.InvariantCulture, $"  {name}: {YamlText.Scalar(value)}\n");
        foreach (var (name, value) in RunCommand.Common(result.Options.Common))
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        text.Append("faults: faults.yaml\n");
        text.Append(CultureInfo.InvariantCulture, $"seed: {result.Seed}\n");
        return text.ToString();
    }

    static RunRequest Of(YamlFile file, IReadOnlyList<IDesign> designs, IWorld world, string folder)
    {
        var name = file.Root.Need("design");
        name.OneOf([.. designs.Select(design => design.Name)]);
        var design = designs.First(candidate => candidate.Name == name.Text);
        var options = file.Root.Find("options") is { } map ? Options(map.Map, design) : null;
        var common = new CommonOptions
        {
            Nodes = file.Root.Find("nodes")?.CountUpTo(CommonOptions.MostNodes),
            Clients = file.Root.Find("clients")?.CountUpTo(CommonOptions.MostClients),
            RatePerSecond = file.Root.Find("rate") is { } rate ? Rate(rate) : null,
            Duration = file.Root.Find("duration") is { } duration ? AboveZero(duration) : null,
            Slo = file.Root.Find("slo") is { } slo ? AboveZero(slo) : null,
        };
        var faults = file.Root.Find("faults")?.At(text => Faults(text, folder)) ?? FaultChoice.Story;
        var seed = file.Root.Find("seed")?.At(Seed.Parse) ?? RunRequest.DefaultSeed;
        file.Root.Finish();
        return new(world, design, new(design, common, options), faults, seed);
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

    static double Rate(YamlValue value) =>
        value.RealAboveZero is var rate && rate <= CommonOptions.MostPerSecond ? rate
            : throw value.Mistake($"a number up to {CommonOptions.MostPerSecond:N0}", value.Text);

    static FaultChoice Faults(string text, string folder) =>
        FaultChoice.Parse(YamlFiles.IsMeant(text) ? Path.Combine(folder, text) : text);
}
