using Steelyard.Analysis.Workloads.Inserts;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Workloads;

public class InsertTests
{
    [Fact]
    public void A_later_comment_without_an_earlier_one_is_a_causal_reverse()
    {
        var verdict = new Comments().Check(History.Parse("""
            1 invoke read
            0 invoke write 1
            0 ok write 1
            0 invoke write 2
            0 ok write 2
            1 ok read [2, 99]
            """));

        Assert.Equal(
            "process 1 read 2 without 1, whose write had completed before the other began"
            + " (causal-reverse)", verdict.Summary);
        Assert.Equal([0, 1, 2], Assert.Single(verdict.Anomalies).Witness);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[x, []]")]
    public void A_read_of_no_subkeys_says_nothing(string read) => Assert.Equal(
        Validity.Valid,
        new SequentialInserts().Check(History.Parse($"0 invoke read\n0 ok read {read}")).Validity);

    [Theory]
    [InlineData("[]", Validity.Valid)]
    [InlineData("[1]", Validity.Valid)]
    [InlineData("[1, 2]", Validity.Valid)]
    [InlineData("[3]", Validity.Invalid)]
    public void A_comment_of_a_failed_write_is_an_aborted_read(string read, Validity expected)
    {
        var verdict = new Comments().Check(History.Parse($"""
            0 invoke write 1
            1 invoke write 2
            0 ok write 1
            1 info write 2
            0 invoke write 3
            0 fail write 3
            2 invoke read
            2 ok read {read}
            """));

        Assert.Equal(expected, verdict.Validity);
        Assert.Equal(expected == Validity.Invalid ? ["G1a"] : [], verdict.Anomalies.Select(a => a.Type));
    }

    [Theory]
    [InlineData("[5, [2, 1, 0]]", Validity.Valid)]
    [InlineData("[5, [nil, 1, 0]]", Validity.Valid)]
    [InlineData("[nil, nil, nil]", Validity.Valid)]
    [InlineData("[5, [2, nil, 0]]", Validity.Invalid)]
    [InlineData("[5, [nil, 1, nil]]", Validity.Invalid)]
    public void A_later_subkey_is_never_seen_without_the_earlier_ones(string read, Validity expected) =>
        Assert.Equal(
            expected,
            new SequentialInserts().Check(History.Parse($"0 invoke read 5\n0 ok read {read}")).Validity);

    [Fact]
    public void A_register_that_shrinks_is_nonmonotonic()
    {
        var verdict = new Monotonic().Check(History.Parse("""
            0 invoke read key=x
            0 ok read 3
            1 invoke read key=x
            1 ok read 2
            """));

        Assert.Equal(
            "process 0 saw x = 3, yet process 1 saw 2 later (nonmonotonic-read)", verdict.Summary);
    }

    [Fact]
    public void Two_incs_to_one_value_lose_an_update() => Assert.Equal(
        ["lost-update"],
        new Monotonic().Check(History.Parse("""
            0 invoke inc key=x
            1 invoke inc key=x
            0 ok inc 1
            1 ok inc 1
            """)).Anomalies.Select(a => a.Type));

    [Fact]
    public void Two_reads_that_saw_two_registers_grow_in_opposite_orders_are_a_cycle()
    {
        var verdict = new Monotonic().Check(History.Parse("""
            0 invoke read
            1 invoke read
            0 ok read {x: 1, y: 0}
            1 ok read {x: 0, y: 1}
            """));

        Assert.Equal("monotonic-cycle", Assert.Single(verdict.Anomalies).Type);
        Assert.Equal([0, 1], verdict.Anomalies[0].Witness);
    }

    [Fact]
    public void Registers_that_only_grow_are_valid() => Assert.Equal(
        "3 operations on 2 registers agree on one order of growth",
        new Monotonic().Check(History.Parse("""
            0 invoke inc key=x
            1 invoke read
            1 ok read {x: 1, y: 0}
            0 ok inc 1
            1 invoke read
            1 ok read {x: 1, y: 2}
            """)).Summary);
}
