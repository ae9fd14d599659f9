using System.Buffers.Binary;
using System.Text.Json;

namespace Steelyard.Workers;

/// <summary>Messages on a pipe: a mark and a length of four bytes each, then as many bytes. Whatever else
/// comes through the pipe has no mark.</summary>
internal static class WorkerFrames
{
    // "SYWF" with the high bits set: no text that a program prints.
    const uint Mark = 0x46575953 ^ 0x80808080;
    const int HeadBytes = 2 * sizeof(int);

    /// <summary>Writes bytes and sends them off.</summary>
    public static void WriteBytes(Stream stream, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(head, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(head[sizeof(int)..], bytes.Length);
        stream.Write(head);
        stream.Write(bytes);
        stream.Flush();
    }

    /// <summary>Writes a message as JSON.</summary>
    public static void Write<T>(Stream stream, T message) =>
        WriteBytes(stream, JsonSerializer.SerializeToUtf8Bytes(message));

    /// <summary>Reads bytes; null when the other side is gone.</summary>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    public static byte[]? ReadBytes(Stream stream)
    {
        var head = new byte[HeadBytes];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read == 0)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(sizeof(int)));
        if (read < sizeof(int) || BinaryPrimitives.ReadUInt32LittleEndian(head) != Mark || length < 0)
            throw new InvalidDataException("expected a message of a worker, found something else");
        if (read < HeadBytes)
            return null;
        var bytes = new byte[length];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            ? bytes
            : null;
    }

    /// <summary>Reads a message; null when the other side is gone.</summary>
    public static T? Read<T>(Stream stream)
        where T : class =>
        ReadBytes(stream) is { } bytes ? JsonSerializer.Deserialize<T>(bytes) : null;
}
