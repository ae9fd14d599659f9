using System.Text.Json;
using Steelyard.Replays;

namespace Steelyard.App.Terminals;

/// <summary>Where two runs of one seed differ first.</summary>
internal static class DifferenceLines
{
    /// <summary>For people: two names and what each run did.</summary>
    public static void Write(
        Terminal terminal, HistoryDifference? difference, string firstName, string secondName)
    {
        if (difference is null)
        {
            terminal.Line("  clients saw the same; the order of events inside differs");
            return;
        }

        var width = Math.Max(firstName.Length, secondName.Length);
        terminal.Line(
            $"  first difference: event {difference.Position}, at {difference.TimeNs / 1e9:0.000} s "
                + "simulated");
        terminal.Line($"    {firstName.PadRight(width)}   {difference.First}");
        terminal.Line($"    {secondName.PadRight(width)}   {difference.Second}");
    }

    /// <summary>For machines.</summary>
    public static void Write(
        Utf8JsonWriter json, HistoryDifference? difference, string firstName, string secondName)
    {
        if (difference is null)
            return;
        json.WriteStartObject("firstDifference");
        json.WriteNumber("event", difference.Position);
        json.WriteNumber("seconds", difference.TimeNs / 1e9);
        json.WriteString(firstName, difference.First);
        json.WriteString(secondName, difference.Second);
        json.WriteEndObject();
    }
}
