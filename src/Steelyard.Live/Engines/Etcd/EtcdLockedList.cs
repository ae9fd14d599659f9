using Etcdserverpb;
using Grpc.Core;
using Steelyard.Histories;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Contracts;
using static Steelyard.Live.Engines.Etcd.EtcdRequests;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>A list under one key that is read, and written whole, under a lock (as in Jepsen's test of etcd's
/// locks).</summary>
internal sealed class EtcdLockedList(EtcdConnection connection, ClientSeat seat, EtcdChoices choices)
    : IAsyncDisposable
{
    const double StallChance = 0.1;
    const string Lock = "locked-set/lock";

    static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(50);

    EtcdLease? _lease;

    /// <summary>The list as it is.</summary>
    public async Task<Completion> Read(CancellationToken stop) =>
        Completion.Ok(Value.List([.. (await List(stop)).Order().Select(number => (Value)number)]));

    /// <summary>Adds a number, if the lock is to be had in time.</summary>
    public async Task<Completion> Add(long number)
    {
        EtcdLock? held;
        try
        {
            held = await Take();
        }
        catch (RpcException)
        {
            held = null;
        }

        if (held is null)
        {
            // Only who has it writes.
            await GiveUp();
            return Completion.Fail("no lock");
        }

        try
        {
            return await AddUnder(held, number);
        }
        finally
        {
            await GiveUp();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _lease?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task<EtcdLock?> Take()
    {
        using var time = new CancellationTokenSource(seat.Patience);
        _lease = await EtcdLease.Grant(connection, time.Token);
        while (!time.IsCancellationRequested)
        {
            if (await EtcdLock.TryTake(connection, Lock, _lease, time.Token) is { } held)
                return held;
            await Task.Delay(s_again);
        }

        return null;
    }

    async Task<Completion> AddUnder(EtcdLock held, long number)
    {
        using var reading = new CancellationTokenSource(seat.Patience);
        var list = await List(reading.Token);
        if (choices.HoldersStall && seat.Random.Chance(StallChance))
        {
            held.Lease.StandStill();
            await Task.Delay(EtcdMutex.Stall);
        }

        using var writing = new CancellationTokenSource(seat.Patience);
        var request = new TxnRequest { Success = { ThenPut(LockedSet.Key, Bytes([.. list, number])) } };
        if (choices.IsFenced)
            request.Compare.Add(ThereSince(held.Key, held.Token));
        var answer = await connection.Store.TransactionAsync(request, null, null, writing.Token);
        return answer.Succeeded ? Completion.Ok(Value.Nil) : Completion.Fail("lock lost");
    }

    // The key of the lock goes with the lease.
    async Task GiveUp()
    {
        using var time = new CancellationTokenSource(seat.Patience);
        if (_lease is { } lease)
            await lease.Revoke(time.Token);
        _lease = null;
    }

    async Task<List<long>> List(CancellationToken stop)
    {
        var found = await connection.Store.GetAsync(EtcdRequests.Read(LockedSet.Key), null, null, stop);
        return found.Kvs.Count == 0 ? [] : Numbers(found.Kvs[0].Value);
    }
}
