using System.Buffers;
using System.Buffers.Binary;

namespace Steelyard.Services.Postgres.Wire;

/// <summary>What a server answers to a request, as it comes.</summary>
internal sealed class BackendReply
{
    readonly ArrayBufferWriter<byte> _bytes = new();
    int _whole;

    /// <summary>Whether the server waits for the next request, or for rows.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the server waits for rows.</summary>
    public bool WantsRows { get; private set; }

    /// <summary>Whether a transaction is open; null while nobody said.</summary>
    public bool? IsInTransaction { get; private set; }

    /// <summary>The server's process for the session; 0 where it does not say.</summary>
    public int Process { get; private set; }

    /// <summary>All of it that came.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>More came.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        for (var rest = Bytes[_whole..]; Messages.TryNext(ref rest, out var message); )
        {
            _whole += message.Length;
            Note((char)message[0], message);
        }
    }

    void Note(char kind, ReadOnlySpan<byte> message)
    {
        IsComplete = kind is 'Z' or 'G' or 'W';
        WantsRows = kind is 'G' or 'W';
        if (kind == 'Z')
            IsInTransaction = message[5] != (byte)'I';
        else if (kind == 'K')
            Process = BinaryPrimitives.ReadInt32BigEndian(message[5..]);
    }
}
