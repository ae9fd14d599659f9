using Steelyard.Histories;
using Steelyard.Worlds.Storage;

namespace Steelyard.Worlds.Tests.Storage;

public sealed class RecordTests
{
    static readonly Value Everything = Value.List(
        Value.Nil, Value.Of(true), -7, long.MaxValue, long.MinValue, Value.Of(0.1), "žluť",
        Value.Map(("k", Value.List(1, 2))));

    [Fact]
    public void A_value_of_every_kind_comes_back_as_it_was()
    {
        ReadOnlySpan<byte> bytes = Written(Everything);
        Assert.True(RecordReader.TryTake(ref bytes, out var record));
        Assert.Equal(Everything, record.Value());
        Assert.True(bytes.IsEmpty);
    }

    [Fact]
    public void A_record_cut_anywhere_is_not_taken()
    {
        var whole = Written(Everything);
        for (var length = 0; length < whole.Length; length++)
        {
            ReadOnlySpan<byte> torn = whole.AsSpan(0, length);
            Assert.False(RecordReader.TryTake(ref torn, out _));
        }
    }

    [Fact]
    public void A_record_with_any_bit_flipped_is_not_taken()
    {
        var whole = Written(Everything);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var flipped = whole.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            ReadOnlySpan<byte> bytes = flipped;
            Assert.False(RecordReader.TryTake(ref bytes, out _));
        }
    }

    static byte[] Written(Value value)
    {
        var writer = new RecordWriter();
        writer.Begin().Add(value).End();
        return writer.Written.ToArray();
    }
}
