using Steelyard.Services.Networking;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Stores;

/// <summary>One life of a store host: sessions of clients over connections, and messages of Raft between
/// the hosts. A fresh life starts from what its disk kept.</summary>
internal sealed class StoreNode : INode, IDrainingNode, ILeaderRole, IShowsState, ILiveHost
{
    /// <summary>The port it listens on.</summary>
    public const int Port = 5433;

    readonly INodeWorld _world;
    readonly NetworkStack _stack;
    readonly StoreOptions _options;
    readonly ReplicatedStore _store;
    readonly Dictionary<NodeId, string> _hosts;

    /// <summary>Makes one.</summary>
    /// <param name="world">All it may touch.</param>
    /// <param name="names">Finds hosts.</param>
    /// <param name="hosts">The names of the store's hosts, the first primary first.</param>
    /// <param name="options">How it runs.</param>
    public StoreNode(INodeWorld world, HostNames names, IReadOnlyList<string> hosts, StoreOptions options)
    {
        _world = world;
        _stack = new(world);
        _options = options;
        _hosts = hosts.ToDictionary(names.Resolve);
        _store = new(world, [.. hosts.Select(names.Resolve)], options);
    }

    /// <inheritdoc/>
    public bool IsLeader => _store.Raft.IsLeader;

    /// <inheritdoc/>
    public void Start()
    {
        LiveHosts.Add(this);
        _store.Raft.Start();
        FrameServer.Listen(
            _stack, Port, () => new StoreSession(_store, _options, _world, host => _hosts[host]));
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        if (message is Segment segment)
            _stack.Receive(from, segment);
        else if (!_store.Raft.TryReceive(from, message))
            throw new UnexpectedMessageException(_world.Self, from, message);
    }

    /// <inheritdoc/>
    public void ShowState(StateSheet sheet)
    {
        sheet.Add("connections", _stack.ConnectionCount);
        _store.Raft.ShowState(sheet);
    }

    /// <inheritdoc/>
    public void Drain(Action finished) => _store.Close(finished);

    /// <inheritdoc/>
    public void BreakOff() => _stack.End();

    /// <inheritdoc/>
    public bool Release() => false;

    /// <inheritdoc/>
    public Task Stop() => Task.CompletedTask;
}
