using System.CommandLine;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>The <c>--seed</c> of what draws and is no run of a design.</summary>
/// <param name="drawn">What grows from it.</param>
internal sealed class SeedOption(string drawn)
{
    public Option<string> Option { get; } = new("--seed")
    {
        Description = $"The seed of {drawn}",
        HelpName = "number",
        DefaultValueFactory = _ => "1",
    };

    /// <summary>The one that was given.</summary>
    /// <exception cref="Histories.UserMistakeException">It is none.</exception>
    public Seed Read(ParseResult parsed) => CommonOptionSet.SeedOf(parsed.GetValue(Option)!);
}
