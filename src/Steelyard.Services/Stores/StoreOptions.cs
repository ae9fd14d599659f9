using Steelyard.Histories;

namespace Steelyard.Services.Stores;

/// <summary>What a transaction of a store may see of the others (Berenson et al. 1995, "A Critique of ANSI
/// SQL Isolation Levels").</summary>
public enum StoreIsolation : byte
{
    /// <summary>Each statement sees what was committed before it; writes lock their keys. A value that was
    /// read and then written may have changed in between: lost update, read skew and write skew are
    /// possible.</summary>
    ReadCommitted,

    /// <summary>All reads see one snapshot, of when the transaction began, and of two concurrent writers of a
    /// key the second is refused, as in PostgreSQL's REPEATABLE READ. Write skew is possible.</summary>
    Snapshot,

    /// <summary>As if one transaction ran after the other: snapshots, and a transaction is refused whose
    /// commit could close a cycle (Cahill, Röhm and Fekete 2008, "Serializable Isolation for Snapshot
    /// Databases"). Holds among transactions of this level.</summary>
    Serializable,
}

/// <summary>When the primary of a store acknowledges a commit.</summary>
public enum StoreReplication : byte
{
    /// <summary>When a majority of its hosts has it on disk. A failover loses nothing that was
    /// acknowledged.</summary>
    Synchronous,

    /// <summary>When its own disk has it; the replicas learn of it later. A failover loses what they had not
    /// learnt.</summary>
    Asynchronous,
}

/// <summary>How a store runs.</summary>
public sealed record StoreOptions
{
    /// <summary>The isolation of a transaction that asks for none; by default serializable.</summary>
    public StoreIsolation Isolation { get; init; } = StoreIsolation.Serializable;

    /// <summary>
    /// Hosts besides the first, 0 to 8. A replica takes over when a majority of all hosts no longer hears the
    /// primary: so 2 stand the loss of one host, and with 1 there is a copy to read from, and no failover.
    /// </summary>
    public int Replicas { get; init; }

    /// <summary>When a commit is acknowledged; by default synchronously.</summary>
    public StoreReplication Replication { get; init; }

    /// <summary>
    /// False when the primary acknowledges a commit before its disk or any replica has it, and writes its log
    /// every <see cref="WriteDelay"/>: a crash loses the last ones (PostgreSQL's
    /// <c>synchronous_commit = off</c>).
    /// </summary>
    public bool SyncCommit { get; init; } = true;

    /// <summary>How long the log stays in memory without <see cref="SyncCommit"/>; 200 ms as in
    /// PostgreSQL.</summary>
    public TimeSpan WriteDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long an asynchronous primary waits before it ships what was committed.</summary>
    public TimeSpan ShipDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a statement waits for a lock before its transaction is refused.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a transaction may ask nothing before the store rolls it back: its client may be no
    /// more.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a replica hears no primary before it stands for election; the actual time is drawn
    /// from once to twice this.</summary>
    public TimeSpan FailoverTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>So many entries of the log that a majority has are replaced by the data.</summary>
    internal int CompactEvery { get; init; } = 500;

    /// <summary>The names of a store's hosts, the first primary first.</summary>
    internal string[] HostsOf(string name) => Replicas == 0
        ? [name]
        : [.. Enumerable.Range(1, Replicas + 1).Select(place => $"{name}-{place}")];

    /// <summary>Whether a host is one of a store's.</summary>
    internal static bool IsHostOf(string host, string store) =>
        host == store || (host.Length == store.Length + 2 && host[^2] == '-' && char.IsAsciiDigit(host[^1])
            && host.StartsWith(store, StringComparison.Ordinal));

    /// <summary>Says what a user got wrong.</summary>
    /// <exception cref="UserMistakeException">A value out of its range.</exception>
    internal void Check(string name)
    {
        if (Replicas is < 0 or > 8)
            throw new UserMistakeException($"store {name}: expected 0 to 8 replicas, found {Replicas}");
        foreach (var (what, limit) in new[]
                 {
                     (nameof(LockTimeout), LockTimeout), (nameof(IdleTimeout), IdleTimeout),
                     (nameof(FailoverTimeout), FailoverTimeout), (nameof(WriteDelay), WriteDelay),
                 })
            if (limit <= TimeSpan.Zero)
                throw new UserMistakeException($"store {name}: expected a {what} above 0, found {limit}");
        if (ShipDelay < TimeSpan.Zero)
            throw new UserMistakeException(
                $"store {name}: expected a {nameof(ShipDelay)} of 0 or more, found {ShipDelay}");
    }
}
