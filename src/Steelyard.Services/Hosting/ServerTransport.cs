using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Steelyard.Services.Networking;

namespace Steelyard.Services.Hosting;

/// <summary>Lets Kestrel listen on the simulated network in place of sockets.</summary>
internal sealed class ServerTransport(NetworkStack stack, string host)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    // What a server is given that asks for any free port.
    const int FirstFreePort = 49152;

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var wanted = ((IPEndPoint)endpoint).Port;
        var port = wanted != 0 ? wanted : FirstFreePort + stack.Ports.Count();
        // The same port of another family (127.0.0.1 and ::1) is the same place here.
        var isSecond = stack.Ports.Contains(port) && IPAddress.IsLoopback(((IPEndPoint)endpoint).Address);
        return new(new Listener(stack, host, port, isSecond));
    }

    sealed class Listener : IConnectionListener
    {
        readonly Channel<ConnectionContext?> _waiting = Channel.CreateUnbounded<ConnectionContext?>();
        readonly NetworkStack _stack;
        readonly int _port;
        readonly bool _isSecond;

        public Listener(NetworkStack stack, string host, int port, bool isSecond)
        {
            _stack = stack;
            _port = port;
            _isSecond = isSecond;
            EndPoint = new IPEndPoint(IPAddress.Loopback, port);
            var local = new HostEndPoint(host, port);
            if (!isSecond)
                stack.Listen(
                    port, connection => _waiting.Writer.TryWrite(new ServerConnection(connection, local)));
        }

        /// <inheritdoc/>
        public EndPoint EndPoint { get; }

        /// <inheritdoc/>
        public async ValueTask<ConnectionContext?> AcceptAsync(
            CancellationToken cancellationToken = default) =>
            await _waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false)
            && _waiting.Reader.TryRead(out var connection)
                ? connection
                : null;

        /// <inheritdoc/>
        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            if (!_isSecond)
                _stack.StopListening(_port);
            _waiting.Writer.TryComplete();
            return default;
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
