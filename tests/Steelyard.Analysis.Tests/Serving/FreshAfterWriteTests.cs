using Steelyard.Analysis.Serving;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Serving;

public sealed class FreshAfterWriteTests
{
    const string Written = """
        0 invoke put key=x {value: 1}
        0 ok     put
        0 invoke put key=x {value: 2}
        0 ok     put

        """;

    [Fact]
    public void A_read_of_what_was_overwritten_before_is_found()
    {
        var verdict = Check(Written + "1 invoke get key=x\n1 ok get 1");

        Assert.Equal("process 1 read 1 of x 1.0 ms after 2 was acknowledged (1 stale read of 1)",
            verdict.Summary);
        Assert.Equal([0, 1, 2], Assert.Single(verdict.Anomalies).Witness);
    }

    [Theory]
    [InlineData("1 invoke get key=x\n1 ok get 2")]
    [InlineData("2 invoke put key=x {value: 3}\n1 invoke get key=x\n1 ok get 3")]
    [InlineData("1 invoke get key=y\n1 ok get 1\n1 invoke get key=x\n1 ok get 2")]
    public void A_read_of_the_last_or_of_one_under_way_is_fresh(string reads) =>
        Assert.Equal(Validity.Valid, Check(Written + reads).Validity);

    [Fact]
    public void What_was_there_at_first_is_stale_after_a_write() => Assert.Equal(
        Validity.Invalid, Check(Written + "1 invoke get key=x\n1 ok get 0").Validity);

    [Fact]
    public void A_write_of_unknown_outcome_may_come_at_any_later_time() => Assert.Equal(
        Validity.Valid, Check("""
            2 invoke put key=x {value: 9}
            2 info   put

            """ + Written + "1 invoke get key=x\n1 ok get 9").Validity);

    [Fact]
    public void A_read_beside_the_write_may_return_either() => Assert.Equal(
        Validity.Valid, Check("""
            0 invoke put key=x {value: 1}
            0 ok     put
            1 invoke get key=x
            0 invoke put key=x {value: 2}
            0 ok     put
            1 ok     get 1
            """).Validity);

    [Fact]
    public void An_old_value_is_forgiven_for_as_long_as_is_promised()
    {
        var history = History.Parse(Written + "1 invoke get key=x\n1 ok get 1");

        Assert.Equal(
            Validity.Unknown,
            new FreshAfterWrite("put", "get", TimeSpan.FromMilliseconds(2)).Check(
                History.Parse("0 invoke put key=x {value: 1}\n0 ok put\n1 invoke get key=x\n1 ok get 0"))
                .Validity);
        Assert.Equal(
            Validity.Valid,
            new FreshAfterWrite("put", "get", TimeSpan.FromMilliseconds(2)).Check(history).Validity);
    }

    static Verdict Check(string history) => new FreshAfterWrite("put", "get").Check(History.Parse(history));
}
