using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Runs;

/// <summary>Which faults a run gets, as data: what stands behind <c>--faults</c>.</summary>
public sealed record FaultChoice
{
    FaultChoice(string name, FaultPlan? plan = null) => (Name, Plan) = (name, plan);

    /// <summary>The design's own: the fault its story is about.</summary>
    public static FaultChoice Story { get; } = new("story");

    /// <summary>None at all.</summary>
    public static FaultChoice None { get; } = new("none");

    /// <summary>What may be written for <c>--faults</c>, other than a file.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Story.Name, .. FaultPalette.Names];

    /// <summary>As the user named them: <c>story</c>, <c>all</c>, a file.</summary>
    public string Name { get; }

    /// <summary>The very faults, where they are at hand; null is whatever the name says.</summary>
    public FaultPlan? Plan { get; }

    /// <summary>The faults behind words and names of files: one, or several with commas, which are put
    /// together.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="folder">Where files are that are named without a folder; the current one by
    /// default.</param>
    /// <exception cref="UserMistakeException">One is neither a known word nor a file.</exception>
    public static FaultChoice Parse(string text, string folder = "")
    {
        if (FaultPalette.TryParse(text, out _))
            return new(text);
        return File.Exists(Path.Combine(folder, text))
            ? new(Path.Combine(folder, text))
            : new(string.Join(',', text.Split(',').Select(part => Word(part, folder))));
    }

    static string Word(string part, string folder)
    {
        if (part == Story.Name || FaultPalette.TryParse(part, out _))
            return part;
        return YamlFiles.IsMeant(part)
            ? Path.Combine(folder, part)
            : throw new UserMistakeException(
                $"--faults: expected one of {string.Join(", ", Names)}, or a file.yaml, found \"{part}\""
                + Suggestion.For(part, Names));
    }

    /// <summary>What stands in a file.</summary>
    internal static FaultChoice InFile(string path) => new(path);

    /// <summary>A plan that is already at hand.</summary>
    public static FaultChoice Of(string name, FaultPlan plan) => new(name, plan);

    /// <summary>The plan for a scenario and a seed.</summary>
    /// <exception cref="UserMistakeException">A file is none of faults, or does not fit the
    /// scenario.</exception>
    public FaultPlan PlanFor(Scenario scenario, Seed seed) => this switch
    {
        { Plan: { } plan } => plan,
        _ when FaultPalette.TryParse(Name, out var palette) => Nemesis.Plan(palette, scenario, seed),
        { Name: var name } when name == Story.Name => Nemesis.PlanStory(scenario, seed),
        _ when Name.Contains(',', StringComparison.Ordinal) && !File.Exists(Name) =>
            new([.. Name.Split(',').SelectMany(part => Parse(part).PlanFor(scenario, seed).Faults)]),
        _ => FaultPlanFile.Read(Name, scenario),
    };

    /// <summary>The kinds of faults that a seed was to have some of; none where somebody wrote a plan, which
    /// may be empty, or where a design has no story.</summary>
    internal FaultPalette PaletteOf(Scenario scenario) => Name == Story.Name
        ? scenario.StoryPalette
        : FaultPalette.TryParse(Name, out var palette) ? palette : FaultPalette.None;
}
