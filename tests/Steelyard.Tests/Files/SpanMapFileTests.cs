using Steelyard.Files;
using Steelyard.Formats.Traces;
using Steelyard.Histories;

namespace Steelyard.Tests.Files;

public sealed class SpanMapFileTests
{
    const string Rule = """
        kind: spans
        rules:
          - match: {service: [api, "/^pay/i"], kind: server, route: /payments, my.attribute: 7}
            operation:
              function: pay
              id: http.request.header.idempotency-key
              key: {attribute: path, capture: '/accounts/(\d+)'}
              input: [{value: 1}, amount.cents]
              output: {attribute: balance.cents}
              process: session.id
              status: app.status
              outcome: {ok: [200..299, done], fail: 409, info: error}
        drift-ppm: 20
        sampled: true
        """;

    [Fact]
    public void Every_word_of_a_map_is_read()
    {
        var map = SpanMapFile.Parse(Rule, "map.yaml");

        var rule = Assert.Single(map.Rules);
        Assert.Equal(
            [SpanField.Service, SpanField.Kind, SpanField.Attribute, SpanField.Attribute],
            rule.Conditions.Select(condition => condition.Field));
        Assert.True(rule.Conditions[0].Fits("Payments") && !rule.Conditions[0].Fits("apis"));
        Assert.True(rule.Conditions[2].Fits("/payments"));
        var operation = rule.Operation!;
        Assert.Equal("http.request.header.idempotency-key", map.Names.Name(operation.Id!.Attribute));
        Assert.Equal((Value)42, SpanSource.Plain(operation.Key!.Capture!.Captured("/accounts/42/x")));
        Assert.Equal((Value)1, operation.Input[0].Constant);
        Assert.Equal(4, operation.Outcomes.Rows.Count);
        Assert.Equal((20, true), (map.DriftPpm, map.IsSampled));
    }

    [Theory]
    [InlineData("service: [api", "srvice: [api",
        "map.yaml:3:13: a key: expected an attribute, or one of service, kind, name, method, route, path,"
        + " url, status, statement, system, error, found \"srvice\"; did you mean \"service\"?")]
    [InlineData("kind: server", "kind: serve",
        "map.yaml:3:46: kind: expected one of unspecified, internal, server, client, producer, consumer,"
        + " found \"serve\"; did you mean \"server\"?")]
    [InlineData("function: pay", "functoin: pay",
        "map.yaml:5:7: expected \"function:\" in operation, found none")]
    [InlineData("process:", "proces:",
        "map.yaml:10:7: expected one of function, id, key, input, output, process, outcome, status in"
        + " operation, found \"proces\"; did you mean \"process\"?")]
    [InlineData("(\\d+)", "\\d+", "map.yaml:7:39: expected a regular expression with a group")]
    [InlineData("/^pay/i", "/^p(?=ay/", "map.yaml:3:28: expected a regular expression without lookarounds")]
    [InlineData("operation:", "effect:", "map.yaml:5:7: expected \"name:\" in effect, found none")]
    [InlineData("drift-ppm: 20", "drift-ppm: 0",
        "map.yaml:13:12: drift-ppm: expected a number above 0, found \"0\"")]
    [InlineData("{value: 1}", "{}", "map.yaml:8:15: expected \"attribute:\" or \"value:\", found neither")]
    [InlineData("kind: spans", "kind: span", "map.yaml:1:7: kind: expected \"spans\", found \"span\"")]
    public void What_is_wrong_in_a_map_is_told_with_its_place(string right, string wrong, string told)
    {
        var text = Rule.Replace(right, wrong, StringComparison.Ordinal);

        var mistake = Assert.Throws<UserMistakeException>(() => SpanMapFile.Parse(text, "map.yaml"));

        Assert.StartsWith(told, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void How_an_effect_is_committed_must_be_said()
    {
        const string map = "kind: spans\nrules:\n  - match: {kind: client}\n    effect: {name: charge}\n";

        var mistake = Assert.Throws<UserMistakeException>(() => SpanMapFile.Parse(map, "map.yaml"));

        Assert.Equal("map.yaml:4:13: expected \"commits:\" in effect, found none", mistake.Message);
    }

    [Fact]
    public void Mutated_maps_are_read_or_refused_with_their_place()
    {
        var refused = 0;
        for (var seed = 0; seed < 1_500; seed++)
        {
            var random = new Random(seed);
            var at = random.Next(Rule.Length);
            var text = random.Next(3) switch
            {
                0 => Rule.Remove(at, Math.Min(random.Next(1, 9), Rule.Length - at)),
                1 => Rule.Insert(at, ":[]{}'\"/\\(%*&-\n\t"[random.Next(16)].ToString()),
                _ => Rule.Insert(at, Rule[..random.Next(60)]),
            };
            try
            {
                SpanMapFile.Parse(text, "map.yaml");
            }
            catch (UserMistakeException mistake)
            {
                Assert.StartsWith("map.yaml:", mistake.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 500, 1_500);
    }
}
