using Steelyard.Analysis.Workloads;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads;

public class MaelstromTests
{
    static Verdict Counter(string text, bool onlyGrows = false) =>
        new FinalCounter(onlyGrows).Check(History.Parse(text));

    const string Adds = """
        0 invoke add 4
        0 ok add 4
        1 invoke read
        1 ok read 0
        1 invoke add 2
        1 info add 2

        """;

    [Theory]
    [InlineData(4, Validity.Valid)]
    [InlineData(6, Validity.Valid)]
    [InlineData(5, Validity.Invalid)]
    [InlineData(0, Validity.Invalid)]
    public void Only_the_final_reads_must_know_all_that_was_added(int read, Validity expected)
    {
        var verdict = Counter(Adds + $"0 invoke read\n0 ok read {read}\n2 invoke read\n2 ok read 4");

        Assert.Equal(expected, verdict.Validity);
        if (expected == Validity.Invalid)
            Assert.Equal([3], Assert.Single(verdict.Anomalies).Witness);
    }

    [Fact]
    public void A_final_read_that_no_choice_of_adds_gives_is_told_as_such() => Assert.Equal(
        "the final read of process 0 returned 5, when all that was added comes to a sum between 4 and 6, and"
        + " never 5 (unreachable-sum)",
        Counter(Adds + "0 invoke read\n0 ok read 5").Summary);

    [Fact]
    public void A_recording_that_ends_amid_adds_has_no_final_reads() => Assert.Equal(
        Validity.Unknown,
        Counter(
            "0 invoke read\n0 ok read 7\n1 invoke add 1\n1 ok add 1\n1 invoke read\n1 ok read 1").Validity);

    [Fact]
    public void A_counter_that_only_grows_refuses_an_add_below_zero()
    {
        const string Down = "0 invoke add -1\n0 ok add -1\n0 invoke read\n0 ok read -1";

        Assert.Equal(Validity.Valid, Counter(Down).Validity);
        Assert.Contains(
            "0 or more", Assert.Throws<UserMistakeException>(() => Counter(Down, onlyGrows: true)).Message);
    }

    [Fact]
    public void An_answer_to_another_is_told_with_who_had_said_it()
    {
        var verdict = new Echoes().Check(History.Parse("""
            0 invoke echo hello
            1 invoke echo bye
            0 ok echo {type: echo_ok, echo: bye}
            1 ok echo {type: echo_ok, echo: bye}
            """));

        Assert.Equal(
            "process 0 said hello and was answered bye, which process 1 had said (wrong-answer)",
            verdict.Summary);
        Assert.Equal([0, 1], Assert.Single(verdict.Anomalies).Witness);
    }

    [Fact]
    public void A_message_that_nobody_reads_in_the_end_is_lost()
    {
        const string Text = """
            0 invoke broadcast 7
            0 ok broadcast 7
            1 invoke read
            1 ok read []

            """;
        static Verdict Judge(string text) =>
            new SetFull(name: "broadcast", add: "broadcast").Check(History.Parse(text));

        Assert.Equal(
            "7 was broadcast by process 0, then not read by process 1 and never again (lost)",
            Judge(Text).Summary);
        Assert.Equal(Validity.Valid, Judge(Text + "1 invoke read\n1 ok read [7]").Validity);
    }

    [Fact]
    public void Timestamps_of_one_time_may_come_in_any_order_and_later_ones_are_greater()
    {
        static Verdict Judge(string text) => new TimestampOracle().Check(History.Parse(text));

        Assert.Equal(
            Validity.Valid, Judge("0 invoke ts\n1 invoke ts\n0 ok ts 5\n1 ok ts 4").Validity);
        Assert.Equal(
            "process 0 had been given 5, yet process 1 then got 4 (nonmonotonic-timestamp)",
            Judge("0 invoke ts\n0 ok ts 5\n1 invoke ts\n1 ok ts 4").Summary);
        Assert.Equal(
            "process 0 and process 1 were both given 5 (duplicated)",
            Judge("0 invoke ts\n0 ok ts 5\n1 invoke ts\n1 ok ts 5").Summary);
    }
}
