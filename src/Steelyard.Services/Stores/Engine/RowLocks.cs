namespace Steelyard.Services.Stores.Engine;

/// <summary>
/// Locks of writers on keys: one holder each, and those who wait in order. A wait that would close a circle
/// is refused: every transaction waits for one other at most, so it is enough to follow the holders.
/// </summary>
internal sealed class RowLocks
{
    readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);

    /// <summary>Locks a key for a transaction.</summary>
    /// <param name="transaction">Which.</param>
    /// <param name="key">The key.</param>
    /// <param name="granted">What it does with the lock, as soon as it has it; says how that went.</param>
    /// <returns>What <paramref name="granted"/> said, or why there is no lock.</returns>
    public Task<StoreError> Take(EngineTransaction transaction, string key, Func<StoreError> granted)
    {
        if (!_rows.TryGetValue(key, out var row))
        {
            _rows.Add(key, new(transaction));
            transaction.Locked.Add(key);
            return Task.FromResult(granted());
        }

        if (row.Holder == transaction)
            return Task.FromResult(granted());
        if (IsReached(row.Holder, transaction))
            return Task.FromResult(StoreError.Deadlock);
        var wait = new LockWait(transaction, key, granted);
        transaction.Waiting = wait;
        row.Waiting.Add(wait);
        return wait.Done.Task;
    }

    /// <summary>Ends a wait, if there is one.</summary>
    public void GiveUp(EngineTransaction transaction, StoreError why)
    {
        if (transaction.Waiting is not { } wait)
            return;
        _rows[wait.Key].Waiting.Remove(wait);
        transaction.Waiting = null;
        wait.Done.SetResult(why);
    }

    /// <summary>Lets go of everything; who waited first goes on.</summary>
    public void Release(EngineTransaction transaction)
    {
        string[] locked = [.. transaction.Locked];
        transaction.Locked.Clear();
        foreach (var key in locked)
            HandOn(key, _rows[key]);
    }

    void HandOn(string key, Row row)
    {
        if (row.Waiting.Count == 0)
        {
            _rows.Remove(key);
            return;
        }

        var next = row.Waiting[0];
        row.Waiting.RemoveAt(0);
        row.Holder = next.Transaction;
        next.Transaction.Locked.Add(key);
        next.Transaction.Waiting = null;
        next.Done.SetResult(next.Granted());
    }

    bool IsReached(EngineTransaction from, EngineTransaction wanted)
    {
        for (var at = from; at.Waiting is { } wait; at = _rows[wait.Key].Holder)
            if (_rows[wait.Key].Holder == wanted)
                return true;
        return false;
    }

    sealed class Row(EngineTransaction holder)
    {
        public EngineTransaction Holder { get; set; } = holder;

        public List<LockWait> Waiting { get; } = [];
    }
}
