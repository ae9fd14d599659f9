using System.Text.Json;
using Steelyard.Histories;

namespace Steelyard.Services.Driving;

/// <summary>JSON of services as values of a history.</summary>
internal static class JsonValues
{
    /// <summary>What stands at a place of an answer; an answer that is no JSON is its text.</summary>
    public static Value Read(string answer, string? path)
    {
        if (Parse(answer) is not { } root)
            return path is null ? answer : Value.Nil;
        Value[] found = [.. At(root, path).Select(Of)];
        return found.Length == 1 ? found[0] : found.Length == 0 ? Value.Nil : Value.List(found);
    }

    /// <summary>The ids at a place of an answer, as texts; null where the answer is no JSON.</summary>
    public static Value[]? Ids(string answer, string? path) => Parse(answer) is { } root
        ?
        [
            .. At(root, path).SelectMany(Elements)
                .Select(one => (Value)(
                    one.ValueKind == JsonValueKind.String ? one.GetString() : one.GetRawText())),
        ]
        : null;

    /// <summary>A value of JSON.</summary>
    public static Value Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number when json.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => Value.Of(json.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => Value.Of(json.GetBoolean()),
        JsonValueKind.Array => Value.List([.. json.EnumerateArray().Select(Of)]),
        JsonValueKind.Object => Value.Map(
            [.. json.EnumerateObject().Select(one => ((Value)one.Name, Of(one.Value)))]),
        _ => Value.Nil,
    };

    static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static IEnumerable<JsonElement> At(JsonElement from, string? path)
    {
        IEnumerable<JsonElement> at = [from];
        foreach (var name in path?.Split('.') ?? [])
            at = at.SelectMany(Elements).SelectMany(one => Named(one, name)).ToList();
        return at;
    }

    static IEnumerable<JsonElement> Named(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) ? [found] : [];

    static IEnumerable<JsonElement> Elements(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [json];
}
