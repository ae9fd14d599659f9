using Steelyard.Live.Engines.ZooKeeper;

namespace Steelyard.Live.Tests.Engines.ZooKeeper;

public sealed class JuteTests
{
    [Fact]
    public void Numbers_begin_with_their_highest_byte_and_texts_with_their_length()
    {
        var written = new JuteWriter().Int(-2).Long(258).Bool(true).Text("/a");

        Assert.Equal(
            [255, 255, 255, 254, 0, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 2, (byte)'/', (byte)'a'],
            written.Written.ToArray());
    }

    [Fact]
    public void What_was_written_is_read()
    {
        var written = new JuteWriter().Int(7).Long(long.MinValue).Bool(false).Text("ö")
            .Record(new JuteWriter().Int(2).Text("x").Text(""));

        var reader = new JuteReader(written.Written);

        Assert.Equal(7, reader.Int());
        Assert.Equal(long.MinValue, reader.Long());
        Assert.False(reader.Bool());
        Assert.Equal("ö", reader.Text());
        Assert.Equal(["x", ""], reader.Texts());
        Assert.True(reader.IsAtEnd);
    }

    // A null text has the length -1.
    [Fact]
    public void A_text_that_is_not_there_is_empty()
    {
        Assert.Equal("", new JuteReader(new JuteWriter().Int(-1).Written).Text());
    }

    [Fact]
    public void A_record_that_ends_too_soon_is_no_record()
    {
        var reader = new JuteReader(new JuteWriter().Int(5).Written);

        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Text());
    }
}
