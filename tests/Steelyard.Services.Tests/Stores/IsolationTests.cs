using Steelyard.Services.Stores;
using static Steelyard.Services.Stores.StoreIsolation;

namespace Steelyard.Services.Tests.Stores;

/// <summary>Which anomaly can happen at which level: those of Adya (1999) as the Hermitage tests interleave
/// them, and the read-only transaction's of Fekete, O'Neil and O'Neil (2004).</summary>
public sealed class IsolationTests
{
    [Theory]
    [InlineData(ReadCommitted), InlineData(Snapshot), InlineData(Serializable)]
    public async Task Two_writers_of_two_keys_never_mix__G0(StoreIsolation isolation)
    {
        var table = EngineTable.With(isolation, "x", "y");
        var (one, two) = (table.Begin(), table.Begin());

        await one.Put("x", "1");
        var waits = two.Put("x", "2");
        Assert.False(waits.IsCompleted);
        await one.Put("y", "1");
        Assert.Equal(StoreError.None, one.Commit());
        if (await waits == StoreError.None)
        {
            await two.Put("y", "2");
            Assert.Equal(StoreError.None, two.Commit());
        }

        Assert.Equal(table.Now("x"), table.Now("y"));
        Assert.Equal(isolation == ReadCommitted ? StoreError.None : StoreError.Conflict, await waits);
    }

    [Theory]
    [InlineData(ReadCommitted), InlineData(Snapshot), InlineData(Serializable)]
    public async Task What_is_rolled_back_or_not_the_last_is_never_read__G1a_G1b(StoreIsolation isolation)
    {
        var table = EngineTable.With(isolation, "x");
        var (writer, reader) = (table.Begin(), table.Begin());

        await writer.Put("x", "1");
        Assert.Equal("0", reader.Get("x"));
        await writer.Put("x", "2");
        Assert.Equal("x=0", reader.Scan(""));
        writer.Rollback();

        Assert.Equal("0", reader.Get("x"));
        Assert.Equal(StoreError.None, reader.Commit());
    }

    [Theory]
    [InlineData(ReadCommitted), InlineData(Snapshot), InlineData(Serializable)]
    public async Task Neither_of_two_reads_what_the_other_writes__G1c(StoreIsolation isolation)
    {
        var table = EngineTable.With(isolation, "x", "y");
        var (one, two) = (table.Begin(), table.Begin());

        await one.Put("x", "1");
        await two.Put("y", "1");

        Assert.Equal(("0", "0"), (one.Get("y"), two.Get("x")));
    }

    [Theory]
    [InlineData(ReadCommitted, true), InlineData(Snapshot, false), InlineData(Serializable, false)]
    public async Task An_update_is_lost__P4(StoreIsolation isolation, bool happens)
    {
        var table = EngineTable.With(isolation, "x");
        var (one, two) = (table.Begin(), table.Begin());

        Assert.Equal(("0", "0"), (one.Get("x"), two.Get("x")));
        await one.Put("x", "0+1");
        var waits = two.Put("x", "0+2");
        Assert.Equal(StoreError.None, one.Commit());

        Assert.Equal(happens ? StoreError.None : StoreError.Conflict, await waits);
        Assert.Equal(happens ? StoreError.None : StoreError.Conflict, two.Commit());
        Assert.Equal(happens ? "0+2" : "0+1", table.Now("x"));
    }

    [Theory]
    [InlineData(ReadCommitted, true), InlineData(Snapshot, false), InlineData(Serializable, false)]
    public async Task Two_reads_are_of_different_times__G_single(StoreIsolation isolation, bool happens)
    {
        var table = EngineTable.With(isolation, "x", "y");
        var (reader, writer) = (table.Begin(), table.Begin());

        Assert.Equal("0", reader.Get("x"));
        await writer.Put("x", "1");
        await writer.Put("y", "1");
        Assert.Equal(StoreError.None, writer.Commit());

        Assert.Equal(happens ? "1" : "0", reader.Get("y"));
        Assert.Equal(StoreError.None, reader.Commit());
    }

    [Theory]
    [InlineData(ReadCommitted, true), InlineData(Snapshot, false), InlineData(Serializable, false)]
    public async Task A_range_changes_while_it_is_read__PMP(StoreIsolation isolation, bool happens)
    {
        var table = EngineTable.With(isolation, "x");
        var (reader, writer) = (table.Begin(), table.Begin());

        Assert.Equal("x=0", reader.Scan("x"));
        await writer.Put("xx", "1");
        Assert.Equal(StoreError.None, writer.Commit());

        Assert.Equal(happens ? "x=0 xx=1" : "x=0", reader.Scan("x"));
    }

    [Theory]
    [InlineData(ReadCommitted, true), InlineData(Snapshot, true), InlineData(Serializable, false)]
    public async Task Two_write_what_the_other_read__G2_item(StoreIsolation isolation, bool happens)
    {
        var table = EngineTable.With(isolation, "x", "y");
        var (one, two) = (table.Begin(), table.Begin());

        Assert.Equal(("0", "0"), (one.Get("y"), two.Get("x")));
        await one.Put("x", "1");
        await two.Put("y", "1");

        Assert.Equal(StoreError.None, one.Commit());
        Assert.Equal(happens ? StoreError.None : StoreError.Conflict, two.Commit());
    }

    [Theory]
    [InlineData(ReadCommitted, true), InlineData(Snapshot, true), InlineData(Serializable, false)]
    public async Task Two_add_to_a_range_that_both_read__G2(StoreIsolation isolation, bool happens)
    {
        var table = EngineTable.With(isolation, "unrelated");
        var (one, two) = (table.Begin(), table.Begin());

        Assert.Equal(("", ""), (one.Scan("call-"), two.Scan("call-")));
        await one.Put("call-1", "ann");
        await two.Put("call-2", "bob");

        Assert.Equal(StoreError.None, one.Commit());
        Assert.Equal(happens ? StoreError.None : StoreError.Conflict, two.Commit());
    }

    [Theory]
    [InlineData(Snapshot, true), InlineData(Serializable, false)]
    public async Task A_reader_sees_an_order_that_never_was__read_only_anomaly(
        StoreIsolation isolation, bool happens)
    {
        var table = EngineTable.With(isolation, "checking", "savings");

        var withdraws = table.Begin();
        Assert.Equal(("0", "0"), (withdraws.Get("checking"), withdraws.Get("savings")));
        var deposits = table.Begin();
        Assert.Equal("0", deposits.Get("savings"));
        await deposits.Put("savings", "20");
        Assert.Equal(StoreError.None, deposits.Commit());
        var reports = table.Begin();
        Assert.Equal(("0", "20"), (reports.Get("checking"), reports.Get("savings")));
        Assert.Equal(StoreError.None, reports.Commit());
        await withdraws.Put("checking", "-11");

        Assert.Equal(happens ? StoreError.None : StoreError.Conflict, withdraws.Commit());
    }

    [Fact]
    public async Task The_same_without_the_report_is_serializable()
    {
        var table = EngineTable.With(Serializable, "checking", "savings");

        var withdraws = table.Begin();
        Assert.Equal(("0", "0"), (withdraws.Get("checking"), withdraws.Get("savings")));
        var deposits = table.Begin();
        Assert.Equal("0", deposits.Get("savings"));
        await deposits.Put("savings", "20");
        Assert.Equal(StoreError.None, deposits.Commit());
        await withdraws.Put("checking", "-11");

        Assert.Equal(StoreError.None, withdraws.Commit());
    }

    [Fact]
    public async Task A_late_reader_can_be_the_one_that_must_go()
    {
        var table = EngineTable.With(Serializable, "x", "y");

        var pivot = table.Begin();
        Assert.Equal("0", pivot.Get("x"));
        var third = table.Begin();
        await third.Put("x", "1");
        Assert.Equal(StoreError.None, third.Commit());
        var first = table.Begin();
        Assert.Equal(("1", "0"), (first.Get("x"), first.Get("y")));
        await pivot.Put("y", "1");

        Assert.Equal(StoreError.None, pivot.Commit());
        Assert.Equal(StoreError.Conflict, first.Commit());
    }
}
