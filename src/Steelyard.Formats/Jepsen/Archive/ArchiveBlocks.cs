using System.Buffers.Binary;
using System.IO.Hashing;
using Steelyard.Histories;

namespace Steelyard.Formats.Jepsen.Archive;

/// <summary>What a block holds.</summary>
internal enum BlockKind : short
{
    Index = 1,
    Fressian = 2,
    PartialMap = 3,
    FressianStream = 4,
    BigVector = 5,
}

/// <summary>
/// The blocks of an archive: <c>JEPSEN</c>, the version, the place of the index; each block begins with its
/// length, the checksum of what it holds and of this head, and its kind. Numbers are big-endian.
/// </summary>
internal sealed class ArchiveBlocks
{
    const int NewestVersion = 1;
    const int VersionAt = 6;
    const int IndexPlaceAt = 10;
    const int FirstBlockAt = 18;
    const int ChecksumAt = 8;
    const int KindAt = 12;

    // The kind takes two bytes of sixteen.
    const int HeadLength = 28;
    const int IndexEntry = 12;

    readonly ReadOnlyMemory<byte> _bytes;
    readonly string _name;
    readonly Dictionary<int, long> _places = [];

    /// <summary>Reads the index.</summary>
    /// <exception cref="UserMistakeException">It is damaged, of a later version, or has no index.</exception>
    public ArchiveBlocks(ReadOnlyMemory<byte> bytes, string name)
    {
        (_bytes, _name) = (bytes, name);
        if (bytes.Length < FirstBlockAt)
            throw Mistake($"expected an index, found the end of the file after {bytes.Length} bytes");
        var version = BinaryPrimitives.ReadInt32BigEndian(bytes.Span[VersionAt..]);
        if (version is < 0 or > NewestVersion)
            throw Mistake($"expected version 0 or {NewestVersion} of this format, found {version}");
        var place = BinaryPrimitives.ReadInt64BigEndian(bytes.Span[IndexPlaceAt..]);
        if (place == 0)
            throw Mistake("expected an index, found none: the test was stopped before it wrote one");
        var index = At(place, out var kind).Span;
        if (kind != BlockKind.Index || index.Length % IndexEntry != sizeof(int))
            throw Mistake($"expected the index at byte {place}, found something else");
        Root = BinaryPrimitives.ReadInt32BigEndian(index);
        for (index = index[sizeof(int)..]; !index.IsEmpty; index = index[IndexEntry..])
            _places[BinaryPrimitives.ReadInt32BigEndian(index)] =
                BinaryPrimitives.ReadInt64BigEndian(index[sizeof(int)..]);
    }

    /// <summary>The block that holds the test.</summary>
    public int Root { get; }

    /// <summary>What a block holds.</summary>
    /// <exception cref="UserMistakeException">There is none of this number, or it is damaged.</exception>
    public ReadOnlyMemory<byte> Of(int number, out BlockKind kind) =>
        _places.TryGetValue(number, out var place)
            ? At(place, out kind)
            : throw Mistake($"expected block {number}, found none of that number in the index");

    /// <summary>A mistake of the file.</summary>
    public UserMistakeException Mistake(string what) => new($"{_name}: {what}");

    ReadOnlyMemory<byte> At(long place, out BlockKind kind)
    {
        if (place < FirstBlockAt || place > _bytes.Length - HeadLength)
            throw Mistake($"expected a block at byte {place}, found a file of {_bytes.Length} bytes");
        var head = _bytes.Slice((int)place, HeadLength).Span;
        var length = BinaryPrimitives.ReadInt64BigEndian(head);
        var left = _bytes.Length - place;
        if (length < HeadLength || length > left)
            throw Mistake($"expected a block of {length} bytes at byte {place}, found {left} to the end");
        var data = _bytes.Slice((int)place + HeadLength, (int)length - HeadLength);
        if (Checksum(head, data.Span) != BinaryPrimitives.ReadUInt32BigEndian(head[ChecksumAt..]))
            throw Mistake($"the block at byte {place} is damaged: its checksum is another");
        kind = (BlockKind)BinaryPrimitives.ReadInt16BigEndian(head[KindAt..]);
        return data;
    }

    // First what it holds, so that a writer need not know the length before; then the head, without the sum.
    static uint Checksum(ReadOnlySpan<byte> head, ReadOnlySpan<byte> data)
    {
        Span<byte> blank = stackalloc byte[HeadLength];
        head.CopyTo(blank);
        blank.Slice(ChecksumAt, sizeof(uint)).Clear();
        var sum = new Crc32();
        sum.Append(data);
        sum.Append(blank);
        return sum.GetCurrentHashAsUInt32();
    }
}
