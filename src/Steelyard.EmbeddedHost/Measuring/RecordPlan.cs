using System.Buffers.Binary;

namespace Steelyard.EmbeddedHost.Measuring;

/// <summary>Which records there are and in which order they are touched, by a seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Records">How many records there are.</param>
/// <param name="ValueBytes">How long each value is.</param>
internal sealed record RecordPlan(long Seed, int Records, int ValueBytes)
{
    /// <summary>How long a key is.</summary>
    public const int KeyBytes = 8;

    const ulong Golden = 0x9e3779b97f4a7c15;

    /// <summary>How many bytes a record has.</summary>
    public int RecordBytes => KeyBytes + ValueBytes;

    /// <summary>The key of a record: no two have the same, and their order looks like none.</summary>
    public byte[] Key(int record)
    {
        var key = new byte[KeyBytes];
        BinaryPrimitives.WriteUInt64BigEndian(key, Mixed((ulong)Seed + ((ulong)record * Golden)));
        return key;
    }

    /// <summary>A value that cannot be told from noise: nothing is gained by compressing it.</summary>
    /// <param name="number">Another one gives another value.</param>
    public byte[] Value(long number)
    {
        var (value, begin) = (new byte[ValueBytes], Mixed((ulong)~Seed + (ulong)number));
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (var at = 0; at < ValueBytes; at += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Mixed(begin + (ulong)at));
            word[..Math.Min(word.Length, ValueBytes - at)].CopyTo(value.AsSpan(at));
        }

        return value;
    }

    /// <summary>A record drawn at random.</summary>
    /// <param name="purpose">What for: each has a row of draws of its own.</param>
    /// <param name="draw">Which draw of it.</param>
    public int Drawn(int purpose, int draw) =>
        (int)(Mixed((ulong)Seed + ((ulong)purpose << 40) + (ulong)draw) % (ulong)Records);

    // The finalizer of SplitMix64 (Steele, Lea and Flood 2014): one to one.
    static ulong Mixed(ulong word)
    {
        word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
        word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
        return word ^ (word >> 31);
    }
}
