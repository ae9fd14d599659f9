using System.CommandLine;
using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Policies.Retries;

namespace Steelyard.App.Commands.Retries;

/// <summary>Options that commands about retries have in common.</summary>
internal static class WaitOptions
{
    const double SecondsOfADay = 86_400;

    /// <summary>A time up to a day.</summary>
    public static ParameterOption Time(string name, string meaning, double? usual = null, double least = 0) =>
        new(new(name, meaning, least, SecondsOfADay) { IsTime = true, Default = usual });

    /// <summary>How many of something.</summary>
    public static ParameterOption Count(
        string name, string meaning, double usual, double least, double most) =>
        new(new(name, meaning, least, most) { IsWhole = true, Default = usual });

    /// <summary>Strategies of waiting, one or several.</summary>
    public static Option<string> Strategies()
    {
        var option = new Option<string>("--strategy")
        {
            Description = $"How to wait: {string.Join(", ", Backoff.All.Select(one => one.Name))}; several"
                + " apart by commas, or all",
            HelpName = "which",
            DefaultValueFactory = _ => "full",
        };
        option.CompletionSources.Add([.. Backoff.All.Select(one => one.Name), "all"]);
        return option;
    }

    /// <summary>Those that were asked for.</summary>
    public static IReadOnlyList<Backoff> StrategiesOf(string words) => words == "all"
        ? Backoff.All
        : [.. words.Split(',').Select(word => Backoff.Named(word.Trim())).Distinct()];

    /// <summary>The name of a figure of one of several strategies.</summary>
    public static string Named(Backoff strategy, bool isOne, string figure) =>
        isOne ? figure : strategy.Name + char.ToUpperInvariant(figure[0]) + figure[1..];

    /// <summary>The base of the waits; in seconds.</summary>
    public static ParameterOption Base() => Time("base", "the base of the waits", 0.005, least: 1e-6);

    /// <summary>The most a wait takes; in seconds.</summary>
    public static ParameterOption Cap() => Time("cap", "the most a wait takes", 2, least: 1e-6);
}
