using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Traces.Otlp;

/// <summary>
/// Spans in JSON, as the collector's file exporter writes them: one TracesData or ExportTraceServiceRequest
/// a line, or one alone over many lines. Names may be those of the .proto file too (<c>resource_spans</c>),
/// numbers may stand in quotes, ids are hexadecimal (the OTLP specification, "JSON Protobuf
/// Encoding").
/// </summary>
/// <param name="begun">The first bytes, which are overwritten; none takes all from the stream.</param>
/// <param name="stream">The bytes after these.</param>
/// <param name="name">The file, for messages.</param>
/// <param name="spans">Takes the spans.</param>
/// <param name="linesBefore">How many lines of the file stand before the bytes.</param>
internal sealed class OtlpJson(
    ArraySegment<byte> begun, Stream stream, string name, SpanTable spans, int linesBefore = 0)
{
    readonly Utf8Pool _texts = new();
    readonly byte[] _id = new byte[16];
    SpanRecord _span;

    enum Owner
    {
        Resource,
        Span,
        Event,
    }

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">They are no JSON, or no spans; with line and
    /// column.</exception>
    /// <exception cref="CutShortException">They end in the middle.</exception>
    public void ReadAll()
    {
        var json = new JsonTokens(begun, stream, name, linesBefore);
        try
        {
            while (json.Read())
                if (json.Type == JsonTokenType.StartObject)
                    ReadRequest(ref json);
                else if (json.Type is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
                    throw json.Mistake("an object with resourceSpans");
        }
        catch (JsonException broken)
        {
            throw json.Mistake(broken);
        }
        catch (UserMistakeException mistake)
            when (!mistake.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw json.Place(mistake.Message, mistake);
        }
    }

    void ReadRequest(ref JsonTokens json)
    {
        var isKnown = false;
        while (json.Property())
            if (Is(ref json, "resourceSpans"u8, "resource_spans"u8))
            {
                isKnown = true;
                if (json.List())
                    while (json.Element())
                        ReadBatch(ref json);
            }
            else
                json.Skip();
        if (!isKnown)
            throw json.Place("expected an object with resourceSpans, found one without");
    }

    void ReadBatch(ref JsonTokens json)
    {
        MustBeObject(ref json);
        spans.BeginBatch();
        while (json.Property())
            if (Is(ref json, "resource"u8, default))
                ReadResource(ref json);
            else if (Is(ref json, "scopeSpans"u8, "scope_spans"u8)
                || Is(ref json, "instrumentationLibrarySpans"u8, "instrumentation_library_spans"u8))
                ReadScopes(ref json);
            else
                json.Skip();
        spans.EndBatch();
    }

    void ReadResource(ref JsonTokens json)
    {
        if (json.Object())
            ReadAttributesIn(ref json, Owner.Resource);
    }

    void ReadScopes(ref JsonTokens json)
    {
        if (!json.List())
            return;
        while (json.Element())
        {
            MustBeObject(ref json);
            while (json.Property())
                if (!Is(ref json, "spans"u8, default))
                    json.Skip();
                else if (json.List())
                    while (json.Element())
                        ReadSpan(ref json);
        }
    }

    void ReadSpan(ref JsonTokens json)
    {
        MustBeObject(ref json);
        _span = new() { Name = "", FirstAttribute = spans.AttributeCount };
        while (json.Property())
            ReadSpanField(ref json);
        if (_span.Id == 0 || (_span.TraceHigh | _span.TraceLow) == 0)
            throw new UserMistakeException($"expected a span with a trace and an id, found \"{_span.Name}\"");
        SpanTimes.MustFit(_span);
        spans.Add(_span);
    }

    void ReadSpanField(ref JsonTokens json)
    {
        switch (SpanFields.Of(json.Bytes))
        {
            case SpanProperty.Attributes:
                ReadAttributes(ref json, Owner.Span);
                break;
            case SpanProperty.Trace:
                ReadId(ref json, 16);
                _span.TraceHigh = BinaryPrimitives.ReadUInt64BigEndian(_id);
                _span.TraceLow = BinaryPrimitives.ReadUInt64BigEndian(_id.AsSpan(8));
                break;
            case SpanProperty.Id:
                _span.Id = ReadId(ref json, 8);
                break;
            case SpanProperty.Parent:
                _span.Parent = ReadId(ref json, 8);
                break;
            case SpanProperty.Name:
                _span.Name = _texts.Text(json.Text());
                break;
            case SpanProperty.Kind:
                _span.Kind = (SpanKind)ReadEnum(ref json, "SPAN_KIND_"u8, (int)SpanKind.Consumer, KindNamed);
                break;
            case SpanProperty.Start:
                _span.StartNs = SpanTimes.Of(json.Unsigned());
                break;
            case SpanProperty.End:
                _span.EndNs = SpanTimes.Of(json.Unsigned());
                break;
            case SpanProperty.Status:
                ReadStatus(ref json);
                break;
            case SpanProperty.Events:
                ReadEvents(ref json);
                break;
            case SpanProperty.State:
                spans.SampledSpans += SampledShare.IsTold(json.Text()) ? 1 : 0;
                break;
            default:
                json.Skip();
                break;
        }
    }

    static int KindNamed(string word) =>
        word.Length > 0 && Enum.TryParse<SpanKind>(word, ignoreCase: true, out var kind) ? (int)kind : 0;

    // Those of an object, of which nothing else matters.
    void ReadAttributesIn(ref JsonTokens json, Owner owner)
    {
        while (json.Property())
            if (Is(ref json, "attributes"u8, default))
                ReadAttributes(ref json, owner);
            else
                json.Skip();
    }

    void ReadAttributes(ref JsonTokens json, Owner owner)
    {
        if (!json.List())
            return;
        while (json.Element())
            if (ReadAttribute(ref json) is { } attribute)
                Add(attribute, owner);
    }

    // Of events only what tells an exception is kept, as if it were the span's own.
    void Add(SpanAttribute attribute, Owner owner)
    {
        if (owner == Owner.Resource)
            spans.AddResource(attribute.Name, attribute.Value);
        else if (owner == Owner.Span || IsOfException(attribute.Name))
            spans.AddAttribute(attribute.Name, attribute.Value);
    }

    bool IsOfException(int name) =>
        name == spans.Names.ExceptionNumber || name == spans.Names.ExceptionMessageNumber;

    void ReadStatus(ref JsonTokens json)
    {
        if (!json.Object())
            return;
        while (json.Property())
            if (Is(ref json, "code"u8, default))
                _span.IsError = ReadEnum(
                    ref json, "STATUS_CODE_"u8, 2, static word => word == "ERROR" ? 2 : 0) == 2;
            else if (Is(ref json, "message"u8, default) && json.Text() is { Length: > 0 } message)
                spans.AddAttribute(spans.Names.StatusMessageNumber, _texts.Text(message));
            else
                json.Skip();
    }

    void ReadEvents(ref JsonTokens json)
    {
        if (!json.List())
            return;
        while (json.Element())
        {
            MustBeObject(ref json);
            ReadAttributesIn(ref json, Owner.Event);
        }
    }

    SpanAttribute? ReadAttribute(ref JsonTokens json)
    {
        MustBeObject(ref json);
        int? number = null;
        var value = Value.Nil;
        while (json.Property())
            if (Is(ref json, "key"u8, default))
                number = spans.Names.Find(json.Text());
            else if (Is(ref json, "value"u8, default) && number is not < 0)
                value = ReadValue(ref json);
            else
                json.Skip();
        return number is >= 0 and { } known ? new(known, value) : null;
    }

    Value ReadValue(ref JsonTokens json) => json.Object() ? ReadFields(ref json) : Value.Nil;

    Value ReadFields(ref JsonTokens json)
    {
        MustBeObject(ref json);
        var value = Value.Nil;
        while (json.Property())
            if (Is(ref json, "stringValue"u8, "string_value"u8))
                value = _texts.Text(json.Text());
            else if (Is(ref json, "intValue"u8, "int_value"u8))
                value = json.Signed();
            else if (Is(ref json, "boolValue"u8, "bool_value"u8))
                value = ReadFlag(ref json);
            else if (Is(ref json, "doubleValue"u8, "double_value"u8))
                value = json.Real();
            else if (Is(ref json, "arrayValue"u8, "array_value"u8))
                value = ReadList(ref json);
            else if (Is(ref json, "kvlistValue"u8, "kvlist_value"u8))
                value = ReadMap(ref json);
            else if (Is(ref json, "bytesValue"u8, "bytes_value"u8))
                value = _texts.Text(json.Text());
            else
                json.Skip();
        return value;
    }

    static Value ReadFlag(ref JsonTokens json)
    {
        json.Must();
        return json.Type is JsonTokenType.True or JsonTokenType.False
            ? Value.Of(json.Type == JsonTokenType.True)
            : throw json.Mistake("true or false");
    }

    Value ReadList(ref JsonTokens json)
    {
        var elements = new List<Value>();
        if (json.Object())
            while (json.Property())
                if (!Is(ref json, "values"u8, default))
                    json.Skip();
                else if (json.List())
                    while (json.Element())
                        elements.Add(ReadFields(ref json));
        return Value.List([.. elements]);
    }

    Value ReadMap(ref JsonTokens json)
    {
        var pairs = new SortedDictionary<Value, Value>();
        if (json.Object())
            while (json.Property())
                if (!Is(ref json, "values"u8, default))
                    json.Skip();
                else if (json.List())
                    while (json.Element())
                        ReadPair(ref json, pairs);
        return Value.Map([.. pairs.Select(pair => (pair.Key, pair.Value))]);
    }

    void ReadPair(ref JsonTokens json, SortedDictionary<Value, Value> pairs)
    {
        MustBeObject(ref json);
        var (key, value) = (Value.Nil, Value.Nil);
        while (json.Property())
            if (Is(ref json, "key"u8, default))
                key = _texts.Text(json.Text());
            else if (Is(ref json, "value"u8, default))
                value = ReadValue(ref json);
            else
                json.Skip();
        pairs[key] = value;
    }

    static void MustBeObject(ref JsonTokens json)
    {
        if (json.Type != JsonTokenType.StartObject)
            throw json.Mistake("an object");
    }

    static bool Is(ref JsonTokens json, ReadOnlySpan<byte> camel, ReadOnlySpan<byte> snake)
    {
        var found = json.Bytes;
        return found.SequenceEqual(camel) || (snake.Length > 0 && found.SequenceEqual(snake));
    }

    // A number, or its name in the .proto file.
    static int ReadEnum(ref JsonTokens json, ReadOnlySpan<byte> prefix, int last, Func<string, int> named)
    {
        json.Must();
        if (json.Type == JsonTokenType.Null)
            return 0;
        if (json.Type is not (JsonTokenType.Number or JsonTokenType.String))
            throw json.Mistake("a number or a name");
        var text = json.Bytes;
        if (Utf8Parser.TryParse(text, out int number, out var used) && used == text.Length)
            return number >= 0 && number <= last ? number : 0;
        return text.StartsWith(prefix) ? named(System.Text.Encoding.UTF8.GetString(text[prefix.Length..]))
            : throw json.Mistake("a number or a name");
    }

    // Empty is none.
    ulong ReadId(ref JsonTokens json, int length)
    {
        var text = json.Text();
        Array.Clear(_id);
        if (text.Length == 0)
            return 0;
        if (text.Length == 2 * length
            && Convert.FromHexString(text, _id, out _, out _) == System.Buffers.OperationStatus.Done)
            return BinaryPrimitives.ReadUInt64BigEndian(_id);
        throw json.Mistake($"an id of {2 * length} hexadecimal digits");
    }
}
