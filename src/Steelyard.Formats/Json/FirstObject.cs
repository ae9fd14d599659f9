using System.Text;
using System.Text.Json;

namespace Steelyard.Formats.Json;

/// <summary>The names in the first object of a JSON file: they tell what its objects are.</summary>
/// <param name="Names">All of them, in order.</param>
/// <param name="Type">What stands under "type"; null where that is no text.</param>
internal sealed record FirstObject(IReadOnlyList<string> Names, string? Type)
{
    /// <summary>True when it is an event, ours or Jepsen's, and not a whole operation.</summary>
    public bool IsEvent => Has("mark") || Has("recording") || Type is "invoke" or "ok" or "fail" or "info"
        || (Has("type") && Has("process") && (Has("f") || Has("value")));

    /// <summary>Whether a name stands in it.</summary>
    public bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>The first object of a file; null where there is none, or no end of it within what is at
    /// hand.</summary>
    public static FirstObject? Of(FileHead head) => head.FirstObject.Value;

    /// <summary>The same of a text.</summary>
    internal static FirstObject? In(string whole)
    {
        var text = whole.StartsWith('[') ? whole[1..].TrimStart() : whole;
        if (!text.StartsWith('{'))
            return null;
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(text), isFinalBlock: true,
            new(new() { MaxDepth = JsonValue.DeepestNesting, AllowMultipleValues = true }));
        var names = new List<string>();
        string? type = null;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                names.Add(reader.GetString()!);
                reader.Read();
                if (names[^1] == "type" && reader.TokenType == JsonTokenType.String)
                    type = reader.GetString();
                reader.Skip();
            }

            return reader.TokenType == JsonTokenType.EndObject && names.Count > 0 ? new(names, type) : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
