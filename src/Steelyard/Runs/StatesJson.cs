using System.Text.Json;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>What nodes show of themselves, for machines.</summary>
public static class StatesJson
{
    /// <summary>Writes <c>"nodeStates"</c>: one object for each node, with its own values by name.</summary>
    /// <param name="json">Where to; in an object.</param>
    /// <param name="states">The nodes.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<NodeState> states)
    {
        json.WriteStartArray("nodeStates");
        foreach (var state in states)
        {
            json.WriteStartObject();
            json.WriteString("node", state.Node);
            json.WriteString("status", state.Status.ToString());
            json.WriteStartObject("values");
            foreach (var (name, value) in state.Values)
                Write(json, name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, string name, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Integer:
                json.WriteNumber(name, value.AsInteger);
                break;
            case ValueKind.Boolean:
                json.WriteBoolean(name, value.AsBoolean);
                break;
            case ValueKind.Nil:
                json.WriteNull(name);
                break;
            default:
                json.WriteString(name, value.ToString());
                break;
        }
    }
}
