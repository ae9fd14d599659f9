using System.Globalization;
using System.Text.Json;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Json;

/// <summary>
/// Values in JSON. Keys of objects that are whole numbers are integers (Jepsen's accounts). What JSON has no
/// word for stands in an object with one key: <c>{"$real": "NaN"}</c>, <c>{"$map": [[key, value], …]}</c> and
/// <c>{"$utf16": [code units]}</c> for text that is not Unicode.
/// </summary>
internal static class JsonValue
{
    /// <summary>How deep values may nest.</summary>
    public const int DeepestNesting = 200;

    public static readonly JsonEncodedText RealKey = JsonEncodedText.Encode("$real");
    public static readonly JsonEncodedText MapKey = JsonEncodedText.Encode("$map");
    public static readonly JsonEncodedText Utf16Key = JsonEncodedText.Encode("$utf16");

    /// <summary>Reads the value at which the reader stands.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="UserMistakeException">It is JSON, and yet no value: a key twice, a misused <c>$</c>
    /// key.</exception>
    public static Value Read(ref Utf8JsonReader reader, TextCache texts) => reader.TokenType switch
    {
        JsonTokenType.Null => Value.Nil,
        JsonTokenType.True => Value.Of(true),
        JsonTokenType.False => Value.Of(false),
        JsonTokenType.Number => reader.TryGetInt64(out var integer) ? integer : Value.Of(reader.GetDouble()),
        JsonTokenType.String => Text(ref reader, texts),
        JsonTokenType.StartArray => ReadList(ref reader, texts),
        JsonTokenType.StartObject => ReadMap(ref reader, texts),
        _ => throw new UserMistakeException($"expected a value, found {reader.TokenType}"),
    };

    /// <summary>The text at which the reader stands, without an allocation when it came before.</summary>
    public static string Text(ref Utf8JsonReader reader, TextCache texts)
    {
        try
        {
            return reader.ValueIsEscaped ? reader.GetString()! : texts.Get(reader.ValueSpan);
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException)
        {
            throw new UserMistakeException(
                "expected text in UTF-8, found other bytes or half a surrogate pair", broken);
        }
    }

    static Value ReadList(ref Utf8JsonReader reader, TextCache texts)
    {
        var elements = new List<Value>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            elements.Add(Read(ref reader, texts));
        return Value.List([.. elements]);
    }

    static Value ReadMap(ref Utf8JsonReader reader, TextCache texts)
    {
        var pairs = new List<(Value Key, Value Value)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = KeyOf(Text(ref reader, texts));
            reader.Read();
            pairs.Add((key, Read(ref reader, texts)));
        }

        if (pairs.Count == 1 && pairs[0].Key.Kind == ValueKind.Text && pairs[0].Key.AsText.StartsWith('$'))
            return Escaped(pairs[0].Key.AsText, pairs[0].Value);
        return MapValue.Of(pairs);
    }

    /// <summary>True when a text, as an object's key, reads back as an integer: it is one, in its shortest
    /// form.</summary>
    public static bool ReadsAsInteger(string key) => KeyOf(key).IsInteger;

    static Value KeyOf(string key)
    {
        if (key.Length is 0 or > 20 || (!char.IsAsciiDigit(key[^1])))
            return key;
        var isInteger =
            long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            && integer.ToString(CultureInfo.InvariantCulture) == key;
        return isInteger ? integer : key;
    }

    static Value Escaped(string name, Value content) => name switch
    {
        "$real" when content.Kind == ValueKind.Text => content.AsText switch
        {
            "NaN" => Value.Of(double.NaN),
            "Infinity" => Value.Of(double.PositiveInfinity),
            "-Infinity" => Value.Of(double.NegativeInfinity),
            var other => RealBits(other),
        },
        "$map" when content.Kind == ValueKind.List => PairsOf(content),
        "$utf16" when content.Kind == ValueKind.List => CodeUnits(content),
        "$real" or "$map" or "$utf16" => throw new UserMistakeException($"{name} cannot hold {content}"),
        _ => Value.Map((name, content)),
    };

    // Other NaNs than the usual one keep their bits, so that a history reads back the same to the last bit.
    static Value RealBits(string text)
    {
        if (text.Length == 16
            && ulong.TryParse(
                text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            return Value.Of(BitConverter.UInt64BitsToDouble(bits));
        throw new UserMistakeException($"$real cannot hold {text}");
    }

    static Value PairsOf(Value content)
    {
        var pairs = new List<(Value, Value)>();
        foreach (var pair in content.AsList)
        {
            if (pair.Kind != ValueKind.List || pair.AsList.Length != 2)
                throw new UserMistakeException($"$map holds pairs [key, value], found {pair}");
            pairs.Add((pair.AsList[0], pair.AsList[1]));
        }

        return MapValue.Of(pairs);
    }

    static Value CodeUnits(Value content)
    {
        var units = new char[content.AsList.Length];
        for (var i = 0; i < units.Length; i++)
        {
            var unit = content.AsList[i];
            if (!unit.IsInteger || unit.AsInteger is < 0 or > char.MaxValue)
                throw new UserMistakeException(
                    $"$utf16 holds numbers up to {(int)char.MaxValue}, found {unit}");
            units[i] = (char)unit.AsInteger;
        }

        return new string(units);
    }
}
