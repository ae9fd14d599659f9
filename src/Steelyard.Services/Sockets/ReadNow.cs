using System.Buffers;
using System.IO.Pipelines;

namespace Steelyard.Services.Sockets;

/// <summary>Reads what came already.</summary>
internal static class ReadNow
{
    /// <summary>All bytes that came, maybe none.</summary>
    /// <param name="input">What they come through.</param>
    /// <param name="isOver">True when none will come any more.</param>
    public static byte[] From(PipeReader input, out bool isOver)
    {
        isOver = false;
        try
        {
            if (!input.TryRead(out var read))
                return [];
            var bytes = read.Buffer.ToArray();
            input.AdvanceTo(read.Buffer.End);
            isOver = read.IsCompleted;
            return bytes;
        }
        catch (IOException)
        {
            // The connection broke.
            isOver = true;
            return [];
        }
    }
}
