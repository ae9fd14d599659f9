using Steelyard.Analysis.Workloads;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads;

public class CountingTests
{
    static Verdict Counter(string text) => new CounterBounds().Check(History.Parse(text));

    [Theory]
    [InlineData(0, Validity.Invalid)]
    [InlineData(1, Validity.Valid)]
    [InlineData(3, Validity.Valid)]
    [InlineData(4, Validity.Invalid)]
    public void An_unknown_add_may_count_or_not(int read, Validity expected) => Assert.Equal(
        expected,
        Counter($"""
            0 invoke add 1
            0 ok add 1
            1 invoke add 2
            1 info add 2
            2 invoke add 5
            2 fail add 5
            3 invoke read
            3 ok read {read}
            """).Validity);

    [Fact]
    public void A_read_outside_the_bounds_names_them()
    {
        var verdict = Counter("""
            0 invoke add 3
            0 ok add 3
            1 invoke add -1
            2 invoke read
            2 ok read 1
            """);

        Assert.Equal(
            "process 2 read 1, when the counter was between 2 and 3 (out-of-bounds)",
            verdict.Summary);
        Assert.Equal([2], Assert.Single(verdict.Anomalies).Witness);
    }

    [Fact]
    public void A_decrement_may_be_seen_as_soon_as_it_begins() => Assert.Equal(
        Validity.Valid, Counter("0 invoke add -4\n1 invoke read\n1 ok read -4\n0 ok add -4").Validity);

    [Fact]
    public void A_sum_that_no_choice_of_adds_gives_was_never_there()
    {
        var verdict = Counter("0 invoke read\n1 invoke add 2\n1 ok add 2\n0 ok read 1");

        Assert.Equal(
            "process 0 read 1, when the counter was a sum between 0 and 2, and never 1 (unreachable-sum)",
            verdict.Summary);
    }

    [Fact]
    public void More_sums_than_can_be_tried_leave_a_read_undecided()
    {
        var lost = Enumerable.Range(0, 40).Select(i => $"{i + 1} invoke add {1_000_000_007L * (i + 3)}");
        var verdict = Counter(
            string.Join('\n', ["0 invoke read", .. lost, "0 ok read 1000000008"]));

        Assert.Equal(Validity.Unknown, verdict.Validity);
    }

    [Fact]
    public void A_counter_that_nobody_read_contradicts_nothing() => Assert.Equal(
        "1 add and no read, so no read was wrong", Counter("0 invoke add 1\n0 ok add 1").Summary);

    [Fact]
    public void Sums_beyond_64_bits_are_the_users_mistake() => Assert.Throws<UserMistakeException>(
        () => Counter($"0 invoke add {long.MaxValue}\n1 invoke add 1\n2 invoke read\n2 ok read 0"));

    [Fact]
    public void An_id_given_twice_is_told_with_both_who_got_it()
    {
        var verdict = new UniqueIds().Check(History.Parse("""
            0 invoke generate
            1 invoke generate
            0 ok generate 5
            1 ok generate 5
            """));

        Assert.Equal(
            "process 0 and process 1 were both given the id 5 (duplicated)", verdict.Summary);
        Assert.Equal([0, 1], Assert.Single(verdict.Anomalies).Witness);
    }

    [Fact]
    public void Ids_of_failed_and_unknown_attempts_do_not_count() => Assert.Equal(
        "1 id of 3 attempts, no two alike",
        new UniqueIds().Check(History.Parse("""
            0 invoke generate
            0 ok generate 5
            0 invoke generate
            0 fail generate 5
            1 invoke generate
            1 info generate
            """)).Summary);
}
