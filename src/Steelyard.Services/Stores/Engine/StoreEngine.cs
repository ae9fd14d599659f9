namespace Steelyard.Services.Stores.Engine;

/// <summary>
/// The transactions of one store host over its data. A commit has two moments: it is installed, and from then
/// on nobody can commit against it, and it is seen, once the log says that it lasts. Its locks are held until
/// then.
/// </summary>
internal sealed class StoreEngine
{
    readonly VersionedMap _map = new();
    readonly RowLocks _locks = new();
    readonly Antidependencies _antidependencies;
    readonly List<EngineTransaction> _open = [];
    long _events;

    public StoreEngine() => _antidependencies = new(_map);

    /// <summary>The number of the newest commit that is seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Begins a transaction.</summary>
    public EngineTransaction Begin(StoreIsolation isolation)
    {
        var transaction = new EngineTransaction(isolation, Seen, ++_events);
        _open.Add(transaction);
        return transaction;
    }

    /// <summary>The value of a key; null where there is none.</summary>
    public string? Get(EngineTransaction transaction, string key)
    {
        if (transaction.Writes.TryGetValue(key, out var own))
            return own;
        NoteRead(transaction, KeyRange.Of(key));
        return _map.At(key, SeenBy(transaction));
    }

    /// <summary>What a range holds, in order of the keys.</summary>
    public List<KeyValuePair<string, string>> Scan(EngineTransaction transaction, KeyRange range)
    {
        NoteRead(transaction, range);
        var own = transaction.Writes.Where(write => range.Contains(write.Key)).ToList();
        var found = _map.Scan(range, SeenBy(transaction));
        if (own.Count == 0)
            return [.. found];
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in found)
            all.Add(key, value);
        foreach (var (key, value) in own)
            if (value is null)
                all.Remove(key);
            else
                all[key] = value;
        return [.. all];
    }

    /// <summary>Writes a key, once it is locked.</summary>
    /// <param name="transaction">Who.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null deletes.</param>
    /// <returns>None, or why the transaction is over.</returns>
    public Task<StoreError> Write(EngineTransaction transaction, string key, string? value) =>
        Lock(transaction, key, () => transaction.Writes[key] = value);

    /// <summary>Locks a key as a write of it would.</summary>
    /// <returns>None, or why the transaction is over.</returns>
    public Task<StoreError> Lock(EngineTransaction transaction, string key) =>
        Lock(transaction, key, static () => { });

    /// <summary>Gives a wait for a lock up, if there is one.</summary>
    public void StopWaiting(EngineTransaction transaction)
    {
        if (transaction.Waiting is not null)
            End(transaction, StoreError.LockTimeout);
    }

    /// <summary>Whether a transaction may commit now; if not, it is over.</summary>
    public StoreError Validate(EngineTransaction transaction)
    {
        if (transaction.Ended == StoreError.None && transaction.Isolation == StoreIsolation.Serializable
            && !_antidependencies.Allows(transaction))
            End(transaction, StoreError.Conflict);
        return transaction.Ended;
    }

    /// <summary>A transaction commits: what it wrote stands in order, though nobody sees it yet.</summary>
    /// <param name="transaction">A validated one.</param>
    /// <param name="number">The commit's number, above all others; ignored when nothing was written.</param>
    public void Install(EngineTransaction transaction, long number)
    {
        if (transaction.Writes.Count > 0)
            transaction.Number = number;
        if (transaction.Isolation == StoreIsolation.Serializable)
            _antidependencies.Note(transaction, ++_events);
        Install(transaction.Writes, number);
    }

    /// <summary>What another host committed.</summary>
    public void Install(IEnumerable<KeyValuePair<string, string?>> writes, long number)
    {
        foreach (var (key, value) in writes)
            _map.Add(key, value, number);
    }

    /// <summary>Shows everything up to a number.</summary>
    public void Show(long number) => Seen = number;

    /// <summary>A transaction is over: its locks are free.</summary>
    /// <param name="transaction">Which.</param>
    /// <param name="why">None after a commit, else why it was ended.</param>
    public void End(EngineTransaction transaction, StoreError why)
    {
        if (!_open.Remove(transaction))
            return;
        transaction.Ended = why;
        _locks.GiveUp(transaction, why);
        _locks.Release(transaction);
        _antidependencies.Forget(_open);
    }

    /// <summary>Ends every open transaction.</summary>
    public void EndAll(StoreError why)
    {
        // All first, so that no lock is handed to one that will be ended next.
        foreach (var transaction in _open)
            transaction.Ended = why;
        while (_open.Count > 0)
            End(_open[^1], why);
        _antidependencies.Clear();
    }

    /// <summary>Takes everything back that is newer than a number.</summary>
    public void Rewind(long number)
    {
        _map.Rewind(number);
        Seen = Math.Min(Seen, number);
    }

    /// <summary>Forgets versions that nobody reads, none of whoever reads at a number or later.</summary>
    public void Forget(long number) =>
        _map.Forget(_open.Select(transaction => transaction.Snapshot).Append(number).Min());

    /// <summary>All data as of a number.</summary>
    public IEnumerable<KeyValuePair<string, string>> Data(long number) => _map.Scan(new("", null), number);

    /// <summary>Starts over from the data as of a number.</summary>
    public void Restore(IEnumerable<KeyValuePair<string, string>> data, long number)
    {
        EndAll(StoreError.Unavailable);
        _map.Rewind(-1);
        foreach (var (key, value) in data)
            _map.Add(key, value, number);
        Seen = number;
    }

    Task<StoreError> Lock(EngineTransaction transaction, string key, Action granted)
    {
        if (transaction.Ended != StoreError.None)
            return Task.FromResult(transaction.Ended);
        var taken = _locks.Take(transaction, key, () =>
        {
            // Of two concurrent writers the first one wins: what it wrote is not in the other's snapshot.
            if (transaction.Isolation != StoreIsolation.ReadCommitted
                && _map.Newest(key) > transaction.Snapshot)
                End(transaction, StoreError.Conflict);
            if (transaction.Ended == StoreError.None)
                granted();
            return transaction.Ended;
        });
        if (taken.IsCompleted && taken.Result == StoreError.Deadlock)
            End(transaction, StoreError.Deadlock);
        return taken;
    }

    long SeenBy(EngineTransaction transaction) =>
        transaction.Isolation == StoreIsolation.ReadCommitted ? Seen : transaction.Snapshot;

    static void NoteRead(EngineTransaction transaction, KeyRange range)
    {
        if (transaction.Isolation == StoreIsolation.Serializable)
            transaction.Reads.Add(range);
    }
}
