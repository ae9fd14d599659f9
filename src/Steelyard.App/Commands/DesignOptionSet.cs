using System.CommandLine;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>A design's own options, as options of its command.</summary>
internal sealed class DesignOptionSet
{
    readonly IDesign _design;
    readonly SortedDictionary<string, Option> _options = new(StringComparer.Ordinal);

    public DesignOptionSet(IDesign design, Command command)
    {
        _design = design;
        foreach (var option in design.Options)
        {
            var made = Of(option);
            _options.Add(option.Name, made);
            command.Add(made);
        }
    }

    /// <summary>What was given, checked.</summary>
    public DesignOptions Read(ParseResult parsed, CommonOptions common)
    {
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, option) in _options)
        {
            if (parsed.GetResult(option) is null or { Implicit: true })
                continue;
            given[name] = option is Option<bool> flag
                ? parsed.GetValue(flag) ? "true" : "false"
                : parsed.GetValue((Option<string?>)option)
                    ?? _design.Options.First(one => one.Name == name).Bare ?? "";
        }

        return new(_design, common, given);
    }

    static Option Of(DesignOption option)
    {
        if (option.Shape == OptionShape.Flag)
            return new Option<bool>($"--{option.Name}") { Description = option.Description };
        var choices = option.Choices.Count > 0 ? $": {string.Join(", ", option.Choices)}" : "";
        var otherwise = option.Default.Length > 0 ? $" [default: {option.Default}]" : "";
        var made = new Option<string?>($"--{option.Name}")
        {
            Description = $"{option.Description}{choices}{otherwise}",
            HelpName = option.Shape switch
            {
                OptionShape.Choice => "which",
                OptionShape.Count => "count",
                OptionShape.Text => "value",
                _ => "time",
            },
        };
        if (option.Bare is not null)
            made.Arity = ArgumentArity.ZeroOrOne;
        if (option.Choices.Count > 0)
            made.CompletionSources.Add(option.Choices.ToArray());
        return made;
    }
}
