using Steelyard.Live.Engines;
using Steelyard.Services.Clients;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Live;

/// <summary>What a client of real processes may touch: the machine's clock, and HTTP.</summary>
internal sealed class ServiceClientWorld(ServiceCluster cluster, ClientSeat seat)
    : IHttpClientWorld, IDisposable
{
    readonly List<HttpMessageHandler> _handlers = [];

    /// <inheritdoc/>
    public NodeId Self => new(cluster.Nodes.Count + seat.Process);

    /// <inheritdoc/>
    public IReadOnlyList<NodeId> Nodes { get; } = [.. cluster.Nodes.Select(node => new NodeId(node.Index))];

    /// <inheritdoc/>
    public NodeId Home => new(seat.Home);

    /// <inheritdoc/>
    public int Process => seat.Process;

    /// <inheritdoc/>
    public TimeProvider Clock => TimeProvider.System;

    /// <inheritdoc/>
    public SeededRandom Random => seat.Random;

    /// <inheritdoc/>
    public bool IsOver { get; private set; }

    /// <inheritdoc/>
    public bool IsTraced => false;

    /// <inheritdoc/>
    public HttpMessageHandler CreateHandler()
    {
        var handler = new TornConnections
        {
            InnerHandler = new NamedHosts(host => cluster.AddressFor(seat.Home, host)).Lead(new()),
        };
        _handlers.Add(handler);
        return handler;
    }

    /// <inheritdoc/>
    public ValueTask Delay(TimeSpan duration) => new(Task.Delay(duration));

    /// <inheritdoc/>
    public string SiteOf(NodeId node) => "here";

    /// <inheritdoc/>
    public void Trace(string text)
    {
    }

    /// <inheritdoc/>
    public void Send(NodeId to, Message message) => throw NoMessages();

    /// <inheritdoc/>
    public ValueTask<Message?> Call(NodeId to, Message request, TimeSpan timeout) => throw NoMessages();

    /// <inheritdoc/>
    public TimerId SetTimer(TimeSpan after, Action action) => throw NoMessages();

    /// <inheritdoc/>
    public void CancelTimer(TimerId timer) => throw NoMessages();

    /// <inheritdoc/>
    public void Dispose()
    {
        IsOver = true;
        _handlers.ForEach(handler => handler.Dispose());
    }

    static NotSupportedException NoMessages() =>
        new("expected a client that asks by HTTP and waits by Delay, found one of simulated messages");
}
