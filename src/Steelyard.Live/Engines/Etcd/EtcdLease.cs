using Etcdserverpb;
using Grpc.Core;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>A lease that its holder keeps alive, until it is let go or its holder stands still.</summary>
internal sealed class EtcdLease : IAsyncDisposable
{
    /// <summary>How long it lasts after it was last renewed; with elections at one second etcd gives none
    /// shorter.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(2);

    readonly EtcdConnection _connection;
    readonly CancellationTokenSource _stop = new();
    readonly Task _renewing;
    volatile bool _isStill;
    bool _isLetGo;

    EtcdLease(EtcdConnection connection, long id)
    {
        (_connection, Id) = (connection, id);
        // Not on the loop of the run: its end must not hold this up.
        _renewing = Task.Run(Renew);
    }

    /// <summary>Its number.</summary>
    public long Id { get; }

    /// <summary>Gets one.</summary>
    /// <exception cref="RpcException">There was none.</exception>
    public static async Task<EtcdLease> Grant(EtcdConnection connection, CancellationToken stop)
    {
        var granted = await connection.Store.LeaseGrantAsync(
            new LeaseGrantRequest { TTL = (long)Lasts.TotalSeconds }, null, null, stop);
        return new(connection, granted.ID);
    }

    /// <summary>Its holder does nothing more for it.</summary>
    public void StandStill() => _isStill = true;

    /// <summary>Gives it back, with all keys under it; where that is not heard, it ends by itself.</summary>
    public async Task Revoke(CancellationToken stop)
    {
        await DisposeAsync();
        try
        {
            await _connection.Store.LeaseRevokeAsync(new LeaseRevokeRequest { ID = Id }, null, null, stop);
        }
        catch (RpcException)
        {
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isLetGo)
            return;
        _isLetGo = true;
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
    }

    // Once it could not be renewed it is as good as lost: its holder finds that out when it uses it.
    async Task Renew()
    {
        try
        {
            do
                await Task.Delay(Lasts / 4, _stop.Token);
            while (_isStill || await _connection.Renew(Id, _stop.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or RpcException
            or InvalidOperationException)
        {
        }
    }
}
