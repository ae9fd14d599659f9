using Steelyard.Services.Networking;
using Steelyard.Services.Stores.Engine;
using Steelyard.Services.Stores.Wire;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Stores;

/// <summary>One client's session with a store host: a transaction at a time.</summary>
internal sealed class StoreSession(
    ReplicatedStore store, StoreOptions options, INodeWorld world, Func<NodeId, string> nameOf)
    : IFrameSession
{
    EngineTransaction? _transaction;
    bool _onlyReads;

    // A client that died with a transaction open says nothing any more, and holds its locks.
    /// <inheritdoc/>
    public TimeSpan? Patience => _transaction is null ? null : options.IdleTimeout;

    /// <inheritdoc/>
    public async Task<byte[]> Answer(byte[] request) =>
        StoreWords.Of(await Answer(StoreWords.Request(request)).ConfigureAwait(false));

    /// <inheritdoc/>
    public void End()
    {
        if (_transaction is { } open)
            store.Engine.End(open, StoreError.Unavailable);
        _transaction = null;
    }

    async Task<StoreAnswer> Answer(StoreRequest request)
    {
        if (request.Kind is StoreRequestKind.Begin or StoreRequestKind.BeginHere)
            return Begin(request);
        if (_transaction is not { } open)
            return StoreAnswer.Of(StoreError.Unavailable);
        // The store may have ended it, when it was the primary no more.
        var answer = open.Ended == StoreError.None
            ? await Answer(open, request).ConfigureAwait(false)
            : StoreAnswer.Of(open.Ended);
        if (answer.Error != StoreError.None)
            End();
        return answer;
    }

    StoreAnswer Begin(StoreRequest request)
    {
        End();
        _onlyReads = request.Kind == StoreRequestKind.BeginHere;
        _transaction = _onlyReads
            ? store.Engine.Begin(StoreIsolation.Snapshot)
            : store.Begin(request.Isolation);
        return _transaction is null
            ? new(StoreError.Unavailable, store.Raft.Leader is { } leader ? nameOf(leader) : null, [])
            : StoreAnswer.Of(StoreError.None);
    }

    async Task<StoreAnswer> Answer(EngineTransaction open, StoreRequest request)
    {
        switch (request.Kind)
        {
            case StoreRequestKind.Get:
                return StoreAnswer.Of(store.Engine.Get(open, request.Key));
            case StoreRequestKind.Scan:
                var range = new KeyRange(request.Key, request.Value);
                return new(StoreError.None, null, store.Engine.Scan(open, range));
            case StoreRequestKind.Rollback:
                End();
                return StoreAnswer.Of(StoreError.None);
            case StoreRequestKind.Commit:
                return StoreAnswer.Of(await Commit(open).ConfigureAwait(false));
        }

        if (_onlyReads)
            return StoreAnswer.Of(StoreError.ReadOnly);
        var error = await Lock(open, request).ConfigureAwait(false);
        return error == StoreError.None && request.Kind == StoreRequestKind.GetForUpdate
            ? StoreAnswer.Of(store.Engine.Get(open, request.Key))
            : StoreAnswer.Of(error);
    }

    Task<StoreError> Commit(EngineTransaction open)
    {
        _transaction = null;
        return store.Commit(open, isReplicaRead: _onlyReads);
    }

    async Task<StoreError> Lock(EngineTransaction open, StoreRequest request)
    {
        var locked = request.Kind == StoreRequestKind.GetForUpdate
            ? store.Engine.Lock(open, request.Key)
            : store.Engine.Write(
                open, request.Key, request.Kind == StoreRequestKind.Put ? request.Value : null);
        if (locked.IsCompleted)
            return await locked.ConfigureAwait(false);
        var limit = world.SetTimer(options.LockTimeout, () => store.Engine.StopWaiting(open));
        var error = await locked.ConfigureAwait(false);
        world.CancelTimer(limit);
        return error;
    }
}
