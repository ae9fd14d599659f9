using System.Diagnostics;
using Steelyard.Analysis.Workloads.Logs;
using Steelyard.Formats;
using Steelyard.Histories;
using Xunit.Abstractions;

namespace Steelyard.Analysis.Tests.Workloads;

public class KafkaTests(ITestOutputHelper output)
{
    static Verdict Judge(string text) => new KafkaLog().Check(History.Parse(text));

    static string Types(string text) => string.Join(' ', Judge(text).Anomalies.Select(a => a.Type));

    const string Sent = """
        0 invoke send [[send, x, 1]]
        0 ok send [[send, x, [0, 1]]]
        0 invoke send [[send, x, 2]]
        0 ok send [[send, x, [4, 2]]]
        0 invoke send [[send, x, 3]]
        0 ok send [[send, x, [6, 3]]]
        8 invoke txn [[send, x, 9]]
        8 fail txn
        9 invoke poll [[poll]]
        9 ok poll [[poll, {x: [[0, 1], [4, 2]]}]]
        9 invoke assign []
        9 ok assign

        """;

    static string Polls(params string[] polls) => Sent + string.Join('\n', polls.Select(
        poll => $"1 invoke poll [[poll]]\n1 ok poll [[poll, {{x: {poll}}}]]"));

    [Theory]
    [InlineData("", "[[0, 1], [4, 2], [6, 3]]")]
    [InlineData("", "[[0, 1]]", "[[4, 2]]")]
    [InlineData("int-poll-skip", "[[0, 1], [6, 3]]")]
    [InlineData("poll-skip", "[[0, 1]]", "[[6, 3]]")]
    [InlineData("int-nonmonotonic-poll", "[[4, 2], [0, 1]]")]
    [InlineData("nonmonotonic-poll", "[[4, 2]]", "[[0, 1]]")]
    [InlineData("nonmonotonic-poll", "[[4, 2]]", "[[4, 2]]")]
    [InlineData("inconsistent-offsets", "[[4, 1]]", "[]")]
    [InlineData("duplicate", "[[6, 3]]", "[[8, 1]]")]
    [InlineData("G1a", "[[6, 3]]", "[[8, 9]]")]
    [InlineData("garbage-read", "[[6, 3]]", "[[8, 7]]")]
    public void Every_anomaly_of_polls_has_its_name(string expected, params string[] polls)
    {
        var types = Types(Polls(polls)).Split(' ');

        Assert.Contains(expected, types);
        Assert.True(expected == "inconsistent-offsets" || types.Length == 1, string.Join(' ', types));
    }

    [Fact]
    public void A_message_below_one_that_was_polled_is_lost_when_nobody_polled_it()
    {
        var verdict = Judge("""
            0 invoke send [[send, x, 1]]
            0 ok send [[send, x, [0, 1]]]
            0 invoke send [[send, x, 2]]
            0 ok send [[send, x, [1, 2]]]
            1 invoke poll [[poll]]
            1 ok poll [[poll, {x: [[1, 2]]}]]
            """);

        Assert.Equal(
            "1 was sent to x at offset 0 by process 0 and never polled, though process 1 polled offset 1"
            + " (lost-write)", verdict.Summary);
        Assert.Equal([0, 2], Assert.Single(verdict.Anomalies).Witness);
    }

    [Fact]
    public void A_transaction_does_not_poll_what_it_sends() => Assert.Equal(
        "precommitted-read",
        Types("0 invoke txn [[send, x, 1], [poll]]\n0 ok txn [[send, x, [0, 1]], [poll, {x: [[0, 1]]}]]"));

    [Fact]
    public void Transactions_do_not_poll_each_others_messages() => Assert.Equal(
        "G1c",
        Types("""
            0 invoke txn [[send, x, 1], [poll]]
            1 invoke txn [[send, y, 2], [poll]]
            0 ok txn [[send, x, [0, 1]], [poll, {y: [[0, 2]]}]]
            1 ok txn [[send, y, [0, 2]], [poll, {x: [[0, 1]]}]]
            """));

    [Fact]
    public void A_producer_goes_forward() => Assert.Equal(
        "nonmonotonic-send",
        Types("""
            0 invoke send [[send, x, 1]]
            0 ok send [[send, x, [5, 1]]]
            0 invoke send [[send, x, 2]]
            0 ok send [[send, x, [3, 2]]]
            """));

    [Theory]
    [InlineData("assign [y]", "")]
    [InlineData("subscribe [x]", "")]
    [InlineData("assign [x]", "poll-skip")]
    public void A_consumer_that_was_assigned_anew_may_start_elsewhere(string again, string expected)
    {
        var (function, keys) = (again.Split(' ')[0], again.Split(' ')[1]);

        Assert.Equal(expected, Types(Polls("[[0, 1]]")
            + $"\n1 invoke {function} {keys}\n1 ok {function} {keys}\n"
            + "1 invoke poll [[poll]]\n1 ok poll [[poll, {x: [[6, 3]]}]]"));
    }

    [Fact]
    public void The_sentence_counts_what_was_polled_and_what_was_not_yet() => Assert.Equal(
        "3 messages polled from 1 log, in order and without gaps; 1 acknowledged and not polled yet",
        Judge(Polls("[[0, 1]]")).Summary);

    [Theory]
    [InlineData("0 invoke send 7")]
    [InlineData("0 invoke txn [[write, x, 1]]")]
    [InlineData("0 invoke poll [[poll]]\n0 ok poll [[poll, {x: [[0]]}]]")]
    [InlineData("0 invoke poll [[poll]]\n0 ok poll [[poll, {x: 3}]]")]
    public void What_is_no_send_and_no_poll_is_the_users_mistake(string text) =>
        Assert.Throws<UserMistakeException>(() => Judge(text));

    [Fact]
    public void The_checker_agrees_with_the_definitions()
    {
        var histories = Environment.GetEnvironmentVariable("STEELYARD_LONG") == "1" ? 100_000 : 2_500;
        var (valid, met) = (0, new SortedDictionary<string, int>(StringComparer.Ordinal));
        var clock = Stopwatch.StartNew();
        for (var seed = 0; seed < histories; seed++)
        {
            var history = new RandomLogs(seed).Next();
            var expected = new LogDefinition(history).Anomalies();
            var verdict = new KafkaLog().Check(history);
            var types = verdict.Anomalies.Select(a => a.Type).Distinct().Order(StringComparer.Ordinal);
            Assert.True(
                string.Join(' ', expected) == string.Join(' ', types),
                $"seed {seed}: expected {string.Join(' ', expected)}\n{verdict.Summary}\n"
                + history.Written());
            valid += expected.Count == 0 ? 1 : 0;
            foreach (var type in expected)
                met[type] = met.GetValueOrDefault(type) + 1;
        }

        output.WriteLine($"{histories:N0} in {clock.Elapsed.TotalSeconds:N1} s: {valid:N0} without anomaly, "
            + string.Join(", ", met.Select(pair => $"{pair.Value:N0} {pair.Key}")));
        Assert.True(valid > histories / 10 && met.Count >= 12, "too few kinds were met");
    }
}
