using System.Globalization;
using Steelyard.Formats.Reading;
using Steelyard.Formats.Traces.Otlp;
using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>Spans of OpenTelemetry. A map says which of them are operations.</summary>
internal abstract class OtlpFormat : HistoryFormat
{
    internal sealed override HistoryRead Read(Stream stream, string name, ReadOptions options)
    {
        var spans = new SpanTable(options.Spans?.Names ?? new());
        try
        {
            ReadSpans(stream, name, spans, options);
        }
        catch (CutShortException cut) when (options.KeepPartial)
        {
            spans.PartialReason = cut.In(name);
            spans.EndBatch();
        }
        catch (CutShortException cut)
        {
            throw new UserMistakeException(cut.In(name), cut);
        }

        if (options.Spans is not { } map)
            return new(new HistoryBuilder().Build(), this, spans.PartialReason)
            {
                Survey = SpanSurvey.Of(spans),
            };
        var traced = SpanOperations.Of(spans, map);
        if (traced.Count == 0)
            throw new UserMistakeException(
                $"{name}: expected spans that fit a rule of the map, found none among {spans.Count:N0}");
        var middle = traced.Middle(traced.Box(traced.Clocks[0]));
        return new(middle.History, this, spans.PartialReason)
        {
            Traced = traced, Middle = middle, Note = NoteOf(traced),
        };
    }

    /// <summary>Reads all spans.</summary>
    protected abstract void ReadSpans(Stream stream, string name, SpanTable spans, ReadOptions options);

    static string NoteOf(TracedOperations traced)
    {
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{traced.Matched:N0} of {traced.Spans.Count:N0} spans fit a rule");
        if (traced.Spans.Index.Doubled > 0)
            note += string.Create(
                CultureInfo.InvariantCulture, $"; {traced.Spans.Index.Doubled:N0} stand twice");
        if (traced.Gaps.Orphans > 0)
            note += string.Create(
                CultureInfo.InvariantCulture,
                    $"; {traced.Gaps.Orphans:N0} name a parent that is not in the file");
        if (traced.WithoutId > 0)
            note += string.Create(CultureInfo.InvariantCulture, $"; {traced.WithoutId:N0} have no id");
        return note;
    }
}

/// <summary>OTLP in JSON.</summary>
internal sealed class OtlpJsonFormat : OtlpFormat
{
    static readonly string[] Begins = ["{\"resourceSpans\"", "{\"resource_spans\""];

    public override string Name => "otlp-json";

    public override string Sample => """{"resourceSpans":[{"resource":…,"scopeSpans":…}]} a line""";

    internal override bool IsBegunBy(FileHead head) => IsBegin(head.Text);

    /// <summary>Whether a text begins so; other formats of JSON leave it alone.</summary>
    public static bool IsBegin(string text)
    {
        var plain = string.Concat(text.Take(200).Where(one => !char.IsWhiteSpace(one))).TrimStart('[');
        return Array.Exists(Begins, begin => plain.StartsWith(begin, StringComparison.Ordinal));
    }

    protected override void ReadSpans(Stream stream, string name, SpanTable spans, ReadOptions options) =>
        new OtlpJsonBlocks(stream, name, spans, options.Beside).ReadAll();
}

/// <summary>OTLP in protocol buffers.</summary>
internal sealed class OtlpProtobufFormat : OtlpFormat
{
    public override string Name => "otlp-protobuf";

    public override string Sample => "a length of four bytes and a TracesData message, again and again";

    internal override bool IsBegunBy(FileHead head) => OtlpProtobuf.IsBegunBy(head.Bytes);

    protected override void ReadSpans(Stream stream, string name, SpanTable spans, ReadOptions options) =>
        new OtlpProtobuf(stream, name, spans).ReadAll();
}
