using Microsoft.Extensions.Caching.Distributed;
using Steelyard.Services.Caches;

namespace Steelyard.Services.Tests.Caches;

public sealed class CacheTableTests
{
    static readonly DateTimeOffset s_start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void An_absolute_expiry_comes_however_much_the_entry_is_used()
    {
        var table = new CacheTable(1000);
        table.Set(Entry("a", 1) with { ExpiresAt = At(10) });

        Assert.NotNull(table.Use("a", At(9.9)));
        Assert.Null(table.Use("a", At(10)));
        Assert.Equal(0, table.SizeBytes);
    }

    [Fact]
    public void A_sliding_expiry_moves_with_each_use_and_not_beyond_the_absolute_one()
    {
        var table = new CacheTable(1000);
        table.Set(Entry("a", 1) with { Sliding = TimeSpan.FromSeconds(3), ExpiresAt = At(5) });
        table.Set(Entry("b", 1) with { Sliding = TimeSpan.FromSeconds(3) });

        Assert.NotNull(table.Use("a", At(2)));
        Assert.NotNull(table.Use("a", At(4.9)));
        Assert.Null(table.Use("a", At(5)));
        Assert.Null(table.Use("b", At(3)));
    }

    [Fact]
    public void The_longest_spans_are_for_ever()
    {
        var table = new CacheTable(1000);
        table.Set(Entry("a", 1) with { Sliding = TimeSpan.MaxValue });

        Assert.NotNull(table.Use("a", At(1e9)));
        Assert.Equal(DateTimeOffset.MaxValue, CacheEntry.After(s_start, TimeSpan.MaxValue));
        Assert.Equal(At(5), CacheEntry.After(s_start, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void What_was_used_least_recently_makes_room()
    {
        var table = new CacheTable(3 * (2 + 10));
        foreach (var key in new[] { "a", "b", "c" })
            table.Set(Entry(key, 10));
        table.Use("a", At(1));

        table.Set(Entry("d", 10));

        Assert.Equal(["c", "a", "d"], table.Entries.Select(entry => entry.Key));
        table.Set(Entry("e", 1000));
        Assert.Empty(table.Entries);
    }

    [Fact]
    public void An_entry_that_is_set_again_counts_once()
    {
        var table = new CacheTable(100);

        table.Set(Entry("a", 10));
        table.Set(Entry("a", 20));

        Assert.Equal(22, table.SizeBytes);
        table.Remove("a");
        table.Remove("a");
        Assert.Equal(0, table.SizeBytes);
    }

    [Fact]
    public void A_call_that_would_block_the_worker_names_the_one_that_does_not()
    {
        IDistributedCache cache = new WorldCache("cache", ["cache"], null!);

        Assert.Contains(
            "GetAsync", Assert.Throws<NotSupportedException>(() => cache.Get("a")).Message,
            StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => cache.Set("a", [], new()));
        Assert.Throws<NotSupportedException>(() => cache.Refresh("a"));
        Assert.Throws<NotSupportedException>(() => cache.Remove("a"));
    }

    static CacheEntry Entry(string key, int bytes) => new(key, new byte[bytes], null, null, s_start);

    static DateTimeOffset At(double seconds) => s_start + TimeSpan.FromSeconds(seconds);
}
