using System.Globalization;
using System.Text;
using Steelyard.Formats.Traces;
using Steelyard.Formats.Traces.Otlp;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests.Traces;

public sealed class SpanOperationsTests
{
    [Theory]
    [InlineData(200, null, Outcome.Ok)]
    [InlineData(302, null, Outcome.Ok)]
    [InlineData(404, null, Outcome.Fail)]
    [InlineData(409, null, Outcome.Info)]
    [InlineData(499, null, Outcome.Info)]
    [InlineData(503, null, Outcome.Info)]
    [InlineData(null, null, Outcome.Ok)]
    [InlineData(null, "System.Threading.Tasks.TaskCanceledException", Outcome.Info)]
    [InlineData(null, "23505", Outcome.Fail)]
    [InlineData(null, "23505: duplicate key value violates unique constraint", Outcome.Fail)]
    [InlineData(null, "57P01", Outcome.Info)]
    [InlineData(null, "08006", Outcome.Info)]
    [InlineData(null, "HTTPS", Outcome.Info)]
    public void A_status_or_an_error_tells_the_outcome(int? status, string? error, Outcome expected)
    {
        var attributes = status is { } code ? Attribute("http.status_code", "intValue", $"\"{code}\"") : "";
        var spans = Table(attributes, error is null ? "{}" : $$"""{"code":2,"message":"{{error}}"}""");

        Assert.Equal(expected, SpanOutcomes.Usual.Of(spans, 0));
    }

    [Theory]
    [InlineData("2627", Outcome.Fail)]
    [InlineData("-2", Outcome.Info)]
    [InlineData("10054", Outcome.Info)]
    [InlineData("1062", Outcome.Fail)]
    [InlineData("40001", Outcome.Fail)]
    public void A_code_of_a_database_tells_whether_it_refused(string code, Outcome expected) => Assert.Equal(
        expected,
        SpanOutcomes.Usual.Of(
            Table(Attribute("db.response.status_code", "stringValue", $"\"{code}\""), "{\"code\":2}"), 0));

    [Fact]
    public void What_a_map_says_of_outcomes_comes_first()
    {
        var spans = Table(Attribute("http.response.status_code", "intValue", "404"), "{\"code\":2}");
        var outcomes = new SpanOutcomes(
            [SpanOutcome.Of(Outcome.Info, "500..599"), SpanOutcome.Of(Outcome.Ok, "404")], null);
        var errors = new SpanOutcomes([SpanOutcome.Of(Outcome.Info, "error")], null);

        Assert.Equal(Outcome.Ok, outcomes.Of(spans, 0));
        Assert.Equal(Outcome.Info, errors.Of(spans, 0));
    }

    [Theory]
    [InlineData("7", null, 7L)]
    [InlineData("007", null, "007")]
    [InlineData("/accounts/42/transfers", "/accounts/(\\d+)", 42L)]
    [InlineData("/accounts/", "/accounts/(\\d+)", null)]
    public void A_source_takes_an_attribute_or_what_an_expression_finds_in_it(
        string text, string? capture, object? expected)
    {
        var spans = Table(Attribute("url.path", "stringValue", $"\"{text}\""), "{}");
        var source = new SpanSource(
            spans.Names.Number("path"), Value.Nil, capture is null ? null : SpanPattern.CaptureOf(capture));

        Value wanted = expected switch { long number => number, string word => word, _ => Value.Nil };
        Assert.Equal(wanted, source.Of(spans, 0));
    }

    [Theory]
    [InlineData(0.1, true)]
    [InlineData(1.0, false)]
    public void Ids_that_a_sampler_of_a_ratio_chose_are_known(double ratio, bool expected)
    {
        var random = new Random(7);
        var ids = Enumerable.Range(0, 1_000)
            .Select(_ => (High: (ulong)random.NextInt64() << 1, Low: (ulong)random.NextInt64() << 1))
            .Where(id => id.Low < ratio * ulong.MaxValue).Take(60);
        var spans = Many(ids.Select(id => $"{id.High:x16}{id.Low:x16}"));

        Assert.Equal(expected, SampledIds.ShareOf(spans) is not null);
    }

    [Fact]
    public void Ids_that_are_counted_up_or_begin_with_a_time_are_no_sign_of_a_sampler()
    {
        var random = new Random(7);

        Assert.Null(SampledIds.ShareOf(Many(Enumerable.Range(1, 200).Select(
            one => one.ToString("x32", CultureInfo.InvariantCulture)))));
        Assert.Null(SampledIds.ShareOf(Many(Enumerable.Range(1, 200).Select(
            _ => $"65a1b2c3{random.NextInt64():x16}{random.Next():x8}"))));
    }

    static string Attribute(string key, string kind, string value) =>
        $$$"""{"key":"{{{key}}}","value":{"{{{kind}}}":{{{value}}}}}""";

    static SpanTable Table(string attributes, string status) => Read(
        $$$"""
        {"traceId":"0000000000000000000000000000000a","spanId":"000000000000000b","name":"n","kind":2,
        "startTimeUnixNano":"5","endTimeUnixNano":"9","attributes":[{{{attributes}}}],"status":{{{status}}}}
        """);

    static SpanTable Many(IEnumerable<string> traces) => Read(string.Join(",", traces.Select(trace =>
        $$$"""
        {"traceId":"{{{trace}}}","spanId":"000000000000000b","startTimeUnixNano":"5","endTimeUnixNano":"9"}
        """)));

    static SpanTable Read(string spans)
    {
        var names = new AttributeNames();
        names.Number("path");
        var table = new SpanTable(names);
        var text = $$$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{{spans}}}]}]}]}""";
        new OtlpJson(default, new MemoryStream(Encoding.UTF8.GetBytes(text)), "file", table).ReadAll();
        return table;
    }
}
