using System.Text.Json;
using Steelyard.Designs.Architecture.Measuring;

namespace Steelyard.Runs;

/// <summary>What of an architecture is full first, as JSON.</summary>
internal static class BottleneckJson
{
    /// <summary>Writes it as a member of an object.</summary>
    public static void Write(Utf8JsonWriter json, Bottleneck bottleneck)
    {
        json.WriteStartObject("bottleneck");
        json.WriteStartArray("sentences");
        foreach (var sentence in bottleneck.Sentences)
            json.WriteStringValue(sentence);
        json.WriteEndArray();
        Write(json, "first", bottleneck.First);
        Write(json, "next", bottleneck.Next);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, Resource? resource)
    {
        if (resource is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("name", resource.Name);
        json.WriteString("part", resource.Part);
        if (resource.To is { } to)
            json.WriteString("to", to);
        json.WriteNumber("utilisation", resource.Utilisation);
        json.WriteNumber("fullAtTimesLoad", resource.FullAt);
        json.WriteEndObject();
    }
}
