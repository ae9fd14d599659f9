using System.Net.Sockets;
using Steelyard.Histories;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Contracts;
using static Steelyard.Live.Engines.ZooKeeper.ZooKeeperRequests;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>Asks the server it stands beside, in a session of its own.</summary>
internal sealed class ZooKeeperClient : IClient, IAsyncDisposable
{
    const int MostAttempts = 5;

    readonly ClientSeat _seat;
    readonly ZooKeeperChoices _choices;
    readonly ZooKeeperSession _session;
    readonly ZooKeeperMutex _mutex;
    readonly ZooKeeperLockedList _locked;

    public ZooKeeperClient(ZooKeeperCluster cluster, ClientSeat seat)
    {
        _seat = seat;
        _choices = new(cluster.Setup);
        _session = cluster.Open(seat.Home);
        _mutex = new(_session, seat, _choices.HoldersStall);
        _locked = new(_session, seat, _choices);
    }

    /// <inheritdoc/>
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        using var time = new CancellationTokenSource(_seat.Patience);
        try
        {
            await _session.Connect(time.Token);
        }
        catch (Exception unreachable) when (unreachable is IOException or SocketException
            or OperationCanceledException)
        {
            // Nothing was sent.
            return Completion.Fail("not connected");
        }

        try
        {
            return await Ask(invocation, time.Token);
        }
        catch (ZooKeeperRefusal refusal)
        {
            return refusal.IsCertain ? Completion.Fail(refusal.Message) : Completion.Info(refusal.Message);
        }
        catch (Exception silent) when (silent is IOException or SocketException or OperationCanceledException)
        {
            return Completion.Info(
                silent is OperationCanceledException ? "no answer in time" : "connection lost");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    Task<Completion> Ask(Invocation asked, CancellationToken stop) => asked.Function switch
    {
        Functions.Read when asked.Key == SetWorkload.Key => ReadSet(stop),
        Functions.Read when asked.Key == LockedSet.Key => _locked.Read(stop),
        Functions.Read => Read($"/{asked.Key}", stop),
        Functions.Write => Write($"/{asked.Key}", Text(asked.Input.AsInteger), stop),
        Functions.Cas => CompareAndSet(asked, stop),
        CounterWorkload.Add when asked.Key == LockedSet.Key => _locked.Add(asked.Input.AsInteger),
        CounterWorkload.Add when asked.Key == CounterWorkload.Key => Count(asked.Input.AsInteger, stop),
        CounterWorkload.Add => Add(asked.Input.AsInteger, stop),
        LockWorkload.Acquire => _mutex.Acquire(stop),
        LockWorkload.Hold => _mutex.Hold(),
        LockWorkload.Release => _mutex.Release(stop),
        _ => throw new NotSupportedException($"ZooKeeper is not asked to {asked.Function}"),
    };

    async Task<Completion> Read(string path, CancellationToken stop)
    {
        if (_choices.ReadsAreSynced)
            await _session.Sync(path, stop);
        try
        {
            return Completion.Ok(Number((await _session.GetData(path, stop)).Data));
        }
        catch (ZooKeeperRefusal refusal) when (refusal.Code == ZooKeeperRefusal.NoNode)
        {
            return Completion.Ok(Value.Nil);
        }
    }

    // A refusal is certain, so what follows it is another attempt and no repetition.
    async Task<Completion> Write(string path, string data, CancellationToken stop)
    {
        try
        {
            await _session.SetData(path, data, AnyVersion, stop);
            return Completion.Ok(Value.Nil);
        }
        catch (ZooKeeperRefusal refusal) when (refusal.Code == ZooKeeperRefusal.NoNode)
        {
        }

        try
        {
            await _session.Create(path, data, stop);
        }
        catch (ZooKeeperRefusal refusal) when (refusal.Code == ZooKeeperRefusal.NodeExists)
        {
            await _session.SetData(path, data, AnyVersion, stop);
        }

        return Completion.Ok(Value.Nil);
    }

    // What was read may be old, and then the version is another one.
    async Task<Completion> CompareAndSet(Invocation asked, CancellationToken stop)
    {
        var (path, pair) = ($"/{asked.Key}", asked.Input.AsList.ToArray());
        var (data, version) = await _session.GetData(path, stop);
        if (Number(data) != pair[0].AsInteger)
            return new(Outcome.Fail, Value.Nil);
        await _session.SetData(path, Text(pair[1].AsInteger), version, stop);
        return Completion.Ok(Value.Nil);
    }

    async Task<Completion> Count(long by, CancellationToken stop)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            try
            {
                var (data, version) = await _session.GetData(ZooKeeperCluster.Counter, stop);
                await _session.SetData(ZooKeeperCluster.Counter, Text(Number(data) + by), version, stop);
                return Completion.Ok(Value.Nil);
            }
            catch (ZooKeeperRefusal refusal) when (refusal.Code == ZooKeeperRefusal.BadVersion)
            {
                // Another came between: with sync its change is there at the next attempt.
                await _session.Sync(ZooKeeperCluster.Counter, stop);
            }
        }

        return Completion.Fail("others came between");
    }

    async Task<Completion> Add(long element, CancellationToken stop)
    {
        await _session.Create($"{ZooKeeperCluster.Set}/{Text(element)}", "", stop);
        return Completion.Ok(Value.Nil);
    }

    async Task<Completion> ReadSet(CancellationToken stop)
    {
        if (_choices.ReadsAreSynced)
            await _session.Sync(ZooKeeperCluster.Set, stop);
        var found = await _session.GetChildren(ZooKeeperCluster.Set, stop);
        return Completion.Ok(Value.List([.. found.Select(Number).Order().Select(one => (Value)one)]));
    }
}
