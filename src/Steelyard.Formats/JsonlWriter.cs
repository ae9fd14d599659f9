using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Steelyard.Formats.Json;
using Steelyard.Formats.Jsonl;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>
/// Writes histories as <c>history.jsonl</c>: one event a line, in order, UTF-8. Reading it back gives the
/// same history, to the hash.
/// </summary>
public static class JsonlWriter
{
    const int FlushedAtBytes = 1 << 16;

    static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = JsonValue.DeepestNesting + 2,
    };

    static readonly JsonEncodedText Index = JsonEncodedText.Encode("index");
    static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
    static readonly JsonEncodedText Process = JsonEncodedText.Encode("process");
    static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    static readonly JsonEncodedText Function = JsonEncodedText.Encode("f");
    static readonly JsonEncodedText Key = JsonEncodedText.Encode("key");
    static readonly JsonEncodedText Payload = JsonEncodedText.Encode("value");
    static readonly JsonEncodedText Node = JsonEncodedText.Encode("node");
    static readonly JsonEncodedText Intended = JsonEncodedText.Encode("intended");
    static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");

    /// <summary>Writes a history; the stream is flushed and stays open.</summary>
    public static void Write(Stream stream, History history)
    {
        var buffer = new ArrayBufferWriter<byte>(FlushedAtBytes * 2);
        using var json = new Utf8JsonWriter(buffer, Options);
        foreach (var entry in HistoryEvents.Of(history))
        {
            if (entry.Fault is { } fault)
                WriteFault(json, fault);
            else if (entry.Phase is { } phase)
                WriteMark(json, phase, history.Phases[phase]!.Value);
            else
                WriteOperation(json, history[entry.Operation], entry.IsCompletion);
            json.Flush();
            json.Reset();
            buffer.GetSpan(1)[0] = (byte)'\n';
            buffer.Advance(1);
            if (buffer.WrittenCount < FlushedAtBytes)
                continue;
            stream.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }

        stream.Write(buffer.WrittenSpan);
        stream.Flush();
    }

    static void WriteOperation(Utf8JsonWriter json, Operation operation, bool isCompletion)
    {
        json.WriteStartObject();
        json.WriteNumber(Index, isCompletion ? operation.CompletedAt : operation.InvokedAt);
        json.WriteNumber(Time, isCompletion ? operation.CompletedNs : operation.InvokedNs);
        json.WriteNumber(Process, operation.Process);
        json.WriteString(Type, isCompletion ? NameOf(operation.Outcome) : "invoke");
        WriteText(json, Function, operation.Function);
        if (!operation.Key.IsNil)
            WriteValue(json, Key, operation.Key);
        WriteValue(json, Payload, isCompletion ? operation.Output : operation.Input);
        if (isCompletion)
        {
            WriteText(json, Error, operation.Error);
        }
        else
        {
            WriteText(json, Node, operation.Node);
            if (operation.IntendedNs != operation.InvokedNs)
                json.WriteNumber(Intended, operation.IntendedNs);
            if (!operation.IsSent)
                json.WriteBoolean("sent", false);
            if (operation.IsSession)
                json.WriteBoolean("session", true);
            if (operation.IsTargeted)
                json.WriteBoolean("targeted", true);
        }

        json.WriteEndObject();
    }

    static void WriteFault(Utf8JsonWriter json, FaultEvent fault)
    {
        json.WriteStartObject();
        json.WriteNumber(Index, fault.Position);
        json.WriteNumber(Time, fault.TimeNs);
        json.WriteString(Process, "nemesis");
        json.WriteString(Type, "info");
        WriteText(json, Function, fault.Kind);
        json.WriteString("phase", NameOf(fault.Phase));
        WriteText(json, JsonEncodedText.Encode("description"), fault.Description);
        if (fault.Fault >= 0)
            json.WriteNumber("fault", fault.Fault);
        if (fault.Nodes.Count > 0)
            WriteValue(json, JsonEncodedText.Encode("nodes"), NamesOf(fault.Nodes));
        WriteWhatItDid(json, fault);
        json.WriteEndObject();
    }

    // It has neither process nor type nor function: no operation or fault of anybody's looks like it.
    static void WriteMark(Utf8JsonWriter json, HistoryPhase phase, PhaseMark mark)
    {
        json.WriteStartObject();
        json.WriteNumber(Index, mark.Position);
        json.WriteNumber(Time, mark.TimeNs);
        json.WriteString("mark", OurPhase.NameOf(phase));
        json.WriteEndObject();
    }

    static void WriteWhatItDid(Utf8JsonWriter json, FaultEvent fault)
    {
        if (fault.Cuts.Count > 0)
            WriteValue(json, JsonEncodedText.Encode("cuts"), Value.List([.. fault.Cuts.Select(
                cut => Value.List([NamesOf(cut.From), NamesOf(cut.To)]))]));
        if (fault.Uncut.Count > 0)
            WriteValue(json, JsonEncodedText.Encode("uncut"), NamesOf(fault.Uncut));
        if (!fault.Details.IsNil)
            WriteValue(json, JsonEncodedText.Encode("details"), fault.Details);
        if (fault.HadEffect is { } hadEffect)
            json.WriteBoolean("effect", hadEffect);
    }

    static Value NamesOf(IReadOnlyList<string> names) => Value.List([.. names.Select(name => (Value)name)]);

    static string NameOf(Outcome outcome) => outcome switch
    {
        Outcome.Ok => "ok",
        Outcome.Fail => "fail",
        Outcome.Info => "info",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "not the end of an operation"),
    };

    static string NameOf(FaultPhase phase) => phase switch
    {
        FaultPhase.Start => "start",
        FaultPhase.End => "end",
        FaultPhase.Instant => "instant",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "unknown phase"),
    };

    static void WriteText(Utf8JsonWriter json, JsonEncodedText name, string? text)
    {
        if (text is not null)
            WriteValue(json, name, text);
    }

    static void WriteValue(Utf8JsonWriter json, JsonEncodedText name, Value value)
    {
        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    static void WriteValue(Utf8JsonWriter json, Value value)
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
            WriteValue(json, element);
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
                WriteValue(json, value);
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
