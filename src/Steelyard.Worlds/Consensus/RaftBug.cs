namespace Steelyard.Worlds.Consensus;

/// <summary>Planted bugs: each leaves out one condition that Raft's safety rests on.</summary>
internal enum RaftBug : byte
{
    /// <summary>None: the right protocol.</summary>
    None,

    /// <summary>The leader answers reads without asking a quorum whether it still leads (thesis section
    /// 6.4).</summary>
    StaleRead,

    /// <summary>The leader commits entries of earlier terms by counting copies, so it adds none of its own
    /// (3.6.2).</summary>
    CommitOldTerm,

    /// <summary>A vote is kept in memory only: a restarted server votes again in the same term
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

    /// <summary>A server votes for every candidate of a term (3.4).</summary>
    TwoVotesPerTerm,

    /// <summary>A follower does not compare the term of the entry before the new ones (3.5).</summary>
    SkipLogMatch,

    /// <summary>A new leader answers reads before it has committed an entry of its own term (6.4).</summary>
    EarlyRead,

    /// <summary>Retried requests are applied again (6.3).</summary>
    NoDedup,

    /// <summary>One server less than a majority is taken for a quorum when committing (3.4).</summary>
    SmallQuorum,

    /// <summary>A vote for a candidate of the leader's own term makes a follower forget that it hears the
    /// leader, whose lease rests on it (6.4.1).</summary>
    VoteForgetsLeader,

    /// <summary>A new leader changes the cluster before it has committed an entry of its own term (4.1;
    /// Ongaro 2015).</summary>
    ChangeBeforeNoOp,

    /// <summary>A change begins while another one is not committed: two quorums need not meet
    /// (4.1).</summary>
    TwoChangesAtOnce,

    /// <summary>A configuration counts only once it is known to be committed (4.1).</summary>
    ConfigurationWhenCommitted,

    /// <summary>What a learner has is counted as if it were a voter (4.2.1).</summary>
    LearnerCounts,

    /// <summary>A leader that removes itself still counts itself (4.2.2).</summary>
    RemovedLeaderCounts,

    /// <summary>Leadership is handed to a server that does not have all of the log (3.10).</summary>
    TransferToStale,

    /// <summary>A leader that told another to stand still answers by its lease (3.10, 6.4.1).</summary>
    TransferKeepsLease,

    /// <summary>A server stands, and is voted for, when a leader of an earlier term tells it to
    /// (3.10).</summary>
    StaleTimeoutNow,
}
