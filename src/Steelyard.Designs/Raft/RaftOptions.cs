namespace Steelyard.Designs.Raft;

/// <summary>How a <see cref="RaftNode"/> runs; the same for all members.</summary>
public sealed record RaftOptions
{
    /// <summary>How often the leader says that it is there.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The least time without a leader after which a member stands for election; the actual time is drawn
    /// from once to twice this, so that members seldom stand at once.
    /// </summary>
    public TimeSpan ElectionTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Applied entries after which a snapshot takes their place.</summary>
    public int SnapshotEvery { get; init; } = 100;

    /// <summary>Entries a message carries at most.</summary>
    public int MaxBatch { get; init; } = 64;

    /// <summary>
    /// True when the leader answers reads by its lease, without a round to a quorum (Ongaro 2014, section
    /// 6.4.1). Needs monotonic clocks whose rates differ by less than <see cref="LeaseDriftPpm"/>.
    /// </summary>
    public bool LeaseReads { get; init; }

    /// <summary>How fast the leader's clock may run behind the others', in parts per million; the lease is
    /// that much shorter.</summary>
    public int LeaseDriftPpm { get; init; } = 100_000;

    /// <summary>The planted bug, if any.</summary>
    public RaftBug Bug { get; init; }
}

/// <summary>Planted bugs: each leaves out one condition that Raft's safety rests on.</summary>
public enum RaftBug : byte
{
    /// <summary>None: the right protocol.</summary>
    None,

    /// <summary>The leader answers reads without asking a quorum whether it still leads (thesis section
    /// 6.4).</summary>
    StaleRead,

    /// <summary>The leader commits entries of earlier terms by counting copies, so it adds none of its own
    /// (3.6.2).</summary>
    CommitOldTerm,

    /// <summary>A vote is kept in memory only: a restarted member votes again in the same term
    /// (3.8).</summary>
    ForgetVote,

    /// <summary>The lease is measured on the wall clock, which jumps (6.4.1).</summary>
    LeaseSkew,

    /// <summary>A follower keeps entries that conflict with the leader's, and says it has the leader's
    /// (3.5).</summary>
    NoTruncate,

    /// <summary>Votes go to candidates whose log is behind the voter's (3.6.1).</summary>
    VoteForStaleLog,

    /// <summary>Entries are acknowledged before the disk has them (3.8).</summary>
    AckBeforeSync,

    /// <summary>Compacting the log drops the entries after the snapshot too (5.1).</summary>
    SnapshotDropsTail,

    /// <summary>Snapshots are restored without the sessions: after a restart a retried request is applied
    /// again (6.3).</summary>
    ApplyTwiceAfterRestart,

    /// <summary>A member votes for every candidate of a term (3.4).</summary>
    TwoVotesPerTerm,

    /// <summary>A follower does not compare the term of the entry before the new ones (3.5).</summary>
    SkipLogMatch,

    /// <summary>A new leader answers reads before it has committed an entry of its own term (6.4).</summary>
    EarlyRead,

    /// <summary>Retried requests are applied again (6.3).</summary>
    NoDedup,

    /// <summary>One member less than a majority is taken for a quorum when committing (3.4).</summary>
    SmallQuorum,
}
