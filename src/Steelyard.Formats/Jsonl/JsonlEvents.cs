using System.Text.Encodings.Web;
using System.Text.Json;
using Steelyard.Formats.Json;
using Steelyard.Histories;

namespace Steelyard.Formats.Jsonl;

/// <summary>The lines of <c>history.jsonl</c>, each an object.</summary>
internal static class JsonlEvents
{
    public static readonly JsonEncodedText Node = JsonEncodedText.Encode("node");
    public static readonly JsonEncodedText Intended = JsonEncodedText.Encode("intended");
    public static readonly JsonEncodedText Lone = JsonEncodedText.Encode("lone");
    public static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");

    static readonly JsonEncodedText Index = JsonEncodedText.Encode("index");
    static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
    static readonly JsonEncodedText Process = JsonEncodedText.Encode("process");
    static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    static readonly JsonEncodedText Function = JsonEncodedText.Encode("f");
    static readonly JsonEncodedText Key = JsonEncodedText.Encode("key");
    static readonly JsonEncodedText Payload = JsonEncodedText.Encode("value");

    /// <summary>How all of them are written.</summary>
    public static JsonWriterOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = JsonValue.DeepestNesting + 2,
    };

    /// <summary>Begins the line of an invocation (where the outcome is Open) or of a completion; the caller
    /// adds what it has besides, and ends the object.</summary>
    public static void Begin(
        Utf8JsonWriter json, long index, long timeNs, int process, Outcome outcome, string function,
        Value key, Value payload)
    {
        json.WriteStartObject();
        json.WriteNumber(Index, index);
        json.WriteNumber(Time, timeNs);
        json.WriteNumber(Process, process);
        json.WriteString(Type, NameOf(outcome));
        json.WriteText(Function, function);
        if (!key.IsNil)
            json.WriteValue(Key, key);
        json.WriteValue(Payload, payload);
    }

    /// <summary>A fault event.</summary>
    public static void WriteFault(Utf8JsonWriter json, long index, FaultEvent fault)
    {
        json.WriteStartObject();
        json.WriteNumber(Index, index);
        json.WriteNumber(Time, fault.TimeNs);
        json.WriteString(Process, "nemesis");
        json.WriteString(Type, "info");
        json.WriteText(Function, fault.Kind);
        json.WriteString("phase", NameOf(fault.Phase));
        json.WriteText(JsonEncodedText.Encode("description"), fault.Description);
        if (fault.Fault >= 0)
            json.WriteNumber("fault", fault.Fault);
        if (fault.Nodes.Count > 0)
            json.WriteValue(JsonEncodedText.Encode("nodes"), NamesOf(fault.Nodes));
        WriteWhatItDid(json, fault);
        json.WriteEndObject();
    }

    /// <summary>The mark of a phase. It has neither process nor type nor function: no operation or fault of
    /// anybody's looks like it.</summary>
    public static void WriteMark(Utf8JsonWriter json, long index, HistoryPhase phase, PhaseMark mark)
    {
        json.WriteStartObject();
        json.WriteNumber(Index, index);
        json.WriteNumber(Time, mark.TimeNs);
        json.WriteString("mark", OurPhase.NameOf(phase));
        json.WriteEndObject();
    }

    static void WriteWhatItDid(Utf8JsonWriter json, FaultEvent fault)
    {
        if (fault.Cuts.Count > 0)
            json.WriteValue(JsonEncodedText.Encode("cuts"), Value.List([.. fault.Cuts.Select(
                cut => Value.List([NamesOf(cut.From), NamesOf(cut.To)]))]));
        if (fault.Uncut.Count > 0)
            json.WriteValue(JsonEncodedText.Encode("uncut"), NamesOf(fault.Uncut));
        if (!fault.Details.IsNil)
            json.WriteValue(JsonEncodedText.Encode("details"), fault.Details);
        if (fault.HadEffect is { } hadEffect)
            json.WriteBoolean("effect", hadEffect);
    }

    static Value NamesOf(IReadOnlyList<string> names) => Value.List([.. names.Select(name => (Value)name)]);

    static string NameOf(Outcome outcome) => outcome switch
    {
        Outcome.Open => "invoke",
        Outcome.Ok => "ok",
        Outcome.Fail => "fail",
        Outcome.Info => "info",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "unknown outcome"),
    };

    static string NameOf(FaultPhase phase) => phase switch
    {
        FaultPhase.Start => "start",
        FaultPhase.End => "end",
        FaultPhase.Instant => "instant",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "unknown phase"),
    };
}
