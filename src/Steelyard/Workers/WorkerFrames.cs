using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Steelyard.Workers;

/// <summary>Messages on a pipe: a length in four bytes, then as many bytes.</summary>
internal static class WorkerFrames
{
    /// <summary>Writes bytes and sends them off.</summary>
    public static void WriteBytes(Stream stream, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        stream.Write(length);
        stream.Write(bytes);
        stream.Flush();
    }

    /// <summary>Writes a message as JSON.</summary>
    public static void Write<T>(Stream stream, T message) =>
        WriteBytes(stream, JsonSerializer.SerializeToUtf8Bytes(message));

    /// <summary>Reads bytes; null when the other side is gone.</summary>
    public static byte[]? ReadBytes(Stream stream)
    {
        var length = new byte[sizeof(int)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
            return null;
        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            ? bytes
            : null;
    }

    /// <summary>Writes a text.</summary>
    public static void WriteText(Stream stream, string text) =>
        WriteBytes(stream, Encoding.UTF8.GetBytes(text));

    /// <summary>Reads a text; null when the other side is gone.</summary>
    public static string? ReadText(Stream stream) =>
        ReadBytes(stream) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Reads a message; null when the other side is gone.</summary>
    public static T? Read<T>(Stream stream)
        where T : class =>
        ReadBytes(stream) is { } bytes ? JsonSerializer.Deserialize<T>(bytes) : null;
}
