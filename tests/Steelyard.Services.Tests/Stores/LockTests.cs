using Steelyard.Services.Stores;
using static Steelyard.Services.Stores.StoreIsolation;

namespace Steelyard.Services.Tests.Stores;

public sealed class LockTests
{
    [Fact]
    public async Task Of_two_that_wait_for_each_other_the_second_is_refused()
    {
        var table = EngineTable.With(ReadCommitted, "x", "y");
        var (one, two) = (table.Begin(), table.Begin());

        await one.Put("x", "1");
        await two.Put("y", "2");
        var waits = one.Put("y", "1");

        Assert.Equal(StoreError.Deadlock, await two.Put("x", "2"));
        Assert.Equal(StoreError.None, await waits);
        Assert.Equal(StoreError.None, one.Commit());
        Assert.Equal(("1", "1"), (table.Now("x"), table.Now("y")));
    }

    [Fact]
    public async Task A_circle_of_three_is_noticed_too()
    {
        var table = EngineTable.With(ReadCommitted, "x", "y", "z");
        var all = new[] { table.Begin(), table.Begin(), table.Begin() };

        await all[0].Put("x", "0");
        await all[1].Put("y", "1");
        await all[2].Put("z", "2");
        var (first, second) = (all[0].Put("y", "0"), all[1].Put("z", "1"));

        Assert.False(first.IsCompleted || second.IsCompleted);
        Assert.Equal(StoreError.Deadlock, await all[2].Put("x", "2"));
        Assert.Equal(StoreError.None, await second);
    }

    [Fact]
    public async Task Those_who_wait_go_on_in_order()
    {
        var table = EngineTable.With(ReadCommitted, "x");
        var (one, two, three) = (table.Begin(), table.Begin(), table.Begin());

        await one.Put("x", "1");
        var (second, third) = (two.Put("x", "2"), three.Put("x", "3"));
        one.Rollback();

        Assert.Equal(StoreError.None, await second);
        Assert.False(third.IsCompleted);
        Assert.Equal(StoreError.None, two.Commit());
        Assert.Equal(StoreError.None, await third);
    }

    [Fact]
    public async Task A_wait_that_is_given_up_ends_its_transaction()
    {
        var table = EngineTable.With(ReadCommitted, "x", "y");
        var (one, two, three) = (table.Begin(), table.Begin(), table.Begin());

        await one.Put("x", "1");
        await two.Put("y", "2");
        var waits = two.Put("x", "2");
        table.Engine.StopWaiting(two.Transaction);

        Assert.Equal(StoreError.LockTimeout, await waits);
        Assert.Equal(StoreError.None, await three.Put("y", "3"));
    }

    [Fact]
    public async Task A_read_for_update_makes_read_modify_write_safe_where_reads_are_only_committed()
    {
        var table = EngineTable.With(ReadCommitted, "x");
        var (one, two) = (table.Begin(), table.Begin());

        await one.Lock("x");
        var waits = two.Lock("x");
        await one.Put("x", one.Get("x") + "+1");
        Assert.Equal(StoreError.None, one.Commit());
        Assert.Equal(StoreError.None, await waits);
        await two.Put("x", two.Get("x") + "+2");
        Assert.Equal(StoreError.None, two.Commit());

        Assert.Equal("0+1+2", table.Now("x"));
    }

    [Fact]
    public async Task When_all_are_ended_nobody_is_handed_a_lock()
    {
        var table = EngineTable.With(Snapshot, "x");
        var (one, two) = (table.Begin(), table.Begin());

        await one.Put("x", "1");
        var waits = two.Put("x", "2");
        table.Engine.EndAll(StoreError.Unavailable);

        Assert.Equal(StoreError.Unavailable, await waits);
        Assert.Equal(StoreError.Unavailable, one.Commit());
        Assert.Equal(StoreError.None, await table.Begin().Put("x", "3"));
    }
}
