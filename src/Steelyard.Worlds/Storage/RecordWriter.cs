using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Steelyard.Histories;

namespace Steelyard.Worlds.Storage;

/// <summary>
/// Writes records into bytes, each framed as length, checksum, content: a reader can tell where a torn or
/// damaged one begins. Numbers are zigzag varints, texts UTF-8.
/// </summary>
public sealed class RecordWriter
{
    internal const int FrameBytes = 8;

    readonly ArrayBufferWriter<byte> _bytes = new(1024);
    int _recordStart;

    /// <summary>Bytes written so far.</summary>
    public int Length => _bytes.WrittenCount;

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Opens a record; <see cref="End"/> closes it.</summary>
    public RecordWriter Begin()
    {
        _recordStart = _bytes.WrittenCount;
        _bytes.GetSpan(FrameBytes)[..FrameBytes].Clear();
        _bytes.Advance(FrameBytes);
        return this;
    }

    /// <summary>Closes the record: its length and checksum go before its content.</summary>
    public void End()
    {
        var start = _recordStart;
        // The writer's memory is its own array: what was written may be patched in place.
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(_bytes.WrittenMemory, out var written);
        var record = written.AsSpan(start);
        var content = record[FrameBytes..];
        BinaryPrimitives.WriteInt32LittleEndian(record, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], Checksum.Of(content));
    }

    /// <summary>Adds whole records that stand elsewhere.</summary>
    public void AddRecords(ReadOnlySpan<byte> records) => _bytes.Write(records);

    /// <summary>Adds a number.</summary>
    public RecordWriter Add(long number)
    {
        var bits = (ulong)((number << 1) ^ (number >> 63));
        var span = _bytes.GetSpan(10);
        var count = 0;
        while (bits >= 0x80)
        {
            span[count++] = (byte)(bits | 0x80);
            bits >>= 7;
        }

        span[count++] = (byte)bits;
        _bytes.Advance(count);
        return this;
    }

    /// <summary>Adds a text.</summary>
    public RecordWriter Add(string text)
    {
        var count = Encoding.UTF8.GetByteCount(text);
        Add(count);
        Encoding.UTF8.GetBytes(text, _bytes.GetSpan(count));
        _bytes.Advance(count);
        return this;
    }

    /// <summary>Adds bytes; how many, the reader must know.</summary>
    public RecordWriter Add(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Adds a value: its kind, then its content.</summary>
    public RecordWriter Add(Value value)
    {
        var kind = value.Kind;
        Add((long)kind);
        switch (kind)
        {
            case ValueKind.Nil:
                return this;
            case ValueKind.Boolean:
                return Add(value.AsBoolean ? 1 : 0);
            case ValueKind.Integer:
                return Add(value.AsInteger);
            case ValueKind.Real:
                return Add(BitConverter.DoubleToInt64Bits(value.AsReal));
            case ValueKind.Text:
                return Add(value.AsText);
            case ValueKind.List:
                Add(value.AsList.Length);
                foreach (var element in value.AsList)
                    Add(element);
                return this;
            default:
                Add(value.AsMap.Length);
                foreach (var (key, content) in value.AsMap)
                    Add(key).Add(content);
                return this;
        }
    }
}
