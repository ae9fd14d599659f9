using System.Buffers.Binary;
using System.Text;

namespace Steelyard.Services.Networking;

/// <summary>Frames on a stream: a length of four bytes, then as many bytes.</summary>
internal static class Frames
{
    /// <summary>A frame with its length before it.</summary>
    /// <param name="write">Writes what it holds.</param>
    public static byte[] Of(Action<BinaryWriter> write)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(0);
        write(writer);
        writer.Seek(0, SeekOrigin.Begin);
        writer.Write((int)stream.Length - sizeof(int));
        return stream.ToArray();
    }

    /// <summary>Reads what a frame holds, without its length.</summary>
    public static BinaryReader Reader(byte[] frame) => new(new MemoryStream(frame), Encoding.UTF8);

    /// <summary>The next frame, without its length; null at the end of the stream.</summary>
    public static async ValueTask<byte[]?> Read(Stream stream, CancellationToken cancellation)
    {
        var head = new byte[sizeof(int)];
        if (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation)
                .ConfigureAwait(false) < head.Length)
            return null;
        var frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(head)];
        await stream.ReadExactlyAsync(frame, cancellation).ConfigureAwait(false);
        return frame;
    }
}
