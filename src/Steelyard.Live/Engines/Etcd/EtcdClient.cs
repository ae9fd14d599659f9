using System.Globalization;
using Etcdserverpb;
using Grpc.Core;
using Steelyard.Analysis.Workloads.Watches;
using Steelyard.Histories;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Contracts;
using static Steelyard.Live.Engines.Etcd.EtcdRequests;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>Asks the member it stands beside, through dotnet-etcd.</summary>
internal sealed class EtcdClient : IClient, IAsyncDisposable
{
    readonly EtcdCluster _cluster;
    readonly ClientSeat _seat;
    readonly EtcdChoices _choices;
    readonly EtcdConnection _connection;
    readonly EtcdMutex _mutex;
    readonly EtcdLockedList _locked;
    bool _isMet;

    public EtcdClient(EtcdCluster cluster, ClientSeat seat)
    {
        _cluster = cluster;
        _seat = seat;
        _choices = new(cluster.Setup);
        _connection = cluster.Connect(seat.Home, seat.Home);
        _mutex = new(_connection, seat, _choices.HoldersStall);
        _locked = new(_connection, seat, _choices);
    }

    /// <inheritdoc/>
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        using var time = new CancellationTokenSource(_seat.Patience);
        try
        {
            await Meet(time.Token);
        }
        catch (RpcException)
        {
            // What was asked of us was not sent.
            return Completion.Fail("not connected");
        }

        try
        {
            return await Ask(invocation, time.Token);
        }
        catch (RpcException failure)
        {
            return EtcdFailures.Tell(failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _mutex.DisposeAsync();
        await _locked.DisposeAsync();
        _connection.Dispose();
    }

    // A member that is down is found out before anything is at stake. Its status it tells by itself alone, so
    // one that is cut off from the others still meets us.
    async Task Meet(CancellationToken stop)
    {
        if (!_isMet)
            await _connection.Status(stop);
        _isMet = true;
    }

    Task<Completion> Ask(Invocation asked, CancellationToken stop) => asked.Function switch
    {
        Functions.Read when asked.Key == SetWorkload.Key => ReadSet(stop),
        Functions.Read when asked.Key == LockedSet.Key => _locked.Read(stop),
        Functions.Read => Read(asked.Key, stop),
        Functions.Write => Write(asked, stop),
        Functions.Cas => CompareAndSet(asked, stop),
        Functions.Transfer => Bank.Transfer(asked.Input, stop),
        Functions.Balances => Bank.Balances(stop),
        Functions.ReplicaState => State(asked.Target!.Value.Index, stop),
        Functions.Txn => new EtcdTransaction(_connection, _choices.ReadsAreSerializable)
            .Run(asked.Input, stop),
        "add" when asked.Key == LockedSet.Key => _locked.Add(asked.Input.AsInteger),
        "add" => Add(asked.Input.AsInteger, stop),
        IdWorkload.Generate => NextId(stop),
        LockWorkload.Acquire => _mutex.Acquire($"{asked.Key}", stop),
        LockWorkload.Hold => _mutex.Hold(),
        LockWorkload.Release => _mutex.Release(stop),
        Functions.Put => Put(asked, stop),
        Functions.Delete => Delete(asked, stop),
        WatchEvents.Watch => EtcdWatch.Listen(_connection, asked, _cluster.FirstRevision),
        _ => throw new NotSupportedException($"etcd is not asked to {asked.Function}"),
    };

    EtcdBank Bank => new(_connection, _choices.ReadsAreSerializable);

    async Task<Completion> State(int node, CancellationToken stop)
    {
        using var member = _cluster.Connect(_seat.Home, node);
        return await EtcdBank.State(member, stop);
    }

    async Task<Completion> Read(Value key, CancellationToken stop) => Completion.Ok(Register(
        await _connection.Store.GetAsync(
            EtcdRequests.Read($"{key}", _choices.ReadsAreSerializable), null, null, stop)));

    async Task<Completion> ReadSet(CancellationToken stop)
    {
        var found = await _connection.Store.GetAsync(
            ReadAll($"{SetWorkload.Key}/", _choices.ReadsAreSerializable), null, null, stop);
        return Completion.Ok(Value.List([.. found.Kvs.Select(one => (Value)Number(one.Value)).Order()]));
    }

    async Task<Completion> NextId(CancellationToken stop) => Completion.Ok(
        (await _connection.Store.PutAsync(EtcdRequests.Put("ids", Bytes(0)), null, null, stop))
            .Header.Revision);

    async Task<Completion> Write(Invocation asked, CancellationToken stop)
    {
        await _connection.Store.PutAsync(
            EtcdRequests.Put($"{asked.Key}", Bytes(asked.Input.AsInteger)), null, null, stop);
        return Completion.Ok(Value.Nil);
    }

    async Task<Completion> CompareAndSet(Invocation asked, CancellationToken stop)
    {
        var (key, pair) = ($"{asked.Key}", asked.Input.AsList.ToArray());
        var request = new TxnRequest
        {
            Compare = { Holds(key, Bytes(pair[0].AsInteger)) },
            Success = { ThenPut(key, Bytes(pair[1].AsInteger)) },
        };
        var answer = await _connection.Store.TransactionAsync(request, null, null, stop);
        return answer.Succeeded ? Completion.Ok(Value.Nil) : new(Outcome.Fail, Value.Nil);
    }

    async Task<Completion> Add(long element, CancellationToken stop)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{SetWorkload.Key}/{element}");
        await _connection.Store.PutAsync(EtcdRequests.Put(key, Bytes(element)), null, null, stop);
        return Completion.Ok(Value.Nil);
    }

    async Task<Completion> Put(Invocation asked, CancellationToken stop)
    {
        var answer = await _connection.Store.PutAsync(
            EtcdRequests.Put(asked.Key.AsText, Bytes(asked.Input.AsInteger)), null, null, stop);
        return Completion.Ok(Value.Map(("revision", Counted(answer.Header))));
    }

    async Task<Completion> Delete(Invocation asked, CancellationToken stop)
    {
        var answer = await _connection.Store.DeleteAsync(
            new DeleteRangeRequest { Key = Bytes(asked.Key.AsText) }, null, null, stop);
        return Completion.Ok(
            Value.Map(("deleted", answer.Deleted), ("revision", Counted(answer.Header))));
    }

    // From the beginning of the run, where etcd is older than that.
    long Counted(ResponseHeader header) => header.Revision - _cluster.FirstRevision;
}
