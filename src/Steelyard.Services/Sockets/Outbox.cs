using Steelyard.Services.Networking;

namespace Steelyard.Services.Sockets;

/// <summary>What is to be sent over a connection, in order. Whoever sends never waits; what the other end has
/// no room for stays here.</summary>
internal sealed class Outbox(Connection connection)
{
    readonly Queue<byte[]> _waiting = new();
    bool _isSending;
    bool _ends;

    /// <summary>Sends bytes after all others.</summary>
    public void Send(byte[] bytes)
    {
        _waiting.Enqueue(bytes);
        Begin();
    }

    /// <summary>Ends the stream after all others.</summary>
    public void End()
    {
        _ends = true;
        Begin();
    }

    void Begin()
    {
        if (!_isSending)
            _ = SendAll();
    }

    async Task SendAll()
    {
        _isSending = true;
        try
        {
            while (_waiting.TryDequeue(out var bytes))
                await connection.Write(bytes, CancellationToken.None).ConfigureAwait(false);
            if (_ends)
                connection.Close();
        }
        catch (IOException)
        {
            // It broke, and nobody is there to read what is left.
            _waiting.Clear();
        }

        _isSending = false;
    }
}
