using System.Text.Json;

namespace Steelyard.App.Tests.Commands;

public sealed class CheckTracesTests : IDisposable
{
    const string Map = """
        kind: spans
        rules:
          - match: {kind: server}
            operation: {function: write, key: {value: x}, input: written}
        """;

    const string Spans = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}}]},
        "scopeSpans":[{"spans":[{"traceId":"0000000000000000000000000000000a","spanId":"000000000000000b",
        "name":"PUT /x","kind":2,"startTimeUnixNano":"1700000000000000000",
        "endTimeUnixNano":"1700000000000000009",
        "attributes":[{"key":"written","value":{"intValue":"7"}}]}]}]}]}
        """;

    readonly SteelyardProcess _steelyard = new();

    public CheckTracesTests()
    {
        _steelyard.Write("traces.json", Spans);
        _steelyard.Write("map.yaml", Map);
    }

    public void Dispose() => _steelyard.Dispose();

    [Fact]
    public void Without_a_map_one_to_start_from_is_printed()
    {
        var run = _steelyard.Run("check", "traces.json", "--model", "register");

        Assert.Equal(2, run.Code);
        Assert.Contains("traces.json: expected --spans map.yaml", run.Error, StringComparison.Ordinal);
        Assert.Contains("#         1  api                server    PUT /x", run.Output,
            StringComparison.Ordinal);
        Assert.Contains("kind: spans", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_map_the_spans_are_judged_and_what_fits_is_counted()
    {
        var run = _steelyard.Run(
            "check", "traces.json", "--model", "register", "--spans", "map.yaml", "--json", "--report",
                "p.html");

        Assert.Equal(0, run.Code);
        var answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("otlp-json", answer.GetProperty("format").GetString());
        Assert.Equal("1 of 1 spans fit a rule", answer.GetProperty("note").GetString());
        Assert.Contains(
            "--model register --spans map.yaml", File.ReadAllText(Path.Combine(_steelyard.Folder, "p.html")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_of_spans_is_refused_with_other_recordings()
    {
        _steelyard.Write("a.txt", "0 invoke write 1\n0 ok write 1\n");

        var run = _steelyard.Run("check", "a.txt", "--model", "register", "--spans", "map.yaml");

        Assert.Equal(2, run.Code);
        Assert.Contains(
            "--spans: expected with traces of OpenTelemetry, found with a.txt, which is text", run.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing.yaml",
        "expected a file that can be read, found nothing.yaml: there is no such file")]
    [InlineData("traces.json", "traces.json:1:1: expected \"kind:\" in the file, found none")]
    public void A_map_that_is_none_is_told(string map, string told)
    {
        var run = _steelyard.Run("check", "traces.json", "--model", "register", "--spans", map);

        Assert.Equal(2, run.Code);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }
}
