using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads;

public class SetTests
{
    static Verdict Final(string text) => new FinalSet().Check(History.Parse(text));

    static Verdict Full(string text, bool linearizable = false) =>
        new SetFull(linearizable).Check(History.Parse(text));

    [Fact]
    public void An_acknowledged_add_that_the_final_read_misses_is_lost()
    {
        var verdict = Final("""
            0 invoke add 7
            0 ok add 7
            0 invoke add 8
            0 ok add 8
            1 invoke read
            1 ok read [8]
            """);

        Assert.Equal(
            "7 was added by process 0, then not read by the final read (lost)", verdict.Summary);
        Assert.Equal([0, 2], Assert.Single(verdict.Anomalies).Witness);
    }

    [Fact]
    public void A_final_read_without_a_result_is_none()
    {
        const string text = "0 invoke add 7\n0 ok add 7\n1 invoke read\n1 ok read";

        Assert.Equal(Validity.Unknown, Final(text).Validity);
        Assert.Equal("lost", Full(text).Anomalies[0].Type);
    }

    [Fact]
    public void The_sentence_counts_what_was_kept_and_what_was_recovered() => Assert.Equal(
        "1 of 1 acknowledged element is in the final read, 1 of unknown adds recovered, none lost, none"
        + " unexpected",
        Final("""
            0 invoke add 7
            0 ok add 7
            1 invoke add 8
            1 info add 8
            2 invoke add 9
            2 fail add 9
            3 invoke read
            3 ok read [7, 8]
            """).Summary);

    [Theory]
    [InlineData("[7, 4]", "unexpected", "the final read holds 4, which nobody added (unexpected)")]
    [InlineData(
        "[7, 9]", "unexpected", "the final read holds 9, though its add had failed (unexpected)")]
    public void What_cannot_have_been_added_is_unexpected(string read, string type, string sentence)
    {
        var verdict = Final($"""
            0 invoke add 7
            0 ok add 7
            2 invoke add 9
            2 fail add 9
            3 invoke read
            3 ok read {read}
            """);

        Assert.Equal(type, Assert.Single(verdict.Anomalies).Type);
        Assert.Equal(sentence, verdict.Summary);
    }

    [Fact]
    public void An_add_that_is_open_during_the_read_may_be_in_it_or_not()
    {
        const string Open = """
            0 invoke add 7
            1 invoke read
            1 ok read {0}
            0 ok add 7
            """;

        Assert.Equal(Validity.Valid, Final(Open.Replace("{0}", "[7]")).Validity);
        Assert.Equal(Validity.Valid, Final(Open.Replace("{0}", "[]")).Validity);
    }

    [Fact]
    public void A_set_that_was_never_read_is_not_decided() =>
        Assert.Equal(Validity.Unknown, Final("0 invoke add 7\n0 ok add 7").Validity);

    [Fact]
    public void A_read_without_a_list_is_the_users_mistake() => Assert.Equal(
        "operation 0: expected a list of elements of \"read\", found 7",
        Assert.Throws<UserMistakeException>(() => Final("0 invoke read\n0 ok read 7")).Message);

    [Fact]
    public void An_element_that_vanishes_for_good_is_lost()
    {
        var verdict = Full("""
            0 invoke add 7
            0 ok add 7
            1 invoke read
            1 ok read [7]
            1 invoke read
            1 ok read []
            """);

        Assert.Equal(
            "7 was added by process 0, then not read by process 1 and never again (lost)",
            verdict.Summary);
        Assert.Equal([0, 2], Assert.Single(verdict.Anomalies).Witness);
    }

    const string Late = """
        0 invoke add 7
        0 ok add 7
        1 invoke read
        1 ok read []
        1 invoke read
        1 ok read [7]
        """;

    [Fact]
    public void An_element_that_comes_late_is_stale_and_counted() => Assert.Equal(
        "1 element stable, none lost, 0 never read, 1 stale; stable after 1.0 ms (median), 1.0 ms (95 %),"
        + " 1.0 ms (99 %), 1.0 ms (all) from when they were known",
        Full(Late).Summary);

    [Fact]
    public void A_linearizable_set_has_no_stale_element() =>
        Assert.Equal("stale", Assert.Single(Full(Late, linearizable: true).Anomalies).Type);

    [Theory]
    [InlineData("[7, 7]", "duplicated")]
    [InlineData("[7, 8]", "unexpected")]
    public void A_read_holds_each_element_once_and_no_other(string read, string type) => Assert.Equal(
        type,
        Assert.Single(Full($"0 invoke add 7\n0 ok add 7\n1 invoke read\n1 ok read {read}").Anomalies).Type);

    [Fact]
    public void A_read_that_was_open_during_the_add_may_miss_it_and_proves_nothing() =>
        Assert.Equal(
            Validity.Unknown, Full("1 invoke read\n0 invoke add 7\n0 ok add 7\n1 ok read []").Validity);

    [Fact]
    public void Each_key_is_a_set_of_its_own() => Assert.Equal(
        "7 was added by process 0, then not read by the final read of y (lost)",
        Final("""
            0 invoke add key=x 7
            0 ok add 7
            0 invoke add key=y 7
            0 ok add 7
            1 invoke read key=x
            1 ok read [7]
            1 invoke read key=y
            1 ok read []
            """).Summary);
}
