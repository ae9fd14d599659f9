using System.Net.Sockets;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Networking;

/// <summary>
/// Connections of one life of a host or client, over the simulated network. The network loses, doubles and
/// reorders; the connections do not, and break as TCP's do: refused where nobody listens, reset by a host
/// that was started anew, dead after too many repeats.
/// </summary>
internal sealed class NetworkStack(IEndpointWorld world)
{
    readonly Dictionary<int, Action<Connection>> _listeners = [];
    readonly Dictionary<(long Number, bool IsOpener), Connection> _connections = [];
    bool _isOver;

    /// <summary>The own address and timers.</summary>
    public IEndpointWorld World => world;

    /// <summary>The name of the host or client.</summary>
    public string Name => world switch
    {
        INodeWorld node => node.Name,
        IClientWorld client => $"client {client.Process}",
        _ => world.Self.ToString(),
    };

    /// <summary>The ports somebody listens on, lowest first.</summary>
    public IEnumerable<int> Ports => _listeners.Keys.Order();

    /// <summary>How many connections there are.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Takes connections on a port.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public void Listen(int port, Action<Connection> accept)
    {
        if (!_listeners.TryAdd(port, accept))
            throw new IOException(
                $"port {port} is taken", new SocketException((int)SocketError.AddressAlreadyInUse));
    }

    /// <summary>Takes no more connections on a port; those there are go on.</summary>
    public void StopListening(int port) => _listeners.Remove(port);

    /// <summary>Whether the other ends have yet to acknowledge something.</summary>
    public bool HasUnacknowledged => _connections.Values.Any(connection => connection.HasUnacknowledged);

    /// <summary>Opens a connection.</summary>
    /// <exception cref="SocketException">Refused, or never answered.</exception>
    public Task<Connection> Connect(NodeId to, int port, CancellationToken cancellation)
    {
        if (_isOver)
            throw new SocketException((int)SocketError.NetworkDown);
        var number = world.Random.NextLong(long.MaxValue);
        var connection = new Connection(this, to, number, isOpener: true);
        _connections.Add((number, true), connection);
        return connection.Open(port, cancellation);
    }

    /// <summary>Whether a segment belongs to a connection of this stack.</summary>
    public bool Knows(Segment segment) =>
        _connections.ContainsKey((segment.Connection, !segment.FromOpener));

    /// <summary>A segment arrived.</summary>
    public void Receive(NodeId from, Segment segment)
    {
        if (_connections.TryGetValue((segment.Connection, !segment.FromOpener), out var connection))
            connection.Receive(segment);
        else if (segment.Kind == SegmentKind.Syn && Listener(segment.Port) is { } accept)
            Accept(from, segment, accept);
        else if (segment.Kind != SegmentKind.Reset)
            Refuse(from, segment);
    }

    /// <summary>Sends a segment, while there is a network.</summary>
    public void Send(NodeId to, Segment segment)
    {
        ForeignThreads.MustBeNone();
        if (!_isOver)
            world.Send(to, segment);
    }

    /// <summary>Breaks every connection and takes none any more: the run is over.</summary>
    public void End()
    {
        _isOver = true;
        foreach (var connection in _connections.Values.ToList())
            connection.Break(SocketError.ConnectionReset);
    }

    /// <summary>Tells every other end that its connection is gone, as a machine does for a process that
    /// ended.</summary>
    public void Reset()
    {
        foreach (var connection in _connections.Values.ToList())
            connection.Abort();
    }

    /// <summary>Forgets a connection that is over.</summary>
    public void Forget(long number, bool isOpener) => _connections.Remove((number, isOpener));

    // A web application that was told no port listens on one of its own choice; whoever asks for the usual
    // port of its protocol finds it there, as behind a port mapping.
    Action<Connection>? Listener(int port) =>
        _listeners.GetValueOrDefault(port)
        ?? (port == 80 && _listeners.Count > 0 ? _listeners[Ports.First()] : null);

    void Accept(NodeId from, Segment segment, Action<Connection> accept)
    {
        var connection = new Connection(this, from.Node, segment.Connection, isOpener: false);
        _connections.Add((segment.Connection, false), connection);
        connection.Receive(segment);
        accept(connection);
    }

    void Refuse(NodeId from, Segment segment) => Send(
        from.Node,
        new Segment(segment.Connection, !segment.FromOpener, SegmentKind.Reset, 0, 0, 0, 0, default));
}
