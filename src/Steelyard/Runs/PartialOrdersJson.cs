using System.Text.Json;
using Steelyard.Histories;

namespace Steelyard.Runs;

/// <summary>The longest orders that fit, for machines: all of them, where the page shows the first.</summary>
internal static class PartialOrdersJson
{
    public static void Write(Utf8JsonWriter json, History history, IReadOnlyList<PartialOrder> orders)
    {
        json.WriteStartArray("partialOrders");
        foreach (var order in orders)
        {
            json.WriteStartObject();
            json.WriteString("initial", order.Initial);
            json.WriteStartArray("steps");
            foreach (var step in order.Steps)
                WriteStep(json, history, step.Operation, "state", step.State, step.IsOfWitness);
            json.WriteEndArray();
            json.WriteStartArray("refused");
            foreach (var step in order.Refused)
                WriteStep(json, history, step.Operation, "why", step.Why, isOfWitness: true);
            json.WriteEndArray();
            json.WriteNumber("later", order.Later);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteStep(
        Utf8JsonWriter json, History history, int operation, string name, string words, bool isOfWitness)
    {
        json.WriteStartObject();
        json.WriteNumber("operation", history[operation].RecordedIndex);
        json.WriteString(name, words);
        if (!isOfWitness)
            json.WriteBoolean("witness", false);
        json.WriteEndObject();
    }
}
