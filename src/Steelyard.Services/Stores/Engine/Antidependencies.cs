namespace Steelyard.Services.Stores.Engine;

/// <summary>
/// Keeps snapshots serializable. Wherever snapshot isolation is not, there are three transactions of which
/// the first read what the second, concurrent with it, wrote over, and so the second with the third, and the
/// third committed before the other two (Fekete et al. 2005, "Making Snapshot Isolation Serializable",
/// theorem 2.1); the first and the third may be one. Here the last of them to commit finds it out and is
/// refused (Cahill, Röhm and Fekete 2008; that reads are ranges covers phantoms, section 3.5 there).
/// </summary>
internal sealed class Antidependencies(VersionedMap map)
{
    readonly List<Committed> _committed = [];

    /// <summary>Whether a transaction may commit now.</summary>
    public bool Allows(EngineTransaction transaction)
    {
        var third = FirstWrittenOver(transaction);
        return third is null || !(IsPivot(transaction, third.Value) || MeetsPivot(transaction));
    }

    /// <summary>Remembers one that commits, with its number if it wrote something.</summary>
    public void Note(EngineTransaction transaction, long now) => _committed.Add(
        new(transaction, now, FirstWrittenOver(transaction)));

    /// <summary>Forgets those that nobody who is open was concurrent with.</summary>
    public void Forget(IReadOnlyCollection<EngineTransaction> open) =>
        _committed.RemoveAll(one => !open.Any(other => one.MayBeConcurrentWith(other)));

    /// <summary>Forgets all.</summary>
    public void Clear() => _committed.Clear();

    // When the first of those committed that wrote over what it read.
    long? FirstWrittenOver(EngineTransaction transaction) =>
        transaction.Reads.Min(range => map.FirstChange(range, transaction.Snapshot));

    // It would be the second: somebody who committed read what it is about to write over, and the third was
    // first. Where the first only read, the third must have been in its snapshot (Ports and Grittner 2012,
    // "Serializable Snapshot Isolation in PostgreSQL", theorem 3).
    bool IsPivot(EngineTransaction second, long third) => _committed.Exists(first =>
        first.MayBeConcurrentWith(second)
        && third <= (first.IsReader ? first.Transaction.Snapshot : first.Transaction.Number)
        && second.Writes.Keys.Any(first.HasRead));

    // It would be the first: it read what a committed second one wrote over.
    bool MeetsPivot(EngineTransaction first) => _committed.Exists(second =>
        second.Third is { } third && second.Transaction.Number > first.Snapshot
        && (first.Writes.Count > 0 || third <= first.Snapshot)
        && second.Transaction.Writes.Keys.Any(key => first.Reads.Exists(range => range.Contains(key))));

    /// <summary>One that committed.</summary>
    /// <param name="Transaction">Which.</param>
    /// <param name="When">In the engine's own count of events.</param>
    /// <param name="Third">When the first of those committed that wrote over what it read.</param>
    sealed record Committed(EngineTransaction Transaction, long When, long? Third)
    {
        public bool IsReader => Transaction.Writes.Count == 0;

        public bool HasRead(string key) => Transaction.Reads.Exists(range => range.Contains(key));

        public bool MayBeConcurrentWith(EngineTransaction other) =>
            IsReader ? When > other.Began : Transaction.Number > other.Snapshot;
    }
}
