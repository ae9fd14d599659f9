using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Worlds;

namespace Steelyard.Runs;

/// <summary>Which faults a run gets: what stands behind <c>--faults</c>.</summary>
/// <param name="Name">As the user named them: <c>story</c>, <c>all</c>, a file.</param>
/// <param name="PlanFor">The plan for a scenario and a seed.</param>
public sealed record FaultChoice(string Name, Func<Scenario, Seed, FaultPlan> PlanFor)
{
    /// <summary>The design's own: the fault its story is about.</summary>
    public static FaultChoice Story { get; } = new("story", (scenario, _) => scenario.StoryFaults);

    /// <summary>None at all.</summary>
    public static FaultChoice None { get; } = new("none", (_, _) => FaultPlan.None);

    /// <summary>What may be written for <c>--faults</c>, other than a file.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Story.Name, .. FaultPalettes.Names];

    /// <summary>The faults behind a word or a file's name.</summary>
    /// <exception cref="UserMistakeException">It is neither a known word nor a file.</exception>
    public static FaultChoice Parse(string text) => text switch
    {
        "story" => Story,
        _ when FaultPalettes.TryParse(text, out var palette) =>
            new(text, (scenario, seed) => Nemesis.Plan(palette, scenario, seed)),
        _ when YamlFiles.IsMeant(text) => new(text, (scenario, _) => FaultPlanFile.Read(text, scenario)),
        _ => throw new UserMistakeException(
            $"--faults: expected one of {string.Join(", ", Names)}, or a file.yaml, found \"{text}\""
            + Suggestion.For(text, Names)),
    };

    /// <summary>A plan that is already at hand.</summary>
    public static FaultChoice Of(string name, FaultPlan plan) => new(name, (_, _) => plan);
}
