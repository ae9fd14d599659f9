using Steelyard.Services.Stores;
using Steelyard.Services.Stores.Engine;
using Steelyard.Services.Stores.Wire;

namespace Steelyard.Services.Tests.Stores;

public sealed class VersionTests
{
    [Fact]
    public void Each_reader_sees_the_version_of_its_number()
    {
        var map = new VersionedMap();
        map.Add("a", "1", 1);
        map.Add("b", "1", 2);
        map.Add("a", null, 3);
        map.Add("a", "2", 5);

        Assert.Equal([null, "1", "1", null, null, "2"], Enumerable.Range(0, 6).Select(at => map.At("a", at)));
        Assert.Equal("b=1", Text(map.Scan(new("", null), 4)));
        Assert.Equal("a=2 b=1", Text(map.Scan(new("a", "c"), 5)));
        Assert.Equal("", Text(map.Scan(new("c", null), 5)));
        Assert.Equal(3, map.FirstChange(KeyRange.Of("a"), 1));
        Assert.Null(map.FirstChange(KeyRange.Of("b"), 2));
    }

    [Theory]
    [InlineData("a", "b"), InlineData("a\uFFFF", "b"), InlineData("\uFFFF", null), InlineData("", null)]
    [InlineData("a\uD7FF", "a\U00010000"), InlineData("a\U000103FF", "a\U00010400")]
    [InlineData("\U0010FFFF", "\uE000"), InlineData("\U0001F600", "\U0001F601")]
    public void A_prefix_ends_before_the_first_text_above_it(string prefix, string? before)
    {
        var range = KeyRange.Prefix(prefix);

        Assert.Equal(before, range.Before);
        Assert.True(range.Contains(prefix) && range.Contains(prefix + "\U0010FFFF\uFFFF"));
        var scan = new StoreRequest(StoreRequestKind.Scan, range.From, range.Before);
        Assert.Equal(scan, StoreWords.Request(StoreWords.Of(scan)[sizeof(int)..]));
    }

    [Fact]
    public void A_rewind_brings_the_older_versions_back()
    {
        var map = new VersionedMap();
        map.Add("a", "1", 1);
        map.Add("a", null, 2);
        map.Add("b", "1", 3);

        map.Rewind(1);

        Assert.Equal("a=1", Text(map.Scan(new("", null), 9)));
    }

    [Fact]
    public void What_is_forgotten_is_never_missed_by_later_readers()
    {
        var map = new VersionedMap();
        map.Add("a", "1", 1);
        map.Add("a", "2", 2);
        map.Add("b", "1", 2);
        map.Add("b", null, 3);
        map.Add("a", "3", 4);

        map.Forget(3);

        Assert.Equal("a=2", Text(map.Scan(new("", null), 3)));
        Assert.Equal("a=3", Text(map.Scan(new("", null), 4)));
        Assert.Equal(0, map.Newest("b"));
    }

    [Fact]
    public void A_range_of_a_prefix_ends_where_the_prefix_does()
    {
        Assert.True(KeyRange.Prefix("ab").Contains("ab"));
        Assert.True(KeyRange.Prefix("ab").Contains("abz"));
        Assert.False(KeyRange.Prefix("ab").Contains("ac"));
        Assert.False(KeyRange.Prefix("ab").Contains("a"));
        Assert.True(KeyRange.Prefix("").Contains("anything"));
        Assert.True(KeyRange.Of("ab").Contains("ab"));
        Assert.False(KeyRange.Of("ab").Contains("ab\0"));
        Assert.True(KeyRange.Prefix("a\uffff").Contains("a\uffffb"));
        Assert.False(KeyRange.Prefix("a\uffff").Contains("b"));
    }

    [Fact]
    public async Task Its_own_writes_are_part_of_what_a_transaction_reads()
    {
        var table = EngineTable.With(StoreIsolation.Snapshot, "a", "b");
        var one = table.Begin();

        await one.Put("a", null);
        await one.Put("c", "1");

        Assert.Equal("b=0 c=1", one.Scan(""));
        Assert.Null(one.Get("a"));
    }

    static string Text(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"));
}
