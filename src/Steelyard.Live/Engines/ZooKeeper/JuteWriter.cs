using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>Writes a record as jute does: whole numbers with the highest byte first, bytes and texts after
/// their length.</summary>
internal sealed class JuteWriter
{
    readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>Adds a number of four bytes.</summary>
    public JuteWriter Int(int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), number);
        _bytes.Advance(sizeof(int));
        return this;
    }

    /// <summary>Adds a number of eight bytes.</summary>
    public JuteWriter Long(long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), number);
        _bytes.Advance(sizeof(long));
        return this;
    }

    /// <summary>Adds a truth value.</summary>
    public JuteWriter Bool(bool truth)
    {
        _bytes.Write([truth ? (byte)1 : (byte)0]);
        return this;
    }

    /// <summary>Adds bytes.</summary>
    public JuteWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        Int(bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Adds a text; null is none.</summary>
    public JuteWriter Text(string? text) => text is null ? Int(-1) : Bytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Adds what was written elsewhere, without its length.</summary>
    public JuteWriter Record(JuteWriter other)
    {
        _bytes.Write(other.Written.Span);
        return this;
    }
}
