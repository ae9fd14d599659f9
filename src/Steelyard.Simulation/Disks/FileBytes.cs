using System.Numerics;

namespace Steelyard.Simulation.Disks;

/// <summary>Bytes that grow, in blocks: a large file that grows by a little copies nothing of what it holds,
/// and no array is so large that the collector treats it apart. A file of less than a block takes about what
/// it holds.</summary>
internal sealed class FileBytes
{
    const int BlockBytes = 16 * 1024;
    const int SmallestBytes = 128;

    readonly List<byte[]> _blocks = [];

    public int Length { get; private set; }

    /// <summary>Writes at an offset; a gap before it reads as zeros.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var end = checked((int)(offset + bytes.Length));
        MakeRoom(end);
        for (var at = (int)offset; bytes.Length > 0;)
        {
            var room = Room(at);
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            bytes = bytes[count..];
            at += count;
        }

        Length = Math.Max(Length, end);
    }

    /// <summary>Copies what stands at an offset, all of it within the file.</summary>
    public void Read(int offset, Span<byte> into)
    {
        while (into.Length > 0)
        {
            var room = Room(offset);
            var count = Math.Min(room.Length, into.Length);
            room[..count].CopyTo(into);
            into = into[count..];
            offset += count;
        }
    }

    /// <summary>A copy of all of it.</summary>
    public byte[] ToArray()
    {
        var all = new byte[Length];
        Read(0, all);
        return all;
    }

    /// <summary>Cuts it; what is cut off reads as zeros when it grows again.</summary>
    public void Truncate(long length)
    {
        if (length >= Length)
            return;
        for (var at = (int)length; at < Length;)
        {
            var room = Room(at);
            var count = Math.Min(room.Length, Length - at);
            room[..count].Clear();
            at += count;
        }

        Length = (int)length;
    }

    public void FlipBit(int offset, int bit)
    {
        if (offset < Length)
            Room(offset)[0] ^= (byte)(1 << bit);
    }

    public void Become(FileBytes other)
    {
        Truncate(0);
        Write(0, other.ToArray());
    }

    void MakeRoom(int end)
    {
        if (_blocks.Count == 0)
            _blocks.Add(new byte[FirstBlock(end)]);
        if (_blocks[0] is var first && first.Length < Math.Min(end, BlockBytes))
        {
            Array.Resize(ref first, FirstBlock(end));
            _blocks[0] = first;
        }

        while ((long)_blocks.Count * BlockBytes < end)
            _blocks.Add(new byte[BlockBytes]);
    }

    static int FirstBlock(int end) =>
        (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(end, SmallestBytes, BlockBytes));

    // From an offset to the end of its block.
    Span<byte> Room(int offset) => _blocks[offset / BlockBytes].AsSpan(offset % BlockBytes);
}
