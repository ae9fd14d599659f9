using System.Text.Json;
using Steelyard.Analysis.Measurements;
using Steelyard.Histories.Measuring;

namespace Steelyard.Runs;

/// <summary>What was measured, as JSON.</summary>
internal static class MeasuresJson
{
    /// <summary>A measurement as one object; a value that is no number is null.</summary>
    public static void Write(Utf8JsonWriter json, Measurement measurement)
    {
        json.WriteStartObject();
        json.WriteString("id", measurement.Id);
        json.WriteString("words", measurement.Words);
        if (double.IsFinite(measurement.Value))
            json.WriteNumber("value", measurement.Value);
        else
            json.WriteNull("value");
        json.WriteString("unit", measurement.Unit);
        json.WriteString("better", Word(measurement.Direction));
        json.WriteNumber("samples", measurement.Samples);
        if (measurement is { Low: { } low, High: { } high })
        {
            json.WriteNumber("low", low);
            json.WriteNumber("high", high);
        }

        if (measurement.How is { } how)
            json.WriteString("interval", how);
        json.WriteEndObject();
    }

    /// <summary>The times in which the cluster was cut apart, with what was due on each side.</summary>
    public static void WriteCuts(Utf8JsonWriter json, Availability availability)
    {
        json.WriteStartArray("cuts");
        foreach (var (window, counts) in availability.Windows)
        {
            json.WriteStartObject();
            json.WriteNumber("startNs", window.StartNs);
            if (window.EndNs == long.MaxValue)
                json.WriteNull("endNs");
            else
                json.WriteNumber("endNs", window.EndNs);
            json.WriteStartArray("sides");
            foreach (var (side, own) in window.Sides.Zip(counts))
                WriteSide(json, side, own);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteSide(Utf8JsonWriter json, PartitionSide side, RequestCounts counts)
    {
        json.WriteStartObject();
        json.WriteString("name", side.Name);
        json.WriteStartArray("nodes");
        foreach (var node in side.Nodes)
            json.WriteStringValue(node);
        json.WriteEndArray();
        json.WriteNumber("due", counts.Due);
        json.WriteNumber("answered", counts.Answered);
        json.WriteNumber("late", counts.Late);
        json.WriteNumber("refused", counts.Refused);
        json.WriteNumber("unknown", counts.Unknown);
        json.WriteNumber("neverSent", counts.NeverSent);
        json.WriteEndObject();
    }

    static string Word(Direction direction) => direction switch
    {
        Direction.MoreIsBetter => "more",
        Direction.LessIsBetter => "less",
        Direction.Neither => "neither",
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "no such direction"),
    };
}
