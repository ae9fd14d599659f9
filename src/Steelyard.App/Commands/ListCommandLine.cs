using System.CommandLine;
using System.Text.Json;
using Steelyard.App.Terminals;
using Steelyard.Histories.Formats;
using Steelyard.Checks;
using Steelyard.Runs;
using Steelyard.Worlds;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard list</c>: what there is.</summary>
internal static class ListCommandLine
{
    public static Command Create(IReadOnlyList<IDesign> designs, Terminal terminal)
    {
        var command = new Command(
            "list", "What there is: designs with their options, faults, models, formats");
        var json = new Option<bool>("--json") { Description = "Print it as JSON" };
        command.Add(json);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                terminal.Json(writer => Write(writer, designs));
            else
                Write(terminal, designs);
            return ExitCodes.Held;
        });
        Examples.Of(command, "steelyard list");
        return command;
    }

    static void Write(Terminal terminal, IReadOnlyList<IDesign> designs)
    {
        terminal.Line("Designs");
        foreach (var design in designs)
        {
            terminal.Line($"  {design.Name,-10} {design.Summary}");
            foreach (var option in design.Options)
                terminal.Line($"             --{option.Name}{Values(option)}");
        }

        terminal.Line("");
        terminal.Line($"Faults    {string.Join(", ", FaultChoice.Names)}, or a faults.yaml");
        terminal.Line($"Models    {string.Join(", ", HistoryModels.Names)}");
        terminal.Line($"Formats   {string.Join(", ", HistoryFormats.Names)}, any of them gzipped");
    }

    static string Values(DesignOption option) => option.Shape switch
    {
        OptionShape.Choice => $" {string.Join(" | ", option.Choices)}",
        OptionShape.Count => $" <count, {option.Default}>",
        OptionShape.Duration => $" <time, {option.Default}>",
        _ => "",
    };

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
        Write(json, "models", HistoryModels.Names);
        Write(json, "formats", HistoryFormats.Names);
        json.WriteEndObject();
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
