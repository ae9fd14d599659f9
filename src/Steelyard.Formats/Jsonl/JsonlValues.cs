using System.Globalization;
using System.Text.Json;
using Steelyard.Formats.Json;
using Steelyard.Histories;

namespace Steelyard.Formats.Jsonl;

/// <summary>Values as JSON, with what JSON cannot say by objects of its own.</summary>
internal static class JsonlValues
{
    /// <summary>Writes a field, unless there is nothing to say.</summary>
    public static void WriteText(this Utf8JsonWriter json, JsonEncodedText name, string? text)
    {
        if (text is not null)
            json.WriteValue(name, text);
    }

    /// <summary>Writes a field.</summary>
    public static void WriteValue(this Utf8JsonWriter json, JsonEncodedText name, Value value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    /// <summary>Writes a value; <see cref="JsonValue"/> reads the same.</summary>
    public static void WriteValue(this Utf8JsonWriter json, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Nil:
                json.WriteNullValue();
                break;
            case ValueKind.Boolean:
                json.WriteBooleanValue(value.AsBoolean);
                break;
            case ValueKind.Integer:
                json.WriteNumberValue(value.AsInteger);
                break;
            case ValueKind.Real:
                WriteReal(json, value.AsReal);
                break;
            case ValueKind.Text:
                WriteText(json, value.AsText);
                break;
            case ValueKind.List:
                WriteList(json, value.AsList);
                break;
            default:
                WriteMap(json, value.AsMap);
                break;
        }
    }

    static void WriteReal(Utf8JsonWriter json, double real)
    {
        if (double.IsFinite(real))
        {
            // A point or an exponent tells a real from an integer.
            var text = real.ToString("R", CultureInfo.InvariantCulture);
            json.WriteRawValue(
                text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0", skipInputValidation: true);
            return;
        }

        json.WriteStartObject();
        json.WriteString(JsonValue.RealKey, NameOf(real));
        json.WriteEndObject();
    }

    static string NameOf(double real)
    {
        var bits = BitConverter.DoubleToUInt64Bits(real);
        if (double.IsInfinity(real))
            return real > 0 ? "Infinity" : "-Infinity";
        var isUsual = bits == BitConverter.DoubleToUInt64Bits(double.NaN);
        return isUsual ? "NaN" : bits.ToString("x16", CultureInfo.InvariantCulture);
    }

    static void WriteText(Utf8JsonWriter json, string text)
    {
        if (IsUnicode(text))
        {
            json.WriteStringValue(text);
            return;
        }

        json.WriteStartObject();
        json.WriteStartArray(JsonValue.Utf16Key);
        foreach (var unit in text)
            json.WriteNumberValue((int)unit);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i])
                && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
                return false;
        return true;
    }

    static void WriteList(Utf8JsonWriter json, ReadOnlySpan<Value> elements)
    {
        json.WriteStartArray();
        foreach (var element in elements)
            json.WriteValue(element);
        json.WriteEndArray();
    }

    static void WriteMap(Utf8JsonWriter json, ReadOnlySpan<KeyValuePair<Value, Value>> pairs)
    {
        json.WriteStartObject();
        if (FitsJson(pairs))
        {
            foreach (var (key, value) in pairs)
            {
                json.WritePropertyName(key.IsInteger ? key.ToString() : key.AsText);
                json.WriteValue(value);
            }
        }
        else
        {
            json.WriteStartArray(JsonValue.MapKey);
            foreach (var (key, value) in pairs)
                WriteList(json, [key, value]);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // An object's keys are texts; whole numbers among them read back as integers, and a lone $ key as an
    // escape.
    static bool FitsJson(ReadOnlySpan<KeyValuePair<Value, Value>> pairs)
    {
        foreach (var (key, _) in pairs)
        {
            var fits = key.IsInteger || (key.Kind == ValueKind.Text && !key.AsText.StartsWith('$')
                && !JsonValue.ReadsAsInteger(key.AsText) && IsUnicode(key.AsText));
            if (!fits)
                return false;
        }

        return true;
    }
}
