using System.CommandLine;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>The word after <c>run</c> or <c>hunt</c>: a design or a file.</summary>
internal static class DesignWord
{
    public const string Name = "design | file.yaml";

    public static Argument<string?> Create() => new(Name)
    {
        Description = "A design (see below), an assembly of your own, or a scenario as YAML",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The word after <c>live</c>.</summary>
    public static Argument<string?> CreateForEngines() => new("engine | file.yaml")
    {
        Description = "An engine (see below), or a scenario of one as YAML",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>What a file says to run on an engine, with what the command line says on top.</summary>
    public static RunRequest ReadOfEngine(
        string? word, DesignCatalogue designs, CommonOptionSet common, ParseResult parsed)
    {
        var names = designs.Engines.Select(engine => engine.Name.Split(' ')[^1]).ToList();
        if (word is null || !YamlFiles.IsMeant(word))
            throw new UserMistakeException(
                $"steelyard live: expected an engine ({string.Join(", ", names)}) or a file.yaml, found "
                + (word is null ? "none" : $"\"{word}\"{Suggestion.For(word, names)}"));
        var request = Over(ScenarioFile.Read(word, designs), designs, common, parsed);
        return designs.Engines.Contains(request.Design) ? request : throw new UserMistakeException(
            $"{word}: expected a scenario of an engine (design: live redis), found design: "
            + $"{request.Design.Name}; steelyard run {word} runs it");
    }

    /// <summary>Refuses a word that is neither a design nor a file.</summary>
    public static void MustBeKnown(string word, IReadOnlyList<IDesign> designs)
    {
        var names = designs.Select(design => design.Name).ToList();
        if (!names.Contains(word, StringComparer.Ordinal) && !YamlFiles.IsMeant(word))
            throw new UserMistakeException(
                $"expected a design ({string.Join(", ", names)}) or a file.yaml, found \"{word}\""
                + Suggestion.For(word, names));
    }

    /// <summary>What a file says to run, with what the command line says on top.</summary>
    public static RunRequest Read(
        string? word, DesignCatalogue designs, CommonOptionSet common, ParseResult parsed)
    {
        if (word is null)
            throw new UserMistakeException(
                "expected a design, a file.yaml or an assembly, found nothing; the designs are "
                    + $"{string.Join(", ", designs.Own.Select(design => design.Name))}");
        MustBeKnown(word, designs.Own);
        return Over(ScenarioFile.Read(word, designs), designs, common, parsed);
    }

    static RunRequest Over(
        RunRequest request, DesignCatalogue designs, CommonOptionSet common, ParseResult parsed) =>
        designs.Prepare(request.Spec with
        {
            Common = Over(request.Spec.Common, common.Read(parsed)),
            Faults = common.Faults(parsed) ?? request.Faults,
            Seed = common.Seed(parsed) ?? request.Seed,
        });

    static CommonOptions Over(CommonOptions under, CommonOptions over) => new()
    {
        Nodes = over.Nodes ?? under.Nodes,
        Clients = over.Clients ?? under.Clients,
        RatePerSecond = over.RatePerSecond ?? under.RatePerSecond,
        Duration = over.Duration ?? under.Duration,
        Slo = over.Slo ?? under.Slo,
        Expect = [.. under.Expect, .. over.Expect],
    };
}
