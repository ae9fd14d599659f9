using System.Text.Json;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Json;

/// <summary>The objects of a stream as values, one after another; a mistake in one is told with its
/// line.</summary>
/// <param name="stream">The file.</param>
/// <param name="name">The file, for messages.</param>
internal sealed class JsonObjectValues(Stream stream, string name)
{
    static readonly JsonReaderOptions Strict = new() { MaxDepth = JsonValue.DeepestNesting };

    readonly JsonObjects _objects = new(stream, name);
    readonly TextCache _texts = new();

    /// <summary>Line of the object at hand.</summary>
    public int Line => _objects.ObjectLine;

    /// <summary>Reads to the end of the bytes.</summary>
    /// <param name="take">Takes each object.</param>
    /// <exception cref="UserMistakeException">It is not JSON, or whoever takes an object refused
    /// it.</exception>
    /// <exception cref="CutShortException">The bytes end in the middle.</exception>
    public void ReadAll(Action<Value> take)
    {
        for (var bytes = _objects.Next(); !bytes.IsEmpty; bytes = _objects.Next())
            Read(bytes, take);
    }

    void Read(ReadOnlySpan<byte> bytes, Action<Value> take)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, Strict);
            reader.Read();
            take(JsonValue.Read(ref reader, _texts));
        }
        catch (Exception mistake) when (mistake is UserMistakeException or JsonException)
        {
            var what = mistake is JsonException ? "expected JSON, found something else" : mistake.Message;
            throw new UserMistakeException($"{name} line {Line}: {what}", mistake);
        }
    }
}
