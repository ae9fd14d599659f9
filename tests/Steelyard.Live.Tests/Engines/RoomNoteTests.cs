using Steelyard.Live.Engines;

namespace Steelyard.Live.Tests.Engines;

public sealed class RoomNoteTests : IDisposable
{
    static readonly EngineAddress s_address = new("me", "127.0.0.1", 6379);

    readonly RoomNote _note = new($"sy-test-{Guid.NewGuid():N}", "redis", "single", [s_address]);

    public void Dispose() => _note.Remove();

    [Fact]
    public void What_is_written_down_is_read_until_it_is_taken_away()
    {
        Assert.Null(RoomNote.Of(_note.Room));

        _note.Write();

        var read = RoomNote.Of(_note.Room)!;
        Assert.Equal((_note.Engine, _note.Setup), (read.Engine, read.Setup));
        Assert.Equal(_note.Addresses, read.Addresses);

        _note.Remove();

        Assert.Null(RoomNote.Of(_note.Room));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("1 0", true)]
    [InlineData("elsewhere 1 0", false)]
    public void It_is_abandoned_only_where_the_process_that_wrote_it_here_is_no_more(
        string owner, bool isAbandoned)
    {
        _note.Write();
        var path = RoomNote.PathOf(_note.Room);
        // A process of that number that started then, on this machine or another.
        if (owner.Length > 0)
            File.WriteAllLines(
                path,
                [
                    .. File.ReadAllLines(path)[..^1],
                    owner.Contains("elsewhere", StringComparison.Ordinal)
                        ? owner : $"{Environment.MachineName} {owner}",
                ]);

        Assert.Equal(isAbandoned, RoomNote.Abandoned().Any(note => note.Room == _note.Room));
    }

    [Fact]
    public void It_is_about_a_place_whoever_asks_there()
    {
        Assert.True(_note.IsAt("redis", [s_address with { User = null }]));
        Assert.False(_note.IsAt("garnet", [s_address]));
        Assert.False(_note.IsAt("redis", [s_address with { Port = 6380 }]));
        Assert.False(_note.IsAt("redis", [s_address, s_address]));
    }

    [Fact]
    public void What_cannot_be_taken_away_now_stays_written_down()
    {
        var nobody = _note with { Addresses = [s_address with { Port = 1 }] };
        nobody.Write();

        Assert.Equal(1, RoomCleaner.Run(nobody.Room));
        Assert.NotNull(RoomNote.Of(nobody.Room));
    }

    [Fact]
    public void What_nobody_has_written_down_is_not_touched() => Assert.Equal(0, RoomCleaner.Run(_note.Room));
}
