using System.Net;
using Etcdserverpb;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>A connection to one member of etcd. It asks that member only, and each thing once.</summary>
/// <remarks>Made from an address, dotnet-etcd asks up to five times and takes turns among all members; made
/// from an invoker, as here, it does neither, and no channel without a service configuration tries anything
/// again.</remarks>
internal sealed class EtcdConnection : IDisposable
{
    readonly GrpcChannel _channel;

    /// <summary>A connection; nothing is sent before something is asked.</summary>
    /// <param name="member">Where the member serves clients.</param>
    /// <param name="room">The part of it that is ours; null is all of it.</param>
    public EtcdConnection(IPEndPoint member, EtcdRoom? room)
    {
        _channel = GrpcChannel.ForAddress($"http://{member}", new()
        {
            HttpHandler = new SocketsHttpHandler { UseProxy = false },
            DisposeHttpClient = true,
        });
        var invoker = room is null
            ? _channel.CreateCallInvoker() : _channel.CreateCallInvoker().Intercept(room);
        Store = new(invoker);
        Streams = new(invoker);
        Leases = new(invoker);
    }

    /// <summary>What is asked and answered once.</summary>
    public dotnet_etcd.EtcdClient Store { get; }

    /// <summary>Watches, without the library's manager, which connects anew by itself.</summary>
    public Watch.WatchClient Streams { get; }

    /// <summary>Leases, without the library's loop that keeps them alive.</summary>
    public Lease.LeaseClient Leases { get; }

    /// <summary>How the member sees itself and its cluster.</summary>
    public Task<StatusResponse> Status(CancellationToken cancellation) =>
        Store.StatusAsync(new StatusRequest(), null, null, cancellation);

    /// <summary>Keeps a lease alive, once.</summary>
    /// <returns>Whether it was still there.</returns>
    public async Task<bool> Renew(long lease, CancellationToken cancellation)
    {
        using var call = Leases.LeaseKeepAlive(cancellationToken: cancellation);
        await call.RequestStream.WriteAsync(new() { ID = lease }, cancellation);
        var isAnswered = await call.ResponseStream.MoveNext(cancellation);
        await call.RequestStream.CompleteAsync();
        return isAnswered && call.ResponseStream.Current.TTL > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Store.Dispose();
        _channel.Dispose();
    }
}
