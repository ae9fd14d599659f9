using Grpc.Core;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>A stream of requests, each of which enters a room first.</summary>
internal sealed class EtcdRoomWriter<TRequest>(IClientStreamWriter<TRequest> stream, Action<object> enter)
    : IClientStreamWriter<TRequest>
    where TRequest : class
{
    /// <inheritdoc/>
    public WriteOptions? WriteOptions
    {
        get => stream.WriteOptions;
        set => stream.WriteOptions = value;
    }

    /// <inheritdoc/>
    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    /// <inheritdoc/>
    public Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        enter(message);
        return stream.WriteAsync(message, cancellationToken);
    }

    /// <inheritdoc/>
    public Task CompleteAsync() => stream.CompleteAsync();
}
