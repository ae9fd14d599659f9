using System.Buffers.Binary;
using System.IO.Hashing;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests.Jepsen.Archive;

/// <summary>Writes archives as Jepsen does: operations in streams, their blocks in a vector, the test as a
/// map that names it, an index behind all of them.</summary>
internal sealed class ArchiveWriter
{
    const int Head = 28;

    readonly List<byte> _bytes = [.. "JEPSEN"u8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    readonly SortedDictionary<int, long> _places = [];

    /// <summary>The archive of a history, with so many operations in a part.</summary>
    public static byte[] Of(IReadOnlyList<Value> operations, int inPart)
    {
        var writer = new ArchiveWriter();
        var vector = new List<byte>(Long(operations.Count));
        for (var from = 0; from < operations.Count; from += inPart)
        {
            var stream = new FressianWriter();
            foreach (var operation in operations.Skip(from).Take(inPart))
                Operation(stream, operation);
            vector.AddRange([.. Long(from), .. Int(writer.Add(4, stream.Bytes))]);
        }

        var history = writer.Add(5, [.. vector]);
        var test = new FressianWriter().Code(0xC0).Code(0xE4 + 4).Keyword("name").Text("cas register")
            .Keyword("history").Tag("block-ref", 1).Integer(history);
        return writer.Ended(writer.Add(2, test.Bytes));
    }

    public int Add(short kind, byte[] data)
    {
        var number = _places.Count + 1;
        _places[number] = AddBlock(kind, data);
        return number;
    }

    public byte[] Ended(int root)
    {
        var index = AddBlock(1, [.. Int(root), .. _places.SelectMany(
            pair => (byte[])[.. Int(pair.Key), .. Long(pair.Value)])]);
        var whole = _bytes.ToArray();
        Long(index).CopyTo(whole, 10);
        return whole;
    }

    // Jepsen's record of an operation; what it does not hold stands in a map behind.
    static void Operation(FressianWriter stream, Value operation)
    {
        stream.Tag("jepsen.history.Op", 7).Value(operation["index"]).Value(operation["time"]);
        stream.Cached($":{operation["type"]}", () => stream.Keyword(operation["type"].AsText));
        if (operation["process"].IsInteger)
            stream.Value(operation["process"]);
        else
            stream.Keyword(operation["process"].AsText);
        stream.Cached($":{operation["f"]}", () => stream.Keyword(operation["f"].AsText));
        stream.Value(operation["value"]);
        if (operation["error"].IsNil)
            stream.Code(0xF7);
        else
            stream.Code(0xC0).Code(0xED).Keyword("error").Value(operation["error"]).Code(0xFD);
    }

    long AddBlock(short kind, byte[] data)
    {
        var place = _bytes.Count;
        var head = new byte[Head];
        BinaryPrimitives.WriteInt64BigEndian(head, Head + data.Length);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(12), kind);
        var sum = Crc32.HashToUInt32([.. data, .. head]);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), sum);
        _bytes.AddRange([.. head, .. data]);
        return place;
    }

    public static byte[] Long(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    public static byte[] Int(int number) => Long(number)[4..];
}
