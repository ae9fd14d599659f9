using System.Data.Common;
using System.Net.WebSockets;
using Steelyard.Histories;
using Steelyard.Services.Databases;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Services.Networking;
using Steelyard.Services.Scheduling;
using Steelyard.Services.Stores;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Clients;

/// <summary>
/// A client of services: a real <see cref="HttpClient"/> on the simulated network. Derive, and turn each
/// invocation into requests.
/// </summary>
public abstract class HttpServiceClient : IListeningClient
{
    readonly HostNames _names;
    // Null where the network is no simulated one.
    NetworkStack? _stack;
    HttpMessageInvoker _sockets;
    bool _hasMoved;

    /// <summary>Creates it.</summary>
    /// <param name="world">What it may touch.</param>
    /// <param name="hosts">The names of all hosts, in order of their index.</param>
    protected HttpServiceClient(IClientWorld world, IReadOnlyList<string> hosts)
    {
        World = world;
        Hosts = hosts;
        _names = new(hosts);
        (_stack, Http, _sockets) = FreshNetwork();
        if (_stack is not null)
            LiveHosts.Add(new LiveClient(this));
    }

    /// <summary>What it may touch.</summary>
    protected IClientWorld World { get; }

    /// <summary>The names of all hosts, in order of their index.</summary>
    protected IReadOnlyList<string> Hosts { get; }

    /// <summary>Sends requests to hosts by their names: <c>http://payments-1/…</c>. It has no time limit of
    /// its own; give each request a token of <see cref="After"/>.</summary>
    protected HttpClient Http { get; private set; }

    /// <summary>A store of the world, for a client that uses it without a service between them.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="UserMistakeException">There is no such store.</exception>
    protected IWorldStore Store(string name)
    {
        string[] hosts = [.. Hosts.Where(host => StoreOptions.IsHostOf(host, name))];
        if (hosts.Length == 0)
            throw new UserMistakeException($"expected a store that AddStore added, found \"{name}\"");
        return new WorldStore(
            name, hosts, new(_stack ?? throw Needs("a store of the world"), _names, World.Clock));
    }

    /// <summary>A database of the world, for a client that reads it without a service between them.</summary>
    internal DbDataSource Database(string name) => new WorldDbDataSource(
        new(_stack ?? throw Needs("a database of the world"), _names, World.Clock), name);

    /// <inheritdoc/>
    public abstract ValueTask<Completion> Invoke(Invocation invocation);

    /// <summary>A token that is cancelled after a time of the own clock.</summary>
    protected CancellationTokenSource After(TimeSpan limit) => new(limit, World.Clock);

    /// <summary>Opens a WebSocket to a host by its name: <c>ws://chat-1/…</c>. It sends no pings of its own,
    /// since those would follow the machine's clock; let the application's protocol have some.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="cancellation">Gives the attempt up.</param>
    /// <exception cref="WebSocketException">Refused, or broken.</exception>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    protected async Task<ClientWebSocket> OpenWebSocket(Uri address, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        try
        {
            await socket.ConnectAsync(address, _sockets, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Goes to another network, as a phone does on its way: all connections are dead at this end, no word of
    /// it reaches the other one, which keeps them half-open, and what is opened next comes from a new
    /// address.
    /// </summary>
    protected void ChangeNetwork()
    {
        _hasMoved = true;
        _stack?.End();
        _sockets.Dispose();
        Http.Dispose();
        (_stack, Http, _sockets) = FreshNetwork();
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        // What is sent to the address it had before finds nobody there, who could refuse it.
        if (message is Segment segment && _stack is not null && !(_hasMoved && !_stack.Knows(segment)))
            _stack.Receive(from, segment);
    }

    static InvalidOperationException Needs(string what) =>
        new($"{what}: expected a client in the services world, found one of real processes");

    (NetworkStack? Stack, HttpClient Http, HttpMessageInvoker Sockets) FreshNetwork()
    {
        if (World is IHttpClientWorld real)
        {
            var handlerOfWorld = real.CreateHandler();
            return (
                null, new(handlerOfWorld, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan },
                new(handlerOfWorld, disposeHandler: false));
        }

        var stack = new NetworkStack(World);
        var handler = new AskingHandler(World, $"client {World.Process}")
        {
            InnerHandler = WorldHandler.Of(stack, _names),
        };
        return (
            stack, new(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan },
            new(handler, disposeHandler: false));
    }

    sealed class AskingHandler(IClientWorld world, string name) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var context = CallContext.Ask(world, name, request);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    sealed class LiveClient(HttpServiceClient client) : ILiveHost
    {
        public void BreakOff() => client._stack!.End();

        public bool Release() => false;

        public Task Stop()
        {
            client.Http.Dispose();
            return Task.CompletedTask;
        }
    }
}
