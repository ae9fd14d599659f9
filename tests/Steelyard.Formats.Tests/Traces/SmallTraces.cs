using System.Text;

namespace Steelyard.Formats.Tests.Traces;

/// <summary>Spans in both encodings of OTLP. All bytes are below 128, so that the protocol buffers are text
/// too.</summary>
internal static class SmallTraces
{
    public const string Json = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
        "scopeSpans":[{"scope":{"name":"lib"},"spans":[
        {"traceId":"61616161616161616161616161616161","spanId":"6262626262626262","name":"POST /pay","kind":2,
        "startTimeUnixNano":"72057594037927936","endTimeUnixNano":"72057594037927937","attributes":[
        {"key":"http.route","value":{"stringValue":"/pay"}},
        {"key":"http.status_code","value":{"intValue":"100"}},
        {"key":"http.request.header.idempotency_key","value":{"arrayValue":{"values":[
        {"stringValue":"k"}]}}}]},
        {"traceId":"61616161616161616161616161616161","spanId":"6363636363636363",
        "parentSpanId":"6262626262626262",
        "name":"db","kind":"SPAN_KIND_CLIENT","start_time_unix_nano":72057594037927936,
        "endTimeUnixNano":"72057594037927936","status":{"code":"STATUS_CODE_ERROR"},"attributes":[
        {"key":"db.statement","value":{"stringValue":"INSERT"}}],"events":[{"name":"exception",
        "attributes":[{"key":"exception.type","value":{"stringValue":"\u0041"}}]}]}]}]}]}

        """;

    /// <summary>A request and its statement, each a message; short, for a longer one's length is no
    /// text.</summary>
    public static string Protobuf { get; } =
        Encoding.ASCII.GetString([.. Framed(Server()), .. Framed(Client())]);

    // The length, big-endian, and the request.
    static byte[] Framed(byte[] span)
    {
        var request = Field(1, [
            .. Field(1, Field(1, Attribute("service.name", Field(1, "s"u8)))), .. Field(2, Field(2, span)),
        ]);
        return [0, 0, 0, (byte)request.Length, .. request];
    }

    static byte[] Server() =>
    [
        .. Field(1, "aaaaaaaaaaaaaaaa"u8), .. Field(2, "bbbbbbbb"u8), .. Field(5, "P"u8), 6 << 3, 2,
        .. Time(7, 0), .. Time(8, 1), .. Field(9, Attribute("http.route", Field(1, "/p"u8))),
    ];

    static byte[] Client() =>
    [
        .. Field(1, "aaaaaaaaaaaaaaaa"u8), .. Field(2, "cccccccc"u8), .. Field(4, "bbbbbbbb"u8),
        6 << 3, 3, .. Time(7, 0), .. Time(8, 0), .. Field(9, Attribute("db.statement", Field(1, "I"u8))),
        .. Field(15, [3 << 3, 2]),
    ];

    // 2^56 ns and a few: in the year 1972.
    static byte[] Time(int field, byte ns) => [(byte)((field << 3) | 1), ns, 0, 0, 0, 0, 0, 0, 1];

    static byte[] Attribute(string key, byte[] value) =>
        [.. Field(1, Encoding.ASCII.GetBytes(key)), .. Field(2, value)];

    static byte[] Field(int field, ReadOnlySpan<byte> bytes) =>
        [(byte)((field << 3) | 2), checked((byte)bytes.Length), .. bytes];
}
