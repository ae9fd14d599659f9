using System.Net.Sockets;
using Steelyard.Services.Networking;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Sockets;

/// <summary>Where one life of a host leaves for another host: a real socket that client libraries connect to
/// as they always do.</summary>
/// <param name="stack">The life's network.</param>
/// <param name="to">The other host.</param>
/// <param name="port">The port there.</param>
internal sealed class SocketGate(NetworkStack stack, NodeId to, int port) : IDisposable
{
    readonly Socket _listener = UnixSocket.Make();
    readonly List<GateLink> _links = [];

    /// <summary>Where clients connect to.</summary>
    public Socket Listener => _listener;

    /// <summary>The connections there are, in the order in which they were opened.</summary>
    public IReadOnlyList<GateLink> Links => _links;

    /// <summary>Opens it.</summary>
    /// <param name="path">The socket's path.</param>
    public void Open(string path)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _listener.Blocking = false;
        OpenSockets.Add(this);
    }

    /// <summary>Takes a client.</summary>
    public void Accept()
    {
        var client = _listener.Accept();
        if (stack.World.IsOver)
            client.Dispose();
        else
            _links.Add(GateLink.Open(client, stack, to, port));
    }

    /// <summary>Forgets those that are over.</summary>
    public void Tidy() => _links.RemoveAll(link => link.IsOver);

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _links.ForEach(link => link.Close());
        _links.Clear();
    }
}
