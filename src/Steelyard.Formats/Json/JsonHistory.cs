using System.Text.Json;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Json;

/// <summary>JSON operation maps, ours and Jepsen's: one after another (usually one a line) or in one
/// array.</summary>
internal sealed class JsonHistory(Stream stream, string name, EventAssembler events)
{
    static readonly JsonReaderOptions Strict = new() { MaxDepth = JsonValue.DeepestNesting };

    readonly JsonObjects _objects = new(stream, name);
    readonly TextCache _texts = new();

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">It is not JSON, or not operation maps; with line and
    /// column.</exception>
    /// <exception cref="CutShortException">The bytes end in the middle.</exception>
    public void ReadAll()
    {
        while (true)
        {
            var bytes = _objects.Next();
            if (bytes.IsEmpty)
                return;
            events.Add(ReadEvent(bytes));
        }
    }

    EventFields ReadEvent(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, Strict);
        try
        {
            return ReadFields(ref reader);
        }
        catch (JsonException broken)
        {
            var line = _objects.ObjectLine + (int)(broken.LineNumber ?? 0);
            var column =
                (broken.BytePositionInLine ?? 0) + (broken.LineNumber is > 0 ? 1 : _objects.ObjectColumn);
            throw new UserMistakeException($"{name} line {line} column {column}: {What(broken)}", broken);
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException(
                $"{name} line {_objects.ObjectLine} column {_objects.ObjectColumn + reader.TokenStartIndex}:"
                + $" {mistake.Message}",
                mistake);
        }
    }

    EventFields ReadFields(ref Utf8JsonReader reader)
    {
        var fields = new EventFields { Line = _objects.ObjectLine };
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // A name with escapes is none of ours.
            ref var field = ref EventFields.Field(ref fields, reader.ValueSpan, out var known);
            reader.Read();
            if (known)
                field = JsonValue.Read(ref reader, _texts);
            else
                reader.Skip();
        }

        return fields;
    }

    // The library's sentence ends with where it was, in its own counting; ours stands before it.
    static string What(JsonException broken)
    {
        var end = broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var text = end < 0 ? broken.Message : broken.Message[..end];
        return "expected JSON: " + text.TrimEnd('.', ' ');
    }
}
