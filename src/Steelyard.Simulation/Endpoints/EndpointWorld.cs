using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Endpoints;

/// <summary>
/// What one life of a node or client may touch. A crash ends the life and with it this handle: whatever still
/// holds it can send and wait no more.
/// </summary>
internal abstract class EndpointWorld(Endpoint endpoint) : IEndpointWorld
{
    readonly int _incarnation = endpoint.Incarnation;

    /// <inheritdoc/>
    public NodeId Self { get; } = new(endpoint.Index);

    /// <inheritdoc/>
    public IReadOnlyList<NodeId> Nodes => endpoint.Run.NodeIds;

    /// <inheritdoc/>
    public TimeProvider Clock => endpoint.Clock;

    /// <inheritdoc/>
    public SeededRandom Random => endpoint.Random;

    /// <inheritdoc/>
    public bool IsTraced => endpoint.Run.Trace is not null;

    /// <inheritdoc/>
    public bool IsOver => _incarnation != endpoint.Incarnation;

    /// <inheritdoc/>
    public string SiteOf(NodeId node) => endpoint.Run.Places.SiteOf(node.Index);

    /// <inheritdoc/>
    public void Send(NodeId to, Message message)
    {
        endpoint.Scheduler.MustRunHere();
        if (!IsOver)
            endpoint.Network.Send(Self, to, message);
    }

    /// <inheritdoc/>
    public ValueTask<Message?> Call(NodeId to, Message request, TimeSpan timeout)
    {
        endpoint.Scheduler.MustRunHere();
        return IsOver ? new(new TaskCompletionSource<Message?>().Task) : endpoint.Call(to, request, timeout);
    }

    /// <inheritdoc/>
    public ValueTask Delay(TimeSpan duration)
    {
        endpoint.Scheduler.MustRunHere();
        return IsOver ? new(new TaskCompletionSource().Task) : endpoint.Delay(duration);
    }

    /// <inheritdoc/>
    public TimerId SetTimer(TimeSpan after, Action action) =>
        IsOver ? default : endpoint.Timers.Set(after, action);

    /// <inheritdoc/>
    public void CancelTimer(TimerId timer)
    {
        if (!IsOver)
            endpoint.Timers.Cancel(timer);
    }

    /// <inheritdoc/>
    public void Trace(string text) =>
        endpoint.Run.Trace?.Noted(endpoint.Scheduler.NowNs, Self, text);
}

/// <summary>What one life of a node may touch.</summary>
internal sealed class NodeWorld(NodeHost host) : EndpointWorld(host), INodeWorld
{
    /// <inheritdoc/>
    public string Name => host.Name;

    /// <inheritdoc/>
    public int Version { get; } = host.Version;

    /// <inheritdoc/>
    public IReadOnlyList<NodeId> Peers { get; } = new PeerList(host.Run.NodeIds, host.Index);

    /// <inheritdoc/>
    public IDisk Disk => host.Disk;
}

/// <summary>What one process of a client may touch.</summary>
internal sealed class ClientWorld(ClientHost host, int process) : EndpointWorld(host), IClientWorld
{
    /// <inheritdoc/>
    public NodeId Home => host.Home;

    /// <inheritdoc/>
    public int Process => process;
}
