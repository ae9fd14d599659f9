using System.Buffers.Binary;
using Steelyard.Histories;

namespace Steelyard.Formats.Traces.Otlp;

/// <summary>The fields of one message of protocol buffers, one after another (the encoding guide's wire
/// types).</summary>
internal ref struct ProtobufMessage(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> _bytes = bytes;
    int _at;

    /// <summary>The number of the field.</summary>
    public int Field { get; private set; }

    /// <summary>Its number, where it is one.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its bytes, where it is a text, bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether it has bytes, not a number.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>Reads the next field; false at the end.</summary>
    /// <exception cref="UserMistakeException">The bytes are no message.</exception>
    public bool Next()
    {
        if (_at == _bytes.Length)
            return false;
        var tag = Varint();
        Field = tag >> 3 is > 0 and < 1 << 29 ? (int)(tag >> 3)
            : throw new UserMistakeException($"expected the tag of a field, found {tag}");
        IsBytes = false;
        switch (tag & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                Bytes = Take(Varint());
                IsBytes = true;
                break;
            case 5:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new UserMistakeException(
                    $"expected a field of wire type 0, 1, 2 or 5, found {tag & 7}");
        }

        return true;
    }

    /// <summary>The bytes of a field that must have some.</summary>
    /// <exception cref="UserMistakeException">It is a number.</exception>
    public readonly ReadOnlySpan<byte> Need() => IsBytes ? Bytes
        : throw new UserMistakeException($"expected bytes in field {Field}, found a number");

    ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_bytes.Length - _at))
            throw new UserMistakeException(
                $"expected {count:N0} more bytes of a field, found {_bytes.Length - _at:N0}");
        var taken = _bytes.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64 && _at < _bytes.Length; shift += 7)
        {
            var one = _bytes[_at++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
                return value;
        }

        throw new UserMistakeException("expected a number of at most ten bytes, found another end");
    }
}
