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
    /// together. Which words there are is the scenario's to say: whoever has it looks
    /// (<see cref="MustFit"/>).</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="folder">Where files are that are named without a folder; the current one by
    /// default.</param>
    public static FaultChoice Named(string text, string folder = "")
    {
        var whole = Path.Combine(folder, text);
        return File.Exists(whole)
            ? new(whole)
            : new(string.Join(',', text.Split(',').Select(
                part => YamlFiles.IsMeant(part) ? Path.Combine(folder, part) : part)));
    }

    /// <summary>Looks whether a scenario knows what was named.</summary>
    /// <exception cref="UserMistakeException">Some of it is neither a word that it knows nor a
    /// file.</exception>
    public void MustFit(Scenario scenario)
    {
        if (Plan is not null || TryPalette(scenario, out _) || File.Exists(Name))
            return;
        string[] names = [Story.Name, .. FaultPalette.NamesOf(FaultKinds.Of(scenario))];
        foreach (var part in Name.Split(','))
            if (!YamlFiles.IsMeant(part) && !names.Contains(part, StringComparer.Ordinal))
                throw new UserMistakeException(
                    $"--faults: expected one of {string.Join(", ", names)}, or a file.yaml, found \"{part}\""
                    + Suggestion.For(part, names));
    }

    /// <summary>A plan that is already at hand.</summary>
    public static FaultChoice Of(string name, FaultPlan plan) => new(name, plan);

    /// <summary>The plan for a scenario and a seed.</summary>
    /// <exception cref="UserMistakeException">Some of it is neither a word that the scenario knows nor a
    /// file; or a file is none of faults, or does not fit the scenario.</exception>
    public FaultPlan PlanFor(Scenario scenario, Seed seed)
    {
        MustFit(scenario);
        return this switch
        {
            { Plan: { } plan } => plan,
            _ when TryPalette(scenario, out var palette) => Nemesis.Plan(palette, scenario, seed),
            { Name: var name } when name == Story.Name => Nemesis.PlanStory(scenario, seed),
            { Parts: { Count: > 1 } parts } => PlanTogether(parts, scenario, seed),
            _ => FaultPlanFile.Read(Name, scenario),
        };
    }

    /// <summary>The kinds of faults that a seed was to have some of; none where somebody wrote a plan, which
    /// may be empty, or where a design has no story.</summary>
    internal FaultPalette PaletteOf(Scenario scenario)
    {
        if (Name == Story.Name)
            return scenario.StoryPalette;
        if (TryPalette(scenario, out var palette))
            return palette;
        return Parts.Count == 1
            ? FaultPalette.None
            : Parts.Aggregate(FaultPalette.None, (sum, part) => sum | part.PaletteOf(scenario));
    }

    // What is drawn is drawn around what is written, so that a world can let both happen.
    static FaultPlan PlanTogether(IReadOnlyList<FaultChoice> parts, Scenario scenario, Seed seed)
    {
        List<Fault> written = [];
        List<Fault> drawn = [];
        foreach (var part in parts)
            if (!part.TryPalette(scenario, out _))
                written.AddRange(part.PlanFor(scenario, seed).Faults);
        foreach (var part in parts)
            if (part.TryPalette(scenario, out var palette))
                drawn.AddRange(
                    Nemesis.PlanBesides(new([.. written, .. drawn]), palette, scenario, seed).Faults);
        return new([.. drawn, .. written]);
    }

    // A file may have a comma in its name.
    IReadOnlyList<FaultChoice> Parts => File.Exists(Name)
        ? [this]
        : [.. Name.Split(',').Select(part => new FaultChoice(part))];

    bool TryPalette(Scenario scenario, out FaultPalette palette) =>
        FaultPalette.TryParse(Name, FaultKinds.Of(scenario), out palette);
}
