using System.Buffers.Binary;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Traces.Otlp;

/// <summary>
/// Spans in protocol buffers (opentelemetry/proto/trace/v1/trace.proto): messages one after another, each
/// behind its length in four bytes, big-endian, as the collector's file exporter writes them; or one message
/// alone. TracesData and ExportTraceServiceRequest have the same bytes.
/// </summary>
internal sealed class OtlpProtobuf(Stream stream, string name, SpanTable spans)
{
    const int DeepestValue = 32;
    const int LengthBytes = 4;
    const int LongestMessage = 1 << 30;
    const byte BatchTag = 0x0A;

    readonly Utf8Pool _texts = new();
    readonly byte[] _scratch = new byte[LengthBytes];
    int _messages;
    long _at;
    SpanRecord _span;

    /// <summary>Whether bytes begin so: behind a length, or alone.</summary>
    public static bool IsBegunBy(ReadOnlySpan<byte> head) =>
        // No text begins with one of the first eight characters.
        head is [<= 8, _, _, _, BatchTag, ..] || IsMessage(head);

    // A message alone: a batch, in it a resource, in it an attribute or nothing; no text begins so.
    static bool IsMessage(ReadOnlySpan<byte> head) =>
        SkipTag(ref head) && SkipTag(ref head) && head is [BatchTag or 0x12, ..];

    static bool SkipTag(ref ReadOnlySpan<byte> head)
    {
        if (head is not [BatchTag, ..])
            return false;
        var length = 1;
        while (length < head.Length && length < 6 && head[length] >= 0x80)
            length++;
        head = length + 1 <= head.Length ? head[(length + 1)..] : [];
        return true;
    }

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">They are no such messages; with the place.</exception>
    /// <exception cref="CutShortException">They end within a message.</exception>
    public void ReadAll()
    {
        var count = stream.ReadAtLeast(_scratch, LengthBytes, throwOnEndOfStream: false);
        if (count > 0 && _scratch[0] == BatchTag)
            ReadAlone(count);
        else
            while (count > 0)
            {
                ReadFramed(count);
                count = stream.ReadAtLeast(_scratch, LengthBytes, throwOnEndOfStream: false);
            }
    }

    void ReadAlone(int count)
    {
        var whole = new MemoryStream();
        whole.Write(_scratch, 0, count);
        stream.CopyTo(whole);
        ReadMessage(whole.GetBuffer().AsSpan(0, (int)whole.Length));
    }

    void ReadFramed(int count)
    {
        if (count < LengthBytes)
            throw Cut("the length of a message is not whole");
        var length = BinaryPrimitives.ReadUInt32BigEndian(_scratch);
        if (length > LongestMessage)
            throw Wrong(
                $"expected the length of a message, up to {LongestMessage:N0} bytes, found {length:N0}");
        _at += LengthBytes;
        var bytes = Take((int)length);
        ReadMessage(bytes);
        _at += length;
    }

    // A length may be a lie: memory grows with what is there.
    ReadOnlySpan<byte> Take(int length)
    {
        const int most = 1 << 20;
        var bytes = new byte[Math.Min(length, most)];
        for (var have = 0; have < length;)
        {
            if (have == bytes.Length)
                Array.Resize(ref bytes, Math.Min(length, bytes.Length * 2));
            var count = stream.Read(bytes.AsSpan(have));
            if (count == 0)
                throw Cut($"message {_messages + 1:N0} of {length:N0} bytes is not whole");
            have += count;
        }

        return bytes;
    }

    CutShortException Cut(string what) => new(what, 1, (int)Math.Min(int.MaxValue, _at + 1));

    UserMistakeException Wrong(string what, Exception? inner = null) =>
        new($"{name} message {_messages + 1:N0} at byte {_at:N0}: {what}", inner);

    void ReadMessage(ReadOnlySpan<byte> bytes)
    {
        try
        {
            for (var message = new ProtobufMessage(bytes); message.Next();)
                if (message.Field == 1)
                    ReadBatch(message.Need());
        }
        catch (UserMistakeException mistake)
        {
            throw Wrong(mistake.Message, mistake);
        }

        _messages++;
    }

    void ReadBatch(ReadOnlySpan<byte> bytes)
    {
        spans.BeginBatch();
        for (var batch = new ProtobufMessage(bytes); batch.Next();)
            if (batch.Field == 1)
                for (var resource = new ProtobufMessage(batch.Need()); resource.Next();)
                {
                    if (resource.Field == 1 && ReadAttribute(resource.Need()) is { } attribute)
                        spans.AddResource(attribute.Name, attribute.Value);
                }
            // 1000: spans of a library, as they were called before version 0.15.
            else if (batch.Field is 2 or 1000)
                for (var scope = new ProtobufMessage(batch.Need()); scope.Next();)
                    if (scope.Field == 2)
                        ReadSpan(scope.Need());
        spans.EndBatch();
    }

    void ReadSpan(ReadOnlySpan<byte> bytes)
    {
        _span = new() { Name = "", FirstAttribute = spans.AttributeCount };
        for (var fields = new ProtobufMessage(bytes); fields.Next();)
            ReadSpanField(ref fields);
        if (_span.Id == 0 || (_span.TraceHigh | _span.TraceLow) == 0)
            throw new UserMistakeException($"expected a span with a trace and an id, found \"{_span.Name}\"");
        SpanTimes.MustFit(_span);
        spans.Add(_span);
    }

    void ReadSpanField(ref ProtobufMessage fields)
    {
        switch (fields.Field)
        {
            case 1:
                var trace = Id(fields.Need(), 16);
                _span.TraceHigh = BinaryPrimitives.ReadUInt64BigEndian(trace);
                _span.TraceLow = BinaryPrimitives.ReadUInt64BigEndian(trace[8..]);
                break;
            case 2:
                _span.Id = BinaryPrimitives.ReadUInt64BigEndian(Id(fields.Need(), 8));
                break;
            case 3:
                spans.SampledSpans += SampledShare.IsTold(fields.Need()) ? 1 : 0;
                break;
            case 4 when fields.Need().Length > 0:
                _span.Parent = BinaryPrimitives.ReadUInt64BigEndian(Id(fields.Bytes, 8));
                break;
            case 5:
                _span.Name = _texts.Text(fields.Need());
                break;
            case 6:
                _span.Kind = fields.Number <= (ulong)SpanKind.Consumer ? (SpanKind)fields.Number
                    : SpanKind.Unspecified;
                break;
            case 7:
                _span.StartNs = SpanTimes.Of(fields.Number);
                break;
            case 8:
                _span.EndNs = SpanTimes.Of(fields.Number);
                break;
            case 9:
                if (ReadAttribute(fields.Need()) is { } attribute)
                    spans.AddAttribute(attribute.Name, attribute.Value);
                break;
            case 11:
                ReadEvent(fields.Need());
                break;
            case 15:
                for (var status = new ProtobufMessage(fields.Need()); status.Next();)
                    if (status.Field == 3)
                        _span.IsError = status.Number == 2;
                    else if (status.Field == 2 && status.Need().Length > 0)
                        spans.AddAttribute(spans.Names.StatusMessageNumber, _texts.Text(status.Bytes));
                break;
            default:
                break;
        }
    }

    static ReadOnlySpan<byte> Id(ReadOnlySpan<byte> bytes, int length) => bytes.Length == length ? bytes
        : throw new UserMistakeException($"expected an id of {length} bytes, found {bytes.Length}");

    void ReadEvent(ReadOnlySpan<byte> bytes)
    {
        for (var fields = new ProtobufMessage(bytes); fields.Next();)
            if (fields.Field == 3 && ReadAttribute(fields.Need()) is { } attribute
                && (attribute.Name == spans.Names.ExceptionNumber
                    || attribute.Name == spans.Names.ExceptionMessageNumber))
                spans.AddAttribute(attribute.Name, attribute.Value);
    }

    SpanAttribute? ReadAttribute(ReadOnlySpan<byte> bytes)
    {
        var number = -1;
        var value = ReadOnlySpan<byte>.Empty;
        for (var pair = new ProtobufMessage(bytes); pair.Next();)
            if (pair.Field == 1)
                number = spans.Names.Find(pair.Need());
            else if (pair.Field == 2)
                value = pair.Need();
        return number < 0 ? null : new(number, ReadValue(value, 0));
    }

    Value ReadValue(ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth > DeepestValue)
            throw new UserMistakeException($"expected values nested up to {DeepestValue} deep, found deeper");
        var value = Value.Nil;
        for (var any = new ProtobufMessage(bytes); any.Next();)
            value = any.Field switch
            {
                1 => _texts.Text(any.Need()),
                2 => Value.Of(any.Number != 0),
                3 => (long)any.Number,
                4 => Value.Of(BitConverter.UInt64BitsToDouble(any.Number)),
                5 => ReadList(any.Need(), depth),
                6 => ReadMap(any.Need(), depth),
                7 => Convert.ToBase64String(any.Need()),
                _ => value,
            };
        return value;
    }

    Value ReadList(ReadOnlySpan<byte> bytes, int depth)
    {
        var elements = new List<Value>();
        for (var list = new ProtobufMessage(bytes); list.Next();)
            if (list.Field == 1)
                elements.Add(ReadValue(list.Need(), depth + 1));
        return Value.List([.. elements]);
    }

    Value ReadMap(ReadOnlySpan<byte> bytes, int depth)
    {
        var pairs = new SortedDictionary<Value, Value>();
        for (var list = new ProtobufMessage(bytes); list.Next();)
        {
            if (list.Field != 1)
                continue;
            var (key, value) = (Value.Nil, Value.Nil);
            for (var pair = new ProtobufMessage(list.Need()); pair.Next();)
                if (pair.Field == 1)
                    key = _texts.Text(pair.Need());
                else if (pair.Field == 2)
                    value = ReadValue(pair.Need(), depth + 1);
            pairs[key] = value;
        }

        return Value.Map([.. pairs.Select(pair => (pair.Key, pair.Value))]);
    }
}
