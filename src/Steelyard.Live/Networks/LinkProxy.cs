using System.Net;
using System.Net.Sockets;

namespace Steelyard.Live.Networks;

/// <summary>A TCP proxy in front of one service: each connection to it is one to the service.</summary>
internal sealed class LinkProxy : IDisposable
{
    readonly Func<Socket> _dial;
    readonly Func<Socket, LinkGates> _gatesOf;
    readonly IPEndPoint _target;
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly CancellationTokenSource _closed = new();
    long _bytes;

    /// <summary>Begins to listen.</summary>
    /// <param name="dial">Makes a socket from which the service can be reached.</param>
    /// <param name="target">Where the service is.</param>
    /// <param name="gatesOf">What a connection that was accepted goes through.</param>
    /// <param name="at">Where it listens; null is a free port of the loopback.</param>
    public LinkProxy(
        Func<Socket> dial, IPEndPoint target, Func<Socket, LinkGates> gatesOf, IPEndPoint? at = null)
    {
        _dial = dial;
        _target = target;
        _gatesOf = gatesOf;
        _listener.Bind(at ?? new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _ = Task.Run(AcceptAll);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>How many bytes went over it, both ways.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _listener.Dispose();
    }

    async Task AcceptAll()
    {
        while (!_closed.IsCancellationRequested)
        {
            Socket near;
            try
            {
                near = await _listener.AcceptAsync(_closed.Token);
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException
                or ObjectDisposedException)
            {
                return;
            }

            _ = Carry(near);
        }
    }

    async Task Carry(Socket near) =>
        await new LinkConnection(near, _dial(), _gatesOf(near), count => Interlocked.Add(ref _bytes, count))
            .Run(_target, _closed.Token);
}
