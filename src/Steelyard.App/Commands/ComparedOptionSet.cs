using System.CommandLine;
using Steelyard.Histories;
using Steelyard.Sweeps;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>A design's own options, each of which may be given several values: these are compared.</summary>
internal sealed class ComparedOptionSet
{
    const string All = "all";
    const string Range = "..";

    readonly List<(DesignOption Own, Option<string?> Made)> _options = [];

    public ComparedOptionSet(IDesign design, Command command)
    {
        foreach (var option in design.Options)
        {
            var choices = option.Choices.Count > 0 ? $": {string.Join(", ", option.Choices)}, or {All}" : "";
            var made = new Option<string?>($"--{option.Name}")
            {
                Description = option.Description + choices,
                HelpName = "values",
                Arity = option.Shape == OptionShape.Flag || option.Bare is not null
                    ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
            };
            if (option.Choices.Count > 0)
                made.CompletionSources.Add([.. option.Choices, All]);
            _options.Add((option, made));
            command.Add(made);
        }
    }

    /// <summary>What was given: options of one value are the same for all, those of several are
    /// compared.</summary>
    /// <exception cref="UserMistakeException">None has several.</exception>
    public (SortedDictionary<string, string> Same, IReadOnlyList<Variation> Compared) Read(ParseResult parsed)
    {
        var same = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var compared = new List<Variation>();
        foreach (var (own, made) in _options)
        {
            if (parsed.GetResult(made) is null or { Implicit: true })
                continue;
            var text = parsed.GetValue(made) ?? own.Bare ?? "true";
            if (Values(own, text) is { Count: > 1 } values)
                compared.Add(new(own.Name, values) { Written = text });
            else
                same[own.Name] = text;
        }

        return compared.Count > 0 ? (same, compared) : throw new UserMistakeException(
            $"expected an option with several values, such as {Example()}, found none");
    }

    string Example()
    {
        var first = _options.FirstOrDefault(option => option.Own.Choices.Count > 1).Own;
        return first is null ? "--n 1..3" : $"--{first.Name} {string.Join(',', first.Choices.Take(2))}";
    }

    static IReadOnlyList<string> Values(DesignOption option, string text) =>
        option.Choices.Count > 1 && text == All ? option.Choices
        : IsList(text) && !IsOne(option, text) ? List(option.Name, text)
        : [text];

    // What is text may have commas of its own, and is then one value.
    static bool IsOne(DesignOption option, string text)
    {
        if (option.Shape != OptionShape.Text)
            return false;
        try
        {
            option.Check?.Invoke(text);
            return true;
        }
        catch (UserMistakeException)
        {
            return false;
        }
    }

    // The words of a sweep, which varies where this compares.
    static IReadOnlyList<string> List(string name, string text)
    {
        try
        {
            return VariedValues.Parse(name, text);
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException(
                mistake.Message.Replace("--vary ", "--", StringComparison.Ordinal), mistake);
        }
    }

    static bool IsList(string text) => text.Contains(',') || text.Contains(Range, StringComparison.Ordinal);
}
