using Steelyard.Analysis.Workloads.Watches;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads.Watches;

/// <summary>Every promise of a watch, broken alone, beside a right twin.</summary>
public class WatchEventsTests
{
    const string Writes =
        "0 invoke put key=a 1\n0 ok put {revision: 2}\n"
        + "0 invoke txn {if: [], then: [[put, a, 2], [put, b, 3]], else: []}\n"
        + "0 ok txn {revision: 3, succeeded: true, results: [{}, {}]}\n"
        + "0 invoke delete key=a\n0 ok delete {revision: 4, deleted: 1}\n";

    const string First = "{key: a, value: 1, revision: 2}";
    const string SecondA = "{key: a, value: 2, revision: 3}";
    const string SecondB = "{key: b, value: 3, revision: 3}";
    const string Third = "{type: delete, key: a, revision: 4}";

    [Theory]
    [InlineData("", $"{First}, {SecondA}, {SecondB}, {Third}")]
    [InlineData("lost-event", $"{First}, {SecondA}, {Third}")]
    [InlineData("lost-event", $"{SecondA}, {SecondB}, {Third}")]
    [InlineData("duplicated-event", $"{First}, {First}, {SecondA}, {SecondB}, {Third}")]
    [InlineData("disordered-event", $"{SecondA}, {SecondB}, {First}, {Third}")]
    [InlineData("split-event", $"{First}, {SecondA}]}}, {{events: [{SecondB}, {Third}")]
    [InlineData("", $"{First}]}}, {{events: [{SecondA}, {SecondB}, {Third}")]
    [InlineData("late-event", $"{First}, {SecondA}, {SecondB}]}}, {{progress: true, revision: 4, events:"
        + $" []}}, {{events: [{Third}")]
    [InlineData("", $"{First}, {SecondA}, {SecondB}, {Third}]}}, {{progress: true, revision: 4, events: [")]
    [InlineData("lost-event", $"{First}, {SecondA}, {SecondB}]}}, {{progress: true, revision: 4, events: [")]
    [InlineData("", $"{First}, {SecondA}, {SecondB}]}}, {{progress: true, revision: 3, events: [")]
    [InlineData("contradicted-event", $"{First}, {{key: a, value: 9, revision: 3}}, {SecondB}")]
    [InlineData("contradicted-event", $"{First}, {SecondA}, {SecondB}, {{key: a, value: 5, revision: 4}}")]
    [InlineData("", $"{First}, {SecondA}, {SecondB}")]
    public void A_broken_promise_has_its_name(string type, string events)
    {
        var verdict = Judge($"1 invoke watch {{revision: 1, prefix: true}}\n1 ok watch [{{events:"
            + $" [{events}]}}]\n");

        Assert.Equal(type.Length == 0 ? Validity.Valid : Validity.Invalid, verdict.Validity);
        Assert.Equal(
            type.Length == 0 ? [] : [type], verdict.Anomalies.Select(found => found.Type).Distinct());
    }

    [Theory]
    [InlineData("", "{revision: 3, prefix: false}", "{key: a, value: 2, revision: 3}, {type: delete, key: a,"
        + " revision: 4}")]
    [InlineData("early-event", "{revision: 3, prefix: false}", "{key: a, value: 1, revision: 2}, {key: a,"
        + " value: 2, revision: 3}")]
    [InlineData("unasked-event", "{revision: 3, prefix: false}", "{key: a, value: 2, revision: 3}, {key: b,"
        + " value: 3, revision: 3}")]
    [InlineData("", "{revision: 0, prefix: false}", "{type: delete, key: a, revision: 4}")]
    public void A_watch_tells_what_it_was_asked_for(string type, string request, string events)
    {
        var verdict = Judge($"1 invoke watch key=a {request}\n1 ok watch [{{events: [{events}]}}]\n");

        Assert.Equal(
            type.Length == 0 ? [] : [type], verdict.Anomalies.Select(found => found.Type).Distinct());
    }

    [Fact]
    public void What_one_watch_told_another_must_tell_and_none_decides_nothing()
    {
        const string two = "1 invoke watch {revision: 5, prefix: true}\n1 ok watch [{events: [{key: c,"
            + " value: 1, revision: 5},"
            + " {key: c, value: 2, revision: 6}]}]\n2 invoke watch key=c {revision: 5}\n2 ok watch [{events:"
            + " [{key: c, value:"
            + " 2, revision: 6}]}]\n";

        Assert.Equal("lost-event", Assert.Single(Judge(two).Anomalies).Type);
        Assert.Equal(Validity.Unknown, Judge("1 invoke watch {}\n1 ok watch []\n").Validity);
    }

    static Verdict Judge(string watches) => new WatchEvents().Check(History.Parse(Writes + watches));
}
