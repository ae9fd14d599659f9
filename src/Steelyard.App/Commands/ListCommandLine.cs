using System.CommandLine;
using System.Text.Json;
using Steelyard.App.Terminals;
using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard list</c>: what there is.</summary>
internal static class ListCommandLine
{
    static IEnumerable<string> Names => ListedTopic.All.Select(topic => topic.Name);

    public static Command Create(DesignCatalogue designs, Terminal terminal)
    {
        var command = new Command(
            "list", "What there is: designs with their options, faults, models, consistency models, formats");
        var json = new Option<bool>("--json") { Description = "Print it as JSON" };
        var topic = new Argument<string?>("what")
        {
            Description = $"Only one of {string.Join(", ", Names)}, "
                + "or the designs of an assembly of your own; all when not given",
            Arity = ArgumentArity.ZeroOrOne,
        };
        topic.CompletionSources.Add([.. Names]);
        var app = CommonOptionSet.Text(
            "--app", "X.dll", "Only the scenarios of services in an assembly of your own");
        command.Add(topic);
        command.Add(app);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var what = parsed.GetValue(topic);
            if (what is not null && parsed.GetValue(app) is not null)
                throw new UserMistakeException($"list: expected {app.Name} or \"{what}\", found both");
            var users = parsed.GetValue(app) is { } services ? ListedScenarios.Of(services, designs)
                : what is not null && DesignEntry.IsAssembly(what) ? designs.Of(what)
                : null;
            if (parsed.GetValue(app) is { } assembly && !parsed.GetValue(json))
            {
                ListedScenarios.Write(terminal, assembly, users!);
                return ExitCodes.Held;
            }

            if (parsed.GetValue(json))
                terminal.Json(writer => Write(writer, users ?? designs.Own));
            else
                Write(terminal, users ?? designs.Own, users is null ? what : "designs");
            return ExitCodes.Held;
        });
        Examples.Of(command, "steelyard list", "steelyard list models",
            "steelyard list bin/Release/net10.0/MyDesign.dll",
            "steelyard list --app bin/Release/net10.0/My.Tests.dll");
        return command;
    }

    static void Write(Terminal terminal, IReadOnlyList<IDesign> designs, string? topic)
    {
        var shown = ListedTopic.All.Where(one => topic is null || one.Name == topic).ToList();
        if (shown.Count == 0)
            throw new UserMistakeException(
                $"steelyard list: expected one of {string.Join(", ", Names)}, found \"{topic}\""
                + Suggestion.For(topic!, Names));
        foreach (var (place, one) in shown.Index())
        {
            if (place > 0)
                terminal.Line("");
            one.Write(terminal, designs);
        }
    }

    static void Write(Utf8JsonWriter json, IReadOnlyList<IDesign> designs)
    {
        json.WriteStartObject();
        json.WriteStartArray("designs");
        foreach (var design in designs)
        {
            json.WriteStartObject();
            json.WriteString("name", design.Name);
            json.WriteString("summary", design.Summary);
            json.WriteStartArray("options");
            foreach (var option in design.Options)
                Write(json, option);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "faults", FaultChoice.Names);
        Write(json, "faultKinds", FaultKinds.All);
        Write(json, "liveFaultKinds", LiveFaultRules.Own);
        Write(json, "models", HistoryModels.Names);
        Write(json, "consistency", HistoryModels.Consistencies);
        Write(json, "formats", HistoryFormats.Names);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, IReadOnlyList<FaultKind> kinds)
    {
        json.WriteStartArray(name);
        foreach (var kind in kinds)
        {
            json.WriteStartObject();
            json.WriteString("name", kind.Name);
            json.WriteString("summary", kind.Summary);
            json.WriteString("palette", kind.Word);
            json.WriteString("example", kind.Example);
            Write(json, "fields", [.. kind.Fields.Select(field => field.Key)]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, DesignOption option)
    {
        json.WriteStartObject();
        json.WriteString("name", option.Name);
        json.WriteString("shape", option.Shape.ToString());
        json.WriteString("default", option.Default);
        json.WriteString("description", option.Description);
        if (option.Choices.Count > 0)
            Write(json, "choices", option.Choices);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words)
            json.WriteStringValue(word);
        json.WriteEndArray();
    }
}
