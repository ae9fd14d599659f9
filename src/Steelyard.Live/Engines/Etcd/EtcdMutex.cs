using Grpc.Core;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>One client's side of a lock: it acquires, holds for a while, and releases.</summary>
internal sealed class EtcdMutex(EtcdConnection connection, ClientSeat seat, bool stalls) : IAsyncDisposable
{
    const double StallChance = 0.25;

    /// <summary>Longer than a lease and the half second within which etcd notices that it has run
    /// out.</summary>
    public static readonly TimeSpan Stall = EtcdLease.Lasts * 2;

    static readonly TimeSpan s_longHold = TimeSpan.FromMilliseconds(20);

    EtcdLock? _held;

    /// <summary>Tries to take it, once.</summary>
    public async Task<Completion> Acquire(string key, CancellationToken stop)
    {
        EtcdLease lease;
        try
        {
            lease = await EtcdLease.Grant(connection, stop);
        }
        catch (RpcException)
        {
            // Without a lease there was no attempt at the lock.
            return Completion.Fail("no lease");
        }

        try
        {
            _held = await EtcdLock.TryTake(connection, key, lease, stop);
        }
        finally
        {
            if (_held is null)
                await lease.Revoke(stop);
        }

        return _held is null
            ? Completion.Fail("held by another")
            : Completion.Ok(Value.Map(("token", _held.Token), ("client", seat.Process)));
    }

    /// <summary>Holds it for a while, or stands still for longer than it may.</summary>
    public async Task<Completion> Hold()
    {
        if (_held is null)
            return Completion.Fail("not held");
        var isStill = stalls && seat.Random.Chance(StallChance);
        if (isStill)
            _held.Lease.StandStill();
        await Task.Delay(isStill ? Stall : seat.Random.Between(TimeSpan.Zero, s_longHold));
        return Completion.Ok(isStill ? "stood still" : "steady");
    }

    /// <summary>Gives it back. Where it was lost in the meantime, its holder learns it now, and holds it no
    /// more either.</summary>
    public async Task<Completion> Release(CancellationToken stop)
    {
        if (_held is not { } held)
            return Completion.Fail("not held");
        _held = null;
        var wasOurs = await held.GiveBack(connection, stop);
        await held.Lease.Revoke(stop);
        return Completion.Ok(wasOurs ? Value.Nil : "was lost");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _held?.Lease.DisposeAsync() ?? ValueTask.CompletedTask;
}
