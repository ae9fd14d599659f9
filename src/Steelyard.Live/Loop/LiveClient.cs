using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Loop;

/// <summary>One client after the other beside the same node; each has a connection of its own.</summary>
internal sealed class LiveClient(
    int index, int mostClients, NodeId home, EngineCluster cluster, ClientFarm farm) : ILoadClient
{
    IClient? _client;

    /// <inheritdoc/>
    public NodeId Home => home;

    /// <inheritdoc/>
    public int Process { get; private set; } = index;

    /// <inheritdoc/>
    public IClient Client => _client ??= farm.Add(cluster, home, Process);

    /// <inheritdoc/>
    public void Retire()
    {
        if (_client is not null)
            farm.Close(_client);
        _client = null;
        Process += mostClients;
    }

    /// <inheritdoc/>
    public void Failed(Exception failure)
    {
    }
}
