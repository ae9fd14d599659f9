using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Live;

/// <summary>The client of the services world, on real sockets.</summary>
internal sealed class ServiceClient : IClient, IAsyncDisposable
{
    readonly ServiceClientWorld _world;
    readonly IClient _client;

    public ServiceClient(ServiceCluster cluster, ClientSeat seat)
    {
        _world = new(cluster, seat);
        _client = cluster.CreateClient(_world);
    }

    /// <inheritdoc/>
    public ValueTask<Completion> Invoke(Invocation invocation) => _client.Invoke(invocation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }
}
