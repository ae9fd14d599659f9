using System.CommandLine;
using Steelyard.Histories;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>A scenario of the user's own services, as their tests have it:
/// <c>--app My.Tests.dll --scenario Payments</c>.</summary>
internal sealed class AppOptionSet
{
    const string AppWord = "--app";
    const string ScenarioWord = "--scenario";

    readonly Option<string?> _app = Option(
        AppWord, "X.dll", "An assembly with scenarios of your own services");
    readonly Option<string?> _scenario = Option(
        ScenarioWord, "name",
        "Which of its scenarios, a class that implements IServicesScenario; the only one when not given");

    /// <summary>Adds the options to a command, for itself alone.</summary>
    public void AddTo(Command command)
    {
        command.Add(_app);
        command.Add(_scenario);
    }

    /// <summary>The assembly that was named; null is none.</summary>
    public string? App(ParseResult parsed) => parsed.GetValue(_app);

    /// <summary>The scenario that was named, with its assembly; null is none.</summary>
    /// <exception cref="UserMistakeException">There is none of that name, or no assembly.</exception>
    public DesignEntry? Read(ParseResult parsed, DesignCatalogue designs) =>
        Find(App(parsed), parsed.GetValue(_scenario), designs);

    /// <summary>Takes the options out of a command line whose other words depend on what they name.</summary>
    /// <returns>The words without them, and what they name; null is that there are none.</returns>
    /// <exception cref="UserMistakeException">They name nothing.</exception>
    public static (List<string> Others, DesignEntry? Named) Take(
        IReadOnlyList<string> words, DesignCatalogue designs)
    {
        var others = words.ToList();
        var app = Take(others, AppWord, "X.dll");
        return (others, Find(app, Take(others, ScenarioWord, "name"), designs));
    }

    static DesignEntry? Find(string? app, string? scenario, DesignCatalogue designs)
    {
        if (app is null)
            return scenario is null ? null : throw new UserMistakeException(
                $"{ScenarioWord}: expected {AppWord} <X.dll> with it, found none");
        return DesignEntry.OfAssembly(app, designs.FindScenario(app, scenario));
    }

    static string? Take(List<string> words, string option, string value)
    {
        var at = words.FindIndex(
            word => word == option || word.StartsWith(option + "=", StringComparison.Ordinal));
        if (at < 0)
            return null;
        var word = words[at];
        words.RemoveAt(at);
        if (word != option)
            return word[(option.Length + 1)..];
        if (at == words.Count || words[at].StartsWith('-'))
            throw new UserMistakeException($"{option}: expected <{value}>, found nothing");
        var found = words[at];
        words.RemoveAt(at);
        return found;
    }

    // Not for the commands below: each has a design already.
    static Option<string?> Option(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}
