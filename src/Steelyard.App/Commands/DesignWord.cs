using System.CommandLine;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds;

namespace Steelyard.App.Commands;

/// <summary>The word after <c>run</c> or <c>hunt</c>: a design or a file.</summary>
internal static class DesignWord
{
    public const string Name = "design | file.yaml";

    public static Argument<string?> Create(string description) =>
        new(Name) { Description = description, Arity = ArgumentArity.ZeroOrOne };

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
    public static RunRequest Read(string? word, IReadOnlyList<IDesign> designs, IWorld world,
        CommonOptionSet common, ParseResult parsed)
    {
        if (word is null)
            throw new UserMistakeException(
                "expected a design or a file.yaml, found nothing; the designs are "
                    + $"{string.Join(", ", designs.Select(d => d.Name))}");
        MustBeKnown(word, designs);
        var request = ScenarioFile.Read(word, designs, world);
        var given = RunCommandOptions(request, common.Read(parsed));
        return request with
        {
            Options = given,
            Faults = common.Faults(parsed) ?? request.Faults,
            Seed = common.Seed(parsed) ?? request.Seed,
        };
    }

    static DesignOptions RunCommandOptions(RunRequest request, CommonOptions over)
    {
        var own = request.Design.Options.Where(option => request.Options.Given(option.Name))
            .ToDictionary(
                option => option.Name, option => request.Options.Values[option.Name], StringComparer.Ordinal);
        var under = request.Options.Common;
        var common = new CommonOptions
        {
            Nodes = over.Nodes ?? under.Nodes,
            Clients = over.Clients ?? under.Clients,
            RatePerSecond = over.RatePerSecond ?? under.RatePerSecond,
            Duration = over.Duration ?? under.Duration,
            Slo = over.Slo ?? under.Slo,
        };
        return new(request.Design, common, own);
    }
}
