namespace Steelyard.Formats.Traces.Otlp;

/// <summary>The properties of a span in JSON that are read.</summary>
internal enum SpanProperty : byte
{
    /// <summary>Any other.</summary>
    None,
    Trace,
    Id,
    Parent,
    Name,
    Kind,
    Start,
    End,
    Attributes,
    Status,
    Events,
    State,
}

/// <summary>Knows the properties of spans by their names, in both spellings.</summary>
internal static class SpanFields
{
    /// <summary>The property of a name.</summary>
    public static SpanProperty Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("name"u8) => SpanProperty.Name,
        4 when name.SequenceEqual("kind"u8) => SpanProperty.Kind,
        6 when name.SequenceEqual("spanId"u8) => SpanProperty.Id,
        6 when name.SequenceEqual("status"u8) => SpanProperty.Status,
        6 when name.SequenceEqual("events"u8) => SpanProperty.Events,
        7 when name.SequenceEqual("traceId"u8) || name.SequenceEqual("span_id"u8) => name[0] == 't'
            ? SpanProperty.Trace : SpanProperty.Id,
        8 when name.SequenceEqual("trace_id"u8) => SpanProperty.Trace,
        10 when name.SequenceEqual("attributes"u8) => SpanProperty.Attributes,
        10 when name.SequenceEqual("traceState"u8) => SpanProperty.State,
        11 when name.SequenceEqual("trace_state"u8) => SpanProperty.State,
        12 when name.SequenceEqual("parentSpanId"u8) => SpanProperty.Parent,
        14 when name.SequenceEqual("parent_span_id"u8) => SpanProperty.Parent,
        15 when name.SequenceEqual("endTimeUnixNano"u8) => SpanProperty.End,
        17 when name.SequenceEqual("startTimeUnixNano"u8) => SpanProperty.Start,
        18 when name.SequenceEqual("end_time_unix_nano"u8) => SpanProperty.End,
        20 when name.SequenceEqual("start_time_unix_nano"u8) => SpanProperty.Start,
        _ => SpanProperty.None,
    };
}
