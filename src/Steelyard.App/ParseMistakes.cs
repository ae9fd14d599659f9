using System.CommandLine;
using System.CommandLine.Parsing;
using Steelyard.App.Commands;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App;

/// <summary>Words the parser's errors as ours: what was expected, what was found, what may have been
/// meant.</summary>
internal static class ParseMistakes
{
    /// <param name="parsed">What was understood.</param>
    /// <param name="designs">Steelyard's own designs.</param>
    /// <param name="users">The design that the user brought, if any.</param>
    public static UserMistakeException Of(
        ParseResult parsed, IReadOnlyList<IDesign> designs, DesignEntry? users)
    {
        var command = parsed.CommandResult;
        if (parsed.GetResult(DesignWord.Name) is ArgumentResult { Tokens: [{ Value: { } word }, ..] }
            && command.Command.Subcommands.Count > 0)
            DesignWord.MustBeKnown(word, designs);
        if (parsed.UnmatchedTokens is [{ } stranger, ..])
            return OfStranger(stranger, command, users is null ? [] : [DesignEntry.Choice]);
        foreach (var option in OptionsGiven(command))
            if (option.Tokens.Count < option.Option.Arity.MinimumNumberOfValues)
                return new($"{option.Option.Name}: expected <{option.Option.HelpName}>, found nothing");
        foreach (var argument in command.Command.Arguments)
            if ((parsed.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues)
                return new($"{NameOf(command)}: expected <{argument.Name}>, found nothing");
        return new(parsed.Errors[0].Message.ReplaceLineEndings(" "));
    }

    /// <summary>A list of files takes any word, so a misspelt option may hide in it.</summary>
    /// <exception cref="UserMistakeException">One of them is such.</exception>
    public static void MustHaveNoStrayOption(IEnumerable<string> files, CommandResult command)
    {
        foreach (var word in files)
            if (word.StartsWith('-') && word != HistoryPaths.StandardInput && !File.Exists(word))
                throw OfStranger(word, command, []);
    }

    static UserMistakeException OfStranger(
        string stranger, CommandResult result, IReadOnlyList<string> alsoOptions)
    {
        var name = NameOf(result);
        if (stranger.StartsWith('-'))
        {
            var options = OptionsOf(result).Concat(alsoOptions).ToList();
            var word = stranger.Split('=')[0];
            return new(
                $"{name} has no option {word}{Suggestion.For(word, options)} ({name} --help shows "
                    + "them all)");
        }

        var commands = result.Command.Subcommands.Select(command => command.Name).ToList();
        return commands.Count > 0
            ? new(
                $"expected one of {string.Join(", ", commands)}, found "
                    + $"\"{stranger}\"{Suggestion.For(stranger, commands)}")
            : new($"{name}: expected nothing more, found \"{stranger}\"");
    }

    static IEnumerable<OptionResult> OptionsGiven(CommandResult result) =>
        result.Children.OfType<OptionResult>().Where(option => !option.Implicit)
            .Concat(result.Parent is CommandResult parent ? OptionsGiven(parent) : []);

    static string NameOf(CommandResult result) => result.Parent is CommandResult parent
        ? $"{NameOf(parent)} {result.Command.Name}"
        : "steelyard";

    static IEnumerable<string> OptionsOf(CommandResult result)
    {
        for (SymbolResult? at = result; at is not null; at = at.Parent)
            if (at is CommandResult command)
                foreach (var option in command.Command.Options)
                    if (at == result || option.Recursive)
                        yield return option.Name;
    }
}
