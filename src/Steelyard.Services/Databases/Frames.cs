using System.Buffers.Binary;

namespace Steelyard.Services.Databases;

/// <summary>Frames on a stream: a length of four bytes, then as many bytes.</summary>
internal static class Frames
{
    /// <summary>The next frame; null at the end of the stream.</summary>
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
