using System.Buffers.Binary;
using System.Text;
using Steelyard.Histories;

namespace Steelyard.Worlds.Storage;

/// <summary>Reads the content of one record, field by field, in the order <see cref="RecordWriter"/> wrote
/// them.</summary>
public ref struct RecordReader(ReadOnlySpan<byte> content)
{
    ReadOnlySpan<byte> _rest = content;

    /// <summary>Takes the next whole record off the front of some bytes.</summary>
    /// <param name="bytes">Framed records; the record is cut off.</param>
    /// <param name="record">Its content.</param>
    /// <returns>False when what comes next is not a whole, undamaged record.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out RecordReader record)
    {
        record = default;
        if (bytes.Length < RecordWriter.FrameBytes)
            return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length <= 0 || length > bytes.Length - RecordWriter.FrameBytes)
            return false;
        var content = bytes.Slice(RecordWriter.FrameBytes, length);
        if (Checksum.Of(content) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]))
            return false;
        bytes = bytes[(RecordWriter.FrameBytes + length)..];
        record = new(content);
        return true;
    }

    /// <summary>How long the content of a record is that begins with some bytes.</summary>
    internal static int LengthOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32LittleEndian(frame);

    /// <summary>How many bytes of it were not read yet.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>The next bytes, as many as are asked for.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>The next number.</summary>
    public long Number()
    {
        var bits = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = _rest[0];
            _rest = _rest[1..];
            bits |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return (long)(bits >> 1) ^ -(long)(bits & 1);
        }
    }

    /// <summary>The next text.</summary>
    public string Text()
    {
        var count = (int)Number();
        var text = Encoding.UTF8.GetString(_rest[..count]);
        _rest = _rest[count..];
        return text;
    }

    /// <summary>The next value.</summary>
    public Value Value()
    {
        var kind = (ValueKind)Number();
        return kind switch
        {
            ValueKind.Nil => Histories.Value.Nil,
            ValueKind.Boolean => Histories.Value.Of(Number() != 0),
            ValueKind.Integer => Number(),
            ValueKind.Real => Histories.Value.Of(BitConverter.Int64BitsToDouble(Number())),
            ValueKind.Text => Text(),
            ValueKind.List => List(),
            ValueKind.Map => Map(),
            _ => throw new InvalidOperationException($"a checked record holds the unknown kind {kind}"),
        };
    }

    Value List()
    {
        var elements = new Value[Number()];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = Value();
        return Histories.Value.List(elements);
    }

    Value Map()
    {
        var pairs = new (Value, Value)[Number()];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = (Value(), Value());
        return Histories.Value.Map(pairs);
    }
}
