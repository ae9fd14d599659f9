using System.Net;
using StackExchange.Redis.Configuration;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Leads StackExchange.Redis from the addresses that shards tell of one another to those at which a
/// client beside a node reaches them.</summary>
internal sealed class ShardTunnel(RespCluster cluster, int home) : Tunnel
{
    /// <inheritdoc/>
    public override ValueTask<EndPoint?> GetSocketConnectEndpointAsync(
        EndPoint endpoint, CancellationToken cancellationToken) =>
        new(endpoint is IPEndPoint there && cluster.NodeAt(there) is { } node
            ? cluster.ServerOf(home, node) : endpoint);
}
