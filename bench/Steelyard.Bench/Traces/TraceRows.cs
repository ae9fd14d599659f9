using Steelyard.Formats;
using Steelyard.Formats.Traces;
using Steelyard.Histories;

namespace Steelyard.Bench.Traces;

/// <summary>How fast spans become operations, from memory, on one thread.</summary>
internal static class TraceRows
{
    const int Spans = 200_000;

    // A million within five seconds, as the whole command.
    const double Aim = 200e3;

    /// <summary>Both encodings of the same spans.</summary>
    public static IEnumerable<Row> All()
    {
        yield return Reader("read OTLP JSON, 200,000 spans", isJson: true);
        yield return Reader("read OTLP protocol buffers, 200,000 spans", isJson: false);
    }

    static Row Reader(string name, bool isJson)
    {
        var stream = new MemoryStream();
        GeneratedTraces.Write(stream, Spans, isJson);
        return new(name, "spans/s", Aim, () =>
        {
            stream.Position = 0;
            var read = HistoryFile.Read(stream, "bench", new ReadOptions { Spans = Map() });
            return read.History.Count == Spans / 5 * 2 ? Spans
                : throw new InvalidOperationException($"{read.History.Count} operations were read");
        });
    }

    static SpanMap Map()
    {
        var names = new AttributeNames();
        return new(names, [
            new([Is(SpanField.Kind, 0, "server"),
                Is(SpanField.Attribute, names.Number("route"), "/payments")])
            {
                Operation = new("pay")
                {
                    Id = new(names.Number("idempotency.key"), Value.Nil, null),
                },
            },
            new([Is(SpanField.Attribute, names.Number("statement"), "/^insert into payments/i")])
            {
                Effect = new("charge") { CommitsAlone = true },
            },
        ]);
    }

    static SpanCondition Is(SpanField field, int attribute, string pattern) =>
        new(field, attribute, [SpanPattern.Of(pattern)]);
}
