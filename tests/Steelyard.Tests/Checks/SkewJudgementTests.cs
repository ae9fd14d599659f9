using System.Text;
using Steelyard.Checks;
using Steelyard.Files;
using Steelyard.Formats.Traces;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>Registers behind servers whose clocks are apart: only what holds for every offset is
/// said.</summary>
public sealed class SkewJudgementTests
{
    const int Traces = 150;

    const string Map = """
        kind: spans
        rules:
          - match: {kind: server, op: write}
            operation: {function: write, key: {value: x}, input: written}
          - match: {kind: server, op: read}
            operation: {function: read, key: {value: x}, output: seen}
        """;

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(-50)]
    [InlineData(100_000)]
    public void A_stale_read_on_another_host_is_found_where_fast_calls_bound_the_clocks(double ahead)
    {
        var trace = new TraceText().Skew("b", _ => ahead);
        Ping(trace, "a", 0);
        Ping(trace, "b", 5);
        Stale(trace, apartMs: 10);

        Assert.Equal(Validity.Invalid, Of(trace).Validity);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(-50)]
    public void What_skew_could_have_made_look_stale_is_unknown_with_the_bounds(double ahead)
    {
        var trace = new TraceText().Skew("b", _ => ahead);
        Stale(trace, apartMs: 10);

        var verdict = Of(trace);

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Contains("the answer depends on clocks: the clock of ", verdict.Summary,
            StringComparison.Ordinal);
        Assert.Contains(" ms ahead of that of ", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Hosts_between_which_no_message_went_have_no_order()
    {
        var trace = new TraceText();
        Write(trace, "a", 0, 10, 1);
        Write(trace, "a", 20, 30, 2);
        Read(trace, "b", 40, 50, 1);

        var verdict = Of(trace);

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Contains("nothing bounds how far the clocks of b and a are apart", verdict.Summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_host_is_held_to_its_own_clock_whatever_the_others_are()
    {
        var trace = new TraceText();
        Write(trace, "a", 0, 10, 1);
        Write(trace, "a", 20, 30, 2);
        Read(trace, "a", 40, 50, 1);
        Read(trace, "b", 60, 70, 2);

        Assert.Equal(Validity.Invalid, Of(trace).Validity);
    }

    [Fact]
    public void Clocks_that_contradict_each_other_are_unknown()
    {
        var trace = new TraceText().Skew("b", static at => at < 100 ? 0 : 80);
        foreach (var at in new[] { 0, 50, 100, 150 })
            Ping(trace, "b", at);
        Stale(trace, apartMs: 10);

        var verdict = Of(trace);

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Contains("contradict each other", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_shorter_than_what_a_clock_drifts_is_judged_all_the_same()
    {
        var trace = new TraceText().Skew("b", static at => at / 20);
        for (var at = 0; at < 10_000; at += 100)
            Ping(trace, at % 200 == 0 ? "a" : "b", at);
        Write(trace, "a", 10, 11, 1);
        for (var at = 20; at < 10_000; at += 10)
            Read(trace, at % 30 == 0 ? "b" : "a", at, at + 6, 1);

        Assert.NotEqual(Validity.Invalid, Of(trace).Validity);
    }

    [Fact]
    public void Missing_spans_leave_everything_undecided_but_what_effects_show()
    {
        var trace = new TraceText();
        Write(trace, "a", 0, 10, 1);
        trace.Span("a", SpanKind.Internal, "work", 20, 21, parent: "00000000000000aa");

        var verdict = Of(trace);

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Contains("1 spans name a parent that is not in the file", verdict.Summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_verdict_differs_from_the_one_by_true_time_and_most_are_decided()
    {
        var decided = new Dictionary<Validity, int>();
        for (var seed = 0; seed < Traces; seed++)
        {
            var truth = Of(Random(seed, isOneHost: true, _ => 0)).Validity;
            var skew = new Random(seed).Next(-60, 60);
            var drift = seed % 3 == 0 ? 0.00005 : 0;

            var found = Of(Random(seed, isOneHost: false, at => skew + (drift * at))).Validity;

            Assert.True(found == truth || found == Validity.Unknown,
                $"seed {seed}: {found}, in truth {truth}");
            decided[found] = decided.GetValueOrDefault(found) + 1;
        }

        Assert.InRange(decided.GetValueOrDefault(Validity.Valid), Traces / 10, Traces);
        Assert.InRange(decided.GetValueOrDefault(Validity.Invalid), Traces / 10, Traces);
    }

    // Each operation takes effect somewhere within its span; some reads see what was there before.
    static TraceText Random(int seed, bool isOneHost, Func<double, double> ahead)
    {
        var random = new Random(seed);
        var trace = new TraceText().Skew("b", ahead);
        var (at, last, before) = (0.0, 0, 0);
        for (var number = 1; number <= 12; number++)
        {
            at += 4 + (random.NextDouble() * 10);
            var (start, end) = (at - (random.NextDouble() * 5), at + (random.NextDouble() * 5));
            var host = random.Next(2) == 0 ? "a" : "b";
            var parent = trace.Span("c", SpanKind.Client, "call", start - random.NextDouble(), end + 1, "1");
            if (random.Next(2) == 0)
            {
                (before, last) = (last, number);
                Write(trace, isOneHost ? "a" : host, start, end, number, parent);
            }
            else if (last > 0)
                Read(
                    trace, isOneHost ? "a" : host, start, end,
                    random.Next(8) == 0 && before > 0 ? before : last, parent);
        }

        return trace;
    }

    static void Stale(TraceText trace, double apartMs)
    {
        Call(trace, 200, 210, (parent, start, end) => Write(trace, "a", start, end, 1, parent));
        Call(trace, 220, 230, (parent, start, end) => Write(trace, "a", start, end, 2, parent));
        Call(
            trace, 230 + apartMs, 240 + apartMs, (parent, start, end) =>
                Read(trace, "b", start, end, 1, parent));
    }

    static void Call(TraceText trace, double start, double end, Action<string, double, double> serve) =>
        serve(trace.Span("c", SpanKind.Client, "call", start - 1, end + 1, "1"), start, end);

    static void Ping(TraceText trace, string host, double at)
    {
        var client = trace.Span("c", SpanKind.Client, "ping", at, at + 1, "1");
        trace.Span(host, SpanKind.Server, "ping", at + 0.4, at + 0.6, "1", client);
    }

    static void Write(
        TraceText trace, string host, double start, double end, int value, string? parent = null) =>
        trace.Span(host, SpanKind.Server, "write", start, end, "1", parent,
            attributes: [("op", "write"), ("written", value)]);

    static void Read(TraceText trace, string host, double start, double end, int value, string? parent =
        null) =>
        trace.Span(host, SpanKind.Server, "read", start, end, "1", parent,
            attributes: [("op", "read"), ("seen", value)]);

    static Verdict Of(TraceText trace)
    {
        var options = new ReadOptions { Spans = SpanMapFile.Parse(Map, "map.yaml") };
        var read = HistoryFile.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(trace.ToString())), "file", options);
        return Assert.Single(HistoryCheck.Of(
            "file", () => read, new() { Model = "register" }, new([]), CancellationToken.None).Verdicts);
    }
}
