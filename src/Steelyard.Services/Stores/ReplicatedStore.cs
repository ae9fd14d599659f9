using Steelyard.Services.Stores.Engine;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;

namespace Steelyard.Services.Stores;

/// <summary>
/// A store as one of its hosts has it: the engine runs transactions, Raft says which commits last. What the
/// ways to replicate differ in is only from when on a commit is applied, and thus acknowledged: when a quorum
/// has it, or when the primary has it on disk, or at once.
/// </summary>
internal sealed class ReplicatedStore : IReplicatedMachine
{
    // Versions that nobody can read any more are looked for now and then.
    const int ForgetEvery = 64;

    readonly StoreEngine _engine = new();
    readonly StoreOptions _options;
    readonly RaftServer _raft;
    readonly SortedDictionary<long, Pending> _pending = [];
    bool _isClosing;

    public ReplicatedStore(INodeWorld world, IReadOnlyList<NodeId> members, StoreOptions options)
    {
        _options = options;
        _raft = new(world, new(members), this, RaftOptionsOf(options));
    }

    sealed record Pending(EngineTransaction Transaction)
    {
        public TaskCompletionSource<StoreError> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Its transactions.</summary>
    public StoreEngine Engine => _engine;

    /// <summary>Its server of the cluster.</summary>
    public RaftServer Raft => _raft;

    /// <summary>Begins a transaction.</summary>
    /// <returns>Null when this host is not the primary.</returns>
    public EngineTransaction? Begin(StoreIsolation? isolation) =>
        _raft.IsServing && !_isClosing ? _engine.Begin(isolation ?? _options.Isolation) : null;

    /// <summary>Stops in good order: takes nothing new, rolls back what is open, and saves what was
    /// committed.</summary>
    public void Close(Action finished)
    {
        _isClosing = true;
        _engine.EndAll(StoreError.Unavailable);
        _raft.WhenSaved(finished);
    }

    /// <summary>Commits a transaction.</summary>
    /// <param name="transaction">Which.</param>
    /// <param name="isReplicaRead">True when it was content with whatever this host had.</param>
    /// <returns>None when it lasts, as far as this store's replication promises it.</returns>
    public Task<StoreError> Commit(EngineTransaction transaction, bool isReplicaRead) =>
        transaction.Writes.Count > 0 ? CommitWrites(transaction) : CommitReads(transaction, isReplicaRead);

    /// <inheritdoc/>
    public void Apply(long index, LogCommand? command)
    {
        var isOwn = _pending.Remove(index, out var pending);
        if (!isOwn && command is StoreWrites writes)
            _engine.Install(writes.All, index);
        _engine.Show(index);
        if (isOwn)
        {
            _engine.End(pending!.Transaction, StoreError.None);
            pending.Done.SetResult(StoreError.None);
        }

        if (index % ForgetEvery == 0)
            _engine.Forget(Math.Min(_raft.CommitIndex, index));
    }

    /// <inheritdoc/>
    public void TakeBack(long index)
    {
        _engine.EndAll(StoreError.Unavailable);
        _engine.Rewind(index);
    }

    /// <inheritdoc/>
    public MachineState Snapshot(long index) => new StoreData([.. _engine.Data(index)]);

    /// <inheritdoc/>
    public void Restore(long index, MachineState? state) =>
        _engine.Restore(state is StoreData data ? data.All : [], index);

    /// <inheritdoc/>
    public void StepDown()
    {
        foreach (var pending in _pending.Values)
            pending.Done.SetResult(StoreError.OutcomeUnknown);
        _pending.Clear();
        // What was installed and not applied comes again from the log, if it lasts.
        TakeBack(_engine.Seen);
    }

    /// <inheritdoc/>
    public void Write(RecordWriter record, LogCommand command) => ((StoreWrites)command).Write(record);

    /// <inheritdoc/>
    public LogCommand ReadCommand(ref RecordReader record) => StoreWrites.Read(ref record);

    /// <inheritdoc/>
    public void Write(RecordWriter record, MachineState state) => ((StoreData)state).Write(record);

    /// <inheritdoc/>
    public MachineState ReadState(ref RecordReader record) => StoreData.Read(ref record);

    static RaftOptions RaftOptionsOf(StoreOptions options)
    {
        var isSynchronous = options.Replication == StoreReplication.Synchronous;
        return new()
        {
            Heartbeat = options.FailoverTimeout / 3,
            ElectionTimeout = options.FailoverTimeout,
            SnapshotEvery = options.CompactEvery,
            Acknowledgement = !options.SyncCommit ? Acknowledgement.LeaderMemory
                : isSynchronous ? Acknowledgement.Quorum
                : Acknowledgement.LeaderDisk,
            SendDelay = isSynchronous ? TimeSpan.Zero : options.ShipDelay,
            WriteDelay = options.SyncCommit ? TimeSpan.Zero : options.WriteDelay,
            // At the birth of a store its first host becomes the primary at once.
            FirstStandsAtBirth = true,
            StopsWhenDamaged = true,
        };
    }

    Task<StoreError> CommitWrites(EngineTransaction transaction)
    {
        if (_engine.Validate(transaction) is not StoreError.None and var refusal)
            return Task.FromResult(refusal);
        var pending = new Pending(transaction);
        var index = _raft.LastIndex + 1;
        _pending.Add(index, pending);
        _engine.Install(transaction, index);
        _raft.Propose(new StoreWrites([.. transaction.Writes]));
        return pending.Done.Task;
    }

    // A primary that was cut off may not know yet that there is another one: what it read may be stale, and
    // synchronous replication promises better.
    async Task<StoreError> CommitReads(EngineTransaction transaction, bool isReplicaRead)
    {
        var mustAsk = _options is { Replication: StoreReplication.Synchronous, SyncCommit: true };
        if (mustAsk && !isReplicaRead && !await IsStillPrimary().ConfigureAwait(false))
            _engine.End(transaction, StoreError.Unavailable);
        if (_engine.Validate(transaction) is not StoreError.None and var refusal)
            return refusal;
        _engine.Install(transaction, 0);
        _engine.End(transaction, StoreError.None);
        return StoreError.None;
    }

    Task<bool> IsStillPrimary()
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _raft.Read(done.SetResult);
        return done.Task;
    }
}
