using Steelyard.Services.Stores.Engine;
using Steelyard.Services.Stores.Replication;
using Steelyard.Worlds;

namespace Steelyard.Services.Stores;

/// <summary>A store as one of its hosts has it: the engine runs transactions, the log says which commits
/// last.</summary>
internal sealed class ReplicatedStore : IReplicatedState
{
    // Versions that nobody can read any more are looked for now and then.
    const int ForgetEvery = 64;

    readonly StoreEngine _engine = new();
    readonly StoreOptions _options;
    readonly ReplicatedLog _log;
    readonly SortedDictionary<long, Pending> _pending = [];
    bool _isClosing;

    public ReplicatedStore(INodeWorld world, IReadOnlyList<NodeId> members, StoreOptions options)
    {
        _options = options;
        _log = new(world, members, options, this);
    }

    sealed record Pending(EngineTransaction Transaction)
    {
        public TaskCompletionSource<StoreError> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Its transactions.</summary>
    public StoreEngine Engine => _engine;

    /// <summary>Its log.</summary>
    public ReplicatedLog Log => _log;

    /// <summary>Begins a transaction.</summary>
    /// <returns>Null when this host is not the primary.</returns>
    public EngineTransaction? Begin(StoreIsolation? isolation) =>
        _log.IsServing && !_isClosing ? _engine.Begin(isolation ?? _options.Isolation) : null;

    /// <summary>Stops in good order: takes nothing new, rolls back what is open, and saves what was
    /// committed.</summary>
    public void Close(Action finished)
    {
        _isClosing = true;
        _engine.EndAll(StoreError.Unavailable);
        _log.Flush(finished);
    }

    /// <summary>Commits a transaction.</summary>
    /// <param name="transaction">Which.</param>
    /// <param name="isReplicaRead">True when it was content with whatever this host had.</param>
    /// <returns>None when it lasts, as far as this store's replication promises it.</returns>
    public Task<StoreError> Commit(EngineTransaction transaction, bool isReplicaRead) =>
        transaction.Writes.Count > 0 ? CommitWrites(transaction) : CommitReads(transaction, isReplicaRead);

    /// <inheritdoc/>
    public void Show(long number, LogEntry entry)
    {
        var isOwn = _pending.Remove(number, out var pending);
        if (!isOwn)
            _engine.Install(entry.Writes, number);
        _engine.Show(number);
        if (isOwn)
        {
            _engine.End(pending!.Transaction, StoreError.None);
            pending.Done.SetResult(StoreError.None);
        }

        if (number % ForgetEvery == 0)
            _engine.Forget(Math.Min(_log.Commit, number));
    }

    /// <inheritdoc/>
    public void Rewind(long number)
    {
        _engine.EndAll(StoreError.Unavailable);
        _engine.Rewind(number);
    }

    /// <inheritdoc/>
    public void Restore(LogState state) => _engine.Restore(state.Data, state.Number);

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Data(long number) => [.. _engine.Data(number)];

    /// <inheritdoc/>
    public void StepDown()
    {
        foreach (var pending in _pending.Values)
            pending.Done.SetResult(StoreError.OutcomeUnknown);
        _pending.Clear();
        // What was installed and not seen comes again from the log, if it lasts.
        Rewind(_engine.Seen);
    }

    Task<StoreError> CommitWrites(EngineTransaction transaction)
    {
        if (_engine.Validate(transaction) is not StoreError.None and var refusal)
            return Task.FromResult(refusal);
        var pending = new Pending(transaction);
        _pending.Add(_log.Next, pending);
        _engine.Install(transaction, _log.Next);
        _log.Append([.. transaction.Writes]);
        return pending.Done.Task;
    }

    // A primary that was cut off may not know yet that there is another one: what it read may be stale, and
    // synchronous replication promises better.
    async Task<StoreError> CommitReads(EngineTransaction transaction, bool isReplicaRead)
    {
        var mustAsk = _options is { Replication: StoreReplication.Synchronous, SyncCommit: true };
        if (mustAsk && !isReplicaRead && !await _log.Confirm().ConfigureAwait(false))
            _engine.End(transaction, StoreError.Unavailable);
        if (_engine.Validate(transaction) is not StoreError.None and var refusal)
            return refusal;
        _engine.Install(transaction, 0);
        _engine.End(transaction, StoreError.None);
        return StoreError.None;
    }
}
