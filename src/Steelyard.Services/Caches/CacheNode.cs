using Steelyard.Services.Networking;
using Steelyard.Services.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Caches;

/// <summary>One life of a cache host: memory only.</summary>
internal sealed class CacheNode : INode, ILeaderRole, IShowsState, ILiveHost
{
    /// <summary>The port it listens on.</summary>
    public const int Port = 6379;

    readonly NetworkStack _stack;
    readonly CachePair _cache;

    /// <summary>Makes one.</summary>
    /// <param name="world">All it may touch.</param>
    /// <param name="names">Finds hosts.</param>
    /// <param name="hosts">The names of the cache's hosts, one or two.</param>
    /// <param name="options">How it runs.</param>
    public CacheNode(INodeWorld world, HostNames names, IReadOnlyList<string> hosts, CacheOptions options)
    {
        _stack = new(world);
        var members = hosts.Select(names.Resolve).ToList();
        NodeId? peer = members.Count == 1 ? null : members.Find(member => member != world.Self);
        _cache = new(world, peer, members[0] == world.Self, options);
    }

    /// <inheritdoc/>
    public bool IsLeader => _cache.IsPrimary;

    /// <inheritdoc/>
    public void Start()
    {
        LiveHosts.Add(this);
        FrameServer.Listen(_stack, Port, () => new Session(_cache));
        _cache.Start();
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        if (message is Segment segment)
            _stack.Receive(from, segment);
        else
            _cache.Receive(from, message);
    }

    /// <inheritdoc/>
    public void ShowState(StateSheet sheet)
    {
        sheet.Add("connections", _stack.ConnectionCount);
        _cache.ShowState(sheet);
    }

    /// <inheritdoc/>
    public void BreakOff() => _stack.End();

    /// <inheritdoc/>
    public bool Release() => false;

    /// <inheritdoc/>
    public Task Stop() => Task.CompletedTask;

    sealed class Session(CachePair cache) : IFrameSession
    {
        public TimeSpan? Patience => null;

        public Task<byte[]> Answer(byte[] request) =>
            Task.FromResult(CacheWords.Of(cache.Answer(CacheWords.Request(request))));

        public void End()
        {
        }
    }
}
