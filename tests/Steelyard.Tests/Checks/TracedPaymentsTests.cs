using System.Text;
using Steelyard.Checks;
using Steelyard.Files;
using Steelyard.Formats.Traces;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>Exactly-once, judged from the spans of a payments service. The recorded files are of a real one,
/// in
/// ASP.NET Core with HttpClient: order-2 was asked for twice, since its client gave up waiting.</summary>
public sealed class TracedPaymentsTests
{
    const string Map = """
        kind: spans
        rules:
          - match: {kind: server, method: POST, route: /payments}
            operation: {function: pay, id: idempotency.key}
          - match: {kind: client, statement: /^insert into payments/i}
            effect: {name: charge, commits: statement}

        """;

    [Theory]
    [InlineData("right.json", Validity.Valid)]
    [InlineData("right.pb", Validity.Valid)]
    [InlineData("buggy.json", Validity.Invalid)]
    [InlineData("buggy.pb", Validity.Invalid)]
    public void A_recorded_service_that_charges_twice_is_found_and_its_right_twin_is_not(
        string file, Validity expected) => Assert.Equal(expected, Recorded(file).Validity);

    [Fact]
    public void A_double_charge_is_named_with_its_spans_and_traces()
    {
        var summary = Recorded("buggy.json").Summary;

        Assert.Contains("pay order-2 took effect twice (charge)", summary, StringComparison.Ordinal);
        Assert.Contains("span 2aec50221df7511f \"payments\" of trace 0af8860e1b1301bc6d541a5271c8583d",
            summary,
            StringComparison.Ordinal);
        Assert.Contains("span 0429af06f511d4bb", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_encodings_give_the_same_history()
    {
        foreach (var file in new[] { "right", "buggy" })
            Assert.Equal(Check($"{file}.json").Read.History.Hash, Check($"{file}.pb").Read.History.Hash);
    }

    [Fact]
    public void Skew_between_hosts_neither_hides_a_double_charge_nor_accuses_the_right_twin()
    {
        foreach (var ahead in (Func<double, double>[])[static _ => 50, static _ => -50, static at => at / 20])
        {
            Assert.Equal(Validity.Invalid, Judge(new TraceText().Skew("api", ahead), isRight: false));
            Assert.Equal(Validity.Valid, Judge(new TraceText().Skew("api", ahead), isRight: true));
        }
    }

    [Fact]
    public void A_payment_that_was_acknowledged_and_never_charged_is_lost()
    {
        var trace = new TraceText();
        Pay(trace, "a", 0, isCharged: true);
        Pay(trace, "b", 100, isCharged: false);

        var verdict = Of(trace.ToString());

        Assert.Equal(Validity.Invalid, verdict.Validity);
        Assert.Equal("lost-effect", verdict.Anomalies[0].Type);
    }

    [Theory]
    [InlineData("sampled: true\n", "the map says that spans were sampled")]
    [InlineData("", null)]
    public void Where_spans_were_sampled_what_is_not_seen_is_not_lost_and_nothing_is_kept(
        string line, string? why)
    {
        foreach (var isCharged in new[] { true, false })
        {
            var trace = new TraceText();
            Pay(trace, "a", 0, isCharged: true);
            Pay(trace, "b", 100, isCharged);

            var verdict = Of(trace.ToString(), Map + line);

            Assert.Equal(
                why is not null ? Validity.Unknown : isCharged ? Validity.Valid : Validity.Invalid,
                verdict.Validity);
            Assert.Contains(why ?? "", verdict.Summary, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_effect_whose_request_is_not_in_the_file_is_still_an_effect_and_nothing_is_called_kept()
    {
        var trace = new TraceText();
        Pay(trace, "a", 0, isCharged: true);
        trace.Span("api", SpanKind.Client, "payments", 50, 51, trace: "9", parent: "00000000000000ff",
            attributes: ("db.query.text", "INSERT INTO payments VALUES ($1)"));

        var verdict = Of(trace.ToString());

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Contains("1 spans name a parent that is not in the file", verdict.Summary,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("statement", 500, Validity.Invalid)]
    [InlineData("statement", 200, Validity.Invalid)]
    [InlineData("request", 200, Validity.Invalid)]
    [InlineData("request", 500, Validity.Unknown)]
    public void What_a_failed_request_wrote_stands_only_where_statements_commit_by_themselves(
        string commits, int firstStatus, Validity expected)
    {
        var trace = new TraceText();
        Pay(trace, "a", 0, isCharged: true, firstStatus);
        Pay(trace, "a", 100, isCharged: true);

        Assert.Equal(
            expected,
            Of(trace.ToString(), Map.Replace("commits: statement", $"commits: {commits}")).Validity);
    }

    [Theory]
    [InlineData("ROLLBACK", Validity.Valid)]
    [InlineData("COMMIT", Validity.Invalid)]
    public void The_recorded_end_of_a_transaction_tells_what_stands(string end, Validity expected)
    {
        var trace = new TraceText();
        var server = Pay(trace, "a", 0, isCharged: true, status: 500);
        trace.Span("api", SpanKind.Client, "payments", 8, 9, parent: server, trace: "1",
            attributes: ("db.query.text", end));
        Pay(trace, "a", 100, isCharged: true);

        Assert.Equal(expected,
            Of(trace.ToString(), Map.Replace("commits: statement", "commits: request")).Validity);
    }

    [Fact]
    public void A_statement_that_may_write_nothing_is_no_proof_of_a_second_charge()
    {
        var trace = new TraceText();
        for (var attempt = 0; attempt < 2; attempt++)
            Pay(trace, "a", attempt * 100, isCharged: true,
                sql: "INSERT INTO payments VALUES ($1) ON CONFLICT DO NOTHING");

        Assert.Equal(Validity.Unknown, Of(trace.ToString()).Validity);
    }

    [Theory]
    [InlineData(true, Validity.Valid)]
    [InlineData(false, Validity.Unknown)]
    public void A_request_that_came_to_no_server_did_nothing_where_servers_are_recorded(
        bool areRecorded, Validity expected)
    {
        var trace = new TraceText();
        foreach (var (at, isAnswered) in new[] { (0, false), (100, true) })
        {
            var client = trace.Span(
                "shop", SpanKind.Client, "POST", at, at + 20, "1", isError: !isAnswered, attributes: [
                    ("idempotency.key", "a"), .. isAnswered ? [("http.response.status_code", (object)200)]
                        : NoMore]);
            if (isAnswered && areRecorded)
                trace.Span("api", SpanKind.Server, "POST", at + 1, at + 9, "1", client);
            if (isAnswered)
                trace.Span("api", SpanKind.Client, "payments", at + 2, at + 3, "1", client, attributes: [
                    ("db.query.text", "INSERT INTO payments VALUES ($1)"), ("idempotency.key", "a")]);
        }

        var map = Map.Replace("kind: server, method: POST, route: /payments", "service: shop, kind: client");

        Assert.Equal(expected, Of(trace.ToString(), map).Validity);
    }

    static (string, object)[] NoMore => [];

    static string Pay(
        TraceText trace, string key, double at, bool isCharged, int status = 200,
        string sql = "INSERT INTO payments VALUES ($1, $2)")
    {
        var id = $"{at + 1}";
        var client = trace.Span("shop", SpanKind.Client, "POST", at, at + 20, id, attributes: [
            ("http.request.method", "POST"), ("http.response.status_code", status)]);
        var server = trace.Span(
            "api", SpanKind.Server, "POST /payments", at + 2, at + 15, id, client, attributes: [
            ("http.request.method", "POST"), ("http.route", "/payments"), ("idempotency.key", key),
            ("http.response.status_code", status)]);
        if (isCharged)
            trace.Span("api", SpanKind.Client, "payments", at + 4, at + 6, id, server,
                attributes: ("db.query.text", sql));
        return server;
    }

    // The second request is a retry: the right service finds the payment that is there.
    static Validity Judge(TraceText trace, bool isRight)
    {
        Pay(trace, "a", 0, isCharged: true);
        Pay(trace, "a", 200, isCharged: !isRight);
        Pay(trace, "b", 400, isCharged: true);
        return Of(trace.ToString()).Validity;
    }

    static Verdict Of(string trace, string map = Map)
    {
        var options = new ReadOptions { Spans = SpanMapFile.Parse(map, "map.yaml") };
        var read = HistoryFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(trace)), "file", options);
        return Assert.Single(HistoryCheck.Of(
            "file", () => read, new() { Model = "exactly-once" }, new([]), CancellationToken.None).Verdicts);
    }

    static Verdict Recorded(string file) => Assert.Single(Check(file).Verdicts);

    static HistoryCheck Check(string file) => HistoryCheck.Of(
        Place($"traces-{file}"), new() { Model = "exactly-once", Spans = Place("traces-map.yaml") }, new([]));

    static string Place(string file) => Path.Combine(AppContext.BaseDirectory, "Checks", "Recorded", file);
}
