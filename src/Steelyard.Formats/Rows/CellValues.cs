using System.Globalization;
using System.Text;
using System.Text.Json;
using Steelyard.Formats.Edn;
using Steelyard.Formats.Json;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>
/// What the cells of a table hold: nothing, a number in its shortest form, true or false, a list or a map in
/// JSON or EDN, or else a text. The same text is read once.
/// </summary>
internal sealed class CellValues
{
    const int Longest = 24;
    const int Places = 4096;

    static readonly JsonReaderOptions Strict = new() { MaxDepth = JsonValue.DeepestNesting };

    readonly (string? Text, Value Value)[] _places = new (string?, Value)[Places];
    readonly TextCache _texts = new();

    /// <summary>What a cell holds.</summary>
    public Value Of(ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty)
            return Value.Nil;
        if (cell.Length > Longest)
            return Read(cell.ToString());
        var hash = 2166136261u;
        foreach (var one in cell)
            hash = (hash ^ one) * 16777619u;
        ref var place = ref _places[(hash ^ (hash >> 15)) & (Places - 1)];
        if (place.Text is null || !cell.SequenceEqual(place.Text))
        {
            var text = cell.ToString();
            place = (text, Read(text));
        }

        return place.Value;
    }

    Value Read(string text) => text[0] switch
    {
        _ when IsWhole(text, out var number) => number,
        _ when IsReal(text, out var real) => Value.Of(real),
        '[' => Simple(text) ?? Nested(text),
        '{' => Nested(text),
        _ => Word(text),
    };

    static Value Word(string text) => text switch
    {
        "nil" or "null" or "NULL" => Value.Nil,
        "true" or "True" or "TRUE" => Value.Of(true),
        "false" or "False" or "FALSE" => Value.Of(false),
        _ => text,
    };

    // 007 and +7 are texts: they may be codes of something.
    static bool IsWhole(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && number.ToString(CultureInfo.InvariantCulture) == text;

    static bool IsReal(string text, out double number) =>
        double.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
            out number)
        && number.ToString("R", CultureInfo.InvariantCulture) == text;

    // [a b] and [1, 2]: no exception must be thrown on the way to the most usual lists.
    static Value? Simple(string text)
    {
        if (text[^1] != ']' || text.AsSpan(1, text.Length - 2).ContainsAny("[]{}\"#():;\\"))
            return null;
        var words = text[1..^1].Split((char[])[',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return Value.List([.. words.Select(word =>
            IsWhole(word, out var number) ? number
            : IsReal(word, out var real) ? Value.Of(real)
            : Word(word))]);
    }

    Value Nested(string text) => Json(text) ?? EdnOf(text) ?? text;

    Value? Json(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Strict);
        try
        {
            reader.Read();
            var value = JsonValue.Read(ref reader, _texts);
            return reader.Read() ? default(Value?) : value;
        }
        catch (Exception other) when (other is JsonException or UserMistakeException)
        {
            return null;
        }
    }

    static Value? EdnOf(string text)
    {
        var reader = new EdnReader(new ByteReader(Encoding.UTF8.GetBytes(text)), "cell");
        try
        {
            var value = reader.Read();
            return reader.SkipToForm() == ByteReader.End ? value : default(Value?);
        }
        catch (Exception other) when (other is CutShortException or UserMistakeException)
        {
            return null;
        }
    }
}
