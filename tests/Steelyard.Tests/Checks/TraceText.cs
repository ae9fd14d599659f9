using System.Globalization;
using System.Text;
using Steelyard.Formats.Traces;

namespace Steelyard.Tests.Checks;

/// <summary>Spans for tests, in the JSON of OTLP: one batch a span. Times are in ms since a start.</summary>
internal sealed class TraceText
{
    const long StartMs = 1_700_000_000_000;

    readonly StringBuilder _lines = new();
    readonly Dictionary<string, Func<double, double>> _skew = new(StringComparer.Ordinal);
    int _spans;

    /// <summary>Sets a host's clock wrong: by a number of ms that may depend on the time.</summary>
    public TraceText Skew(string host, Func<double, double> aheadMs)
    {
        _skew[host] = aheadMs;
        return this;
    }

    /// <summary>Adds a span; gives its id, for its children.</summary>
    public string Span(
        string host, SpanKind kind, string name, double startMs, double endMs, string? trace = null,
        string? parent = null, bool isError = false, params (string Key, object Value)[] attributes)
    {
        var id = (++_spans).ToString("x16", CultureInfo.InvariantCulture);
        var ahead = _skew.GetValueOrDefault(host, static _ => 0);
        var pairs = string.Join(",", attributes.Select(pair => Pair(pair.Key, pair.Value)));
        _lines.Append($$$"""
            {"resourceSpans":[{"resource":{"attributes":[
            {{{Pair("service.name", host)}}},{{{Pair("host.name", host)}}}]},
            """.ReplaceLineEndings(""));
        _lines.Append($$$"""
            "scopeSpans":[{"spans":[{"traceId":"{{{(trace ?? "1").PadLeft(32, '0')}}}","spanId":"{{{id}}}",
            """.ReplaceLineEndings(""));
        _lines.Append($$$"""
            "parentSpanId":"{{{parent}}}","name":"{{{name}}}","kind":{{{(int)kind}}},"flags":257,
            "startTimeUnixNano":"{{{Ns(startMs + ahead(startMs))}}}",
            "endTimeUnixNano":"{{{Ns(endMs + ahead(endMs))}}}",
            "attributes":[{{{pairs}}}],"status":{"code":{{{(isError ? 2 : 0)}}}}}]}]}]}
            """.ReplaceLineEndings(""));
        _lines.Append('\n');
        return id;
    }

    /// <summary>The file.</summary>
    public override string ToString() => _lines.ToString();

    static long Ns(double ms) => (StartMs * 1_000_000) + (long)(ms * 1_000_000);

    static string Pair(string key, object value) => value is int number
        ? $$$"""{"key":"{{{key}}}","value":{"intValue":"{{{number}}}"}}"""
        : $$$"""{"key":"{{{key}}}","value":{"stringValue":"{{{value}}}"}}""";
}
