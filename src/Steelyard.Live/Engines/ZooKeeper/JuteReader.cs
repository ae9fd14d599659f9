using System.Buffers.Binary;
using System.Text;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>Reads a record as <see cref="JuteWriter"/> writes it.</summary>
/// <param name="bytes">The record.</param>
internal sealed class JuteReader(ReadOnlyMemory<byte> bytes)
{
    int _place;

    /// <summary>Whether anything is left.</summary>
    public bool IsAtEnd => _place == bytes.Length;

    /// <summary>Takes a number of four bytes.</summary>
    public int Int() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    /// <summary>Takes a number of eight bytes.</summary>
    public long Long() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    /// <summary>Takes a truth value.</summary>
    public bool Bool() => Take(1)[0] != 0;

    /// <summary>Takes bytes; a length below zero is none.</summary>
    public byte[] Bytes() => Take(Math.Max(0, Int())).ToArray();

    /// <summary>Takes a text.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Takes a list of texts.</summary>
    public List<string> Texts()
    {
        var texts = new List<string>();
        for (var left = Int(); left > 0; left--)
            texts.Add(Text());
        return texts;
    }

    ReadOnlySpan<byte> Take(int count)
    {
        var taken = bytes.Span.Slice(_place, count);
        _place += count;
        return taken;
    }
}
