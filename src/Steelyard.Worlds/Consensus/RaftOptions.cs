namespace Steelyard.Worlds.Consensus;

/// <summary>From when on an entry is applied by its leader, and thus its proposer answered.</summary>
public enum Acknowledgement : byte
{
    /// <summary>When a quorum has it on disk: it is committed, and no failover loses it.</summary>
    Quorum,

    /// <summary>When the leader's own disk has it; the others learn of it later. A failover loses what they
    /// had not learnt.</summary>
    LeaderDisk,

    /// <summary>At once; the disk gets it later. A crash loses the last ones too.</summary>
    LeaderMemory,
}

/// <summary>How a <see cref="RaftServer"/> runs; the same for all servers of a cluster.</summary>
public sealed record RaftOptions
{
    /// <summary>How often the leader says that it is there.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The least time without a leader after which a server stands for election; the actual time is drawn
    /// from once to twice this, so that servers seldom stand at once.
    /// </summary>
    public TimeSpan ElectionTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Applied entries after which a snapshot takes their place.</summary>
    public int SnapshotEvery { get; init; } = 100;

    /// <summary>Entries a message carries at most.</summary>
    public int MaxBatch { get; init; } = 64;

    /// <summary>From when on an entry is applied.</summary>
    public Acknowledgement Acknowledgement { get; init; }

    /// <summary>How long a leader waits before it sends what was proposed, so that more goes together; zero
    /// is at once.</summary>
    public TimeSpan SendDelay { get; init; }

    /// <summary>How long a leader keeps what was proposed in memory before it writes it to its disk; zero is
    /// at once.</summary>
    public TimeSpan WriteDelay { get; init; }

    /// <summary>
    /// True when the leader answers reads by its lease, without a round to a quorum (Ongaro 2014, section
    /// 6.4.1). Needs monotonic clocks whose rates differ by less than <see cref="LeaseDriftPpm"/>.
    /// </summary>
    public bool LeaseReads { get; init; }

    /// <summary>How fast the leader's clock may run behind the others', in parts per million; the lease is
    /// that much shorter.</summary>
    public int LeaseDriftPpm { get; init; } = 100_000;

    /// <summary>True when the first voter of a cluster stands at once at its birth, rather than after a
    /// timeout.</summary>
    public bool FirstStandsAtBirth { get; init; }

    /// <summary>True when a server whose disk lost what it had promised to keep goes down for good, rather
    /// than to follow without a vote.</summary>
    public bool StopsWhenDamaged { get; init; }

    /// <summary>The planted bug, if any.</summary>
    internal RaftBug Bug { get; init; }
}
