using System.Net.Sockets;
using Steelyard.Services.Networking;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Sockets;

/// <summary>A real socket of a client library, and the connection of the simulated network that its bytes go
/// over.</summary>
internal sealed class GateLink
{
    static readonly byte[] s_buffer = new byte[256 * 1024];

    readonly Socket _client;
    readonly List<byte[]> _early = [];
    Connection? _connection;
    Outbox? _outbox;
    byte[] _left = [];
    bool _hasEnded;

    GateLink(Socket client) => _client = client;

    /// <summary>The client's socket, as it is looked at.</summary>
    public Socket Socket => _client;

    /// <summary>Whether the client's socket is closed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the client may have sent something that was not taken.</summary>
    public bool Listens => !_hasEnded && !IsOver;

    /// <summary>Connects it.</summary>
    public static GateLink Open(Socket client, NetworkStack stack, NodeId to, int port)
    {
        client.Blocking = false;
        var link = new GateLink(client);
        _ = link.Connect(stack, to, port);
        return link;
    }

    /// <summary>Takes what the client sent.</summary>
    /// <returns>Whether there was something.</returns>
    public bool TakeSent()
    {
        var any = false;
        while (Listens && UnixSocket.ReceiveNow(_client, s_buffer) is var count and >= 0)
        {
            any = true;
            if (count == 0)
                EndByClient();
            else
                Send(s_buffer[..count]);
        }

        return any;
    }

    /// <summary>Gives the client what came, as far as it has room.</summary>
    public void Give()
    {
        while (!IsOver && _connection is { } connection)
        {
            if (_left.Length == 0)
            {
                _left = ReadNow.From(connection.Input, out var isOver);
                if (_left.Length == 0)
                {
                    if (isOver)
                        Close();
                    return;
                }
            }

            OpenSockets.WasWritten();
            var sent = UnixSocket.SendNow(_client, _left);
            if (sent < 0)
            {
                Close();
                return;
            }

            _left = _left[sent..];
            if (_left.Length > 0)
                return;
        }
    }

    /// <summary>Ends it on both sides.</summary>
    public void Close()
    {
        if (IsOver)
            return;
        IsOver = true;
        OpenSockets.WasWritten();
        _client.Dispose();
        _connection?.Close();
    }

    async Task Connect(NetworkStack stack, NodeId to, int port)
    {
        try
        {
            var connection = await stack.Connect(to, port, CancellationToken.None).ConfigureAwait(false);
            (_connection, _outbox) = (connection, new(connection));
            connection.Heard = Give;
            _early.ForEach(_outbox.Send);
            _early.Clear();
            if (_hasEnded)
                _outbox.End();
            Give();
        }
        catch (SocketException)
        {
            // What a client is told whose connection is refused, or reset.
            Close();
        }
    }

    void Send(byte[] bytes)
    {
        if (_outbox is { } outbox)
            outbox.Send(bytes);
        else
            _early.Add(bytes);
    }

    void EndByClient()
    {
        _hasEnded = true;
        _outbox?.End();
    }
}
