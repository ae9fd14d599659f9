using System.Text;
using System.Text.Json;
using Steelyard.Formats.Json;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Recording.Http;

/// <summary>Bodies as values.</summary>
internal static class BodyValue
{
    // A table of its own for each body would be most of what recording costs.
    [ThreadStatic]
    static TextCache? s_texts;

    static readonly JsonReaderOptions s_strict = new() { MaxDepth = JsonValue.DeepestNesting };

    /// <summary>JSON as what it says, an empty text as nil, all else as it stands.</summary>
    public static Value Of(string text)
    {
        if (text.Length == 0)
            return Value.Nil;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), s_strict);
            reader.Read();
            var value = JsonValue.Read(ref reader, s_texts ??= new());
            // More behind the first value is no JSON.
            return reader.Read() ? text : value;
        }
        catch (Exception none) when (none is JsonException or UserMistakeException)
        {
            return text;
        }
    }

    /// <summary>A part of a path: a whole number as such.</summary>
    public static Value OfPath(string text) =>
        JsonValue.ReadsAsInteger(text) ? Of(text) : text;
}
