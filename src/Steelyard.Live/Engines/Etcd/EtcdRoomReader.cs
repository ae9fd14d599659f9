using Grpc.Core;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>A stream of responses, each of which leaves a room last.</summary>
internal sealed class EtcdRoomReader<TResponse>(IAsyncStreamReader<TResponse> stream, Action<object> leave)
    : IAsyncStreamReader<TResponse>
    where TResponse : class
{
    /// <inheritdoc/>
    public TResponse Current => stream.Current;

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await stream.MoveNext(cancellationToken).ConfigureAwait(false))
            return false;
        leave(Current);
        return true;
    }
}
