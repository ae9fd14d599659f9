using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Steelyard.Bench.Traces;

/// <summary>
/// Spans as a shop and its payments service leave them: of each payment the client's, the server's and three
/// statements. One payment in a hundred is asked for again and charged twice.
/// </summary>
internal static class GeneratedTraces
{
    const int SpansOfPayment = 5;
    const int PaymentsOfBatch = 100;
    const long StartNs = 1_796_032_980_000_000_000;
    const long MsNs = 1_000_000;

    static readonly string[] Statements =
    [
        "SELECT amount FROM payments WHERE id = $1", "INSERT INTO payments (id, amount) VALUES ($1, $2)",
        "UPDATE accounts SET balance = balance - $1 WHERE id = $2",
    ];

    /// <summary>Writes spans as JSON, or as protocol buffers where the file ends in .pb.</summary>
    public static void Write(string path, int spans)
    {
        using var file = File.Create(path);
        Write(file, spans, isJson: !path.EndsWith(".pb", StringComparison.Ordinal));
    }

    /// <summary>Writes spans in batches, the shop's and the service's in turn.</summary>
    public static void Write(Stream stream, int spans, bool isJson)
    {
        var random = new Random(1);
        for (var payment = 0; payment < spans / SpansOfPayment; payment += PaymentsOfBatch)
        {
            var (shop, service) = (new List<BenchSpan>(), new List<BenchSpan>());
            for (var one = payment; one < payment + PaymentsOfBatch; one++)
                Add(shop, service, one, random);
            foreach (var (name, batch) in new[] { ("shop", shop), ("payments-api", service) })
                stream.Write(isJson ? JsonSpans.Of(name, batch) : ProtobufSpans.Of(name, batch));
        }
    }

    static void Add(List<BenchSpan> shop, List<BenchSpan> service, int payment, Random random)
    {
        var trace = new byte[16];
        random.NextBytes(trace);
        var key = $"order-{(payment % 100 == 50 ? payment / 2 : payment)}";
        var at = StartNs + (payment * MsNs);
        var length = random.Next(2, 9) * MsNs;
        var (client, server) = (random.NextInt64(1, long.MaxValue), random.NextInt64(1, long.MaxValue));
        shop.Add(new(trace, client, 0, "POST", 3, at, at + length, [
            ("http.request.method", "POST"), ("server.address", "payments"), ("server.port", 443),
            ("url.full", "https://payments/payments"), ("http.response.status_code", 200)]));
        service.Add(new(trace, server, client, "POST /payments", 2, at + (MsNs / 3), at
            + length - (MsNs / 5), [
            ("http.request.method", "POST"), ("url.scheme", "https"), ("url.path", "/payments"),
            ("idempotency.key", key), ("http.route", "/payments"), ("http.response.status_code", 200)]));
        foreach (var (number, sql) in Statements.Index())
            service.Add(new(
                trace, random.NextInt64(1, long.MaxValue), server, "payments", 3,
                at + ((number + 2) * MsNs / 4), at + ((number + 3) * MsNs / 4), [
                    ("db.system.name", "postgresql"), ("db.namespace", "payments"), ("db.query.text", sql),
                    ("server.address", "db"), ("server.port", 5432)]));
    }
}

/// <summary>A span to be written.</summary>
internal sealed record BenchSpan(
    byte[] Trace, long Id, long Parent, string Name, int Kind, long StartNs, long EndNs,
    (string Key, object Value)[] Attributes);

/// <summary>Writes a batch as a line of JSON.</summary>
internal static class JsonSpans
{
    public static byte[] Of(string service, List<BenchSpan> spans)
    {
        var text = new StringBuilder();
        text.Append("{\"resourceSpans\":[{\"resource\":{\"attributes\":[")
            .Append(Pair("service.name", service))
            .Append(',').Append(Pair("host.name", $"host-of-{service}"))
            .Append("]},\"scopeSpans\":[{\"scope\":{\"name\":\"bench\"},\"spans\":[");
        var separator = "";
        foreach (var span in spans)
        {
            text.Append(separator).Append(Text(span));
            separator = ",";
        }

        return Encoding.UTF8.GetBytes(text.Append("]}]}]}\n").ToString());
    }

    static string Text(BenchSpan span) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"traceId\":\"{Convert.ToHexStringLower(span.Trace)}\",\"spanId\":\"{span.Id:x16}\","
        + $"\"parentSpanId\":\"{(span.Parent == 0 ? "" : $"{span.Parent:x16}")}\",\"flags\":257,"
        + $"\"name\":\"{span.Name}\",\"kind\":{span.Kind},\"startTimeUnixNano\":\"{span.StartNs}\","
        + $"\"endTimeUnixNano\":\"{span.EndNs}\",\"attributes\":["
        + $"{string.Join(",", span.Attributes.Select(pair => Pair(pair.Key, pair.Value)))}],\"status\""
        + $":{{}}}}");

    static string Pair(string key, object value) => value is int number
        ? $"{{\"key\":\"{key}\",\"value\":{{\"intValue\":\"{number}\"}}}}"
        : $"{{\"key\":\"{key}\",\"value\":{{\"stringValue\":\"{value}\"}}}}";
}

/// <summary>Writes a batch as a message of protocol buffers behind its length.</summary>
internal static class ProtobufSpans
{
    public static byte[] Of(string service, List<BenchSpan> spans)
    {
        byte[] resource = [
            .. Field(1, Pair("service.name", service)), .. Field(1, Pair("host.name", $"host-of-{service}"))];
        var message = Field(1, [.. Field(1, resource), .. Field(2, [.. spans.SelectMany(Span)])]);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, message.Length);
        return [.. length, .. message];
    }

    static byte[] Span(BenchSpan span) => Field(2, [
        .. Field(1, span.Trace), .. Field(2, Id(span.Id)),
            .. Field(4, span.Parent == 0 ? [] : Id(span.Parent)),
        .. Field(5, Encoding.UTF8.GetBytes(span.Name)), 6 << 3, (byte)span.Kind, (7 << 3) | 1,
        .. BitConverter.GetBytes(span.StartNs), (8 << 3) | 1, .. BitConverter.GetBytes(span.EndNs),
        .. span.Attributes.SelectMany(pair => Field(9, Pair(pair.Key, pair.Value)))]);

    static byte[] Id(long id)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id);
        return bytes;
    }

    static byte[] Pair(string key, object value) =>
    [
        .. Field(1, Encoding.UTF8.GetBytes(key)),
        .. Field(2, value is int number ? [3 << 3, .. Varint(number)]
            : Field(1, Encoding.UTF8.GetBytes((string)value))),
    ];

    static byte[] Field(int field, byte[] bytes) =>
        [(byte)((field << 3) | 2), .. Varint(bytes.Length), .. bytes];

    static byte[] Varint(int number)
    {
        var bytes = new List<byte>();
        for (; number >= 0x80; number >>= 7)
            bytes.Add((byte)(number | 0x80));
        return [.. bytes, (byte)number];
    }
}
