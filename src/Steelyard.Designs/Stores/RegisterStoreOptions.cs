using Steelyard.Designs.Raft;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Stores;

/// <summary>The options that register and kv share.</summary>
static class RegisterStoreOptions
{
    public const string Single = "single";
    public const string Sync = "primary-backup-sync";
    public const string Async = "primary-backup-async";
    public const string Quorum = "quorum";
    public const string Raft = "raft";

    static readonly (string Name, RaftBug Bug)[] BugNames =
    [
        ("none", RaftBug.None),
        ("stale-read", RaftBug.StaleRead),
        ("commit-old-term", RaftBug.CommitOldTerm),
        ("forget-vote", RaftBug.ForgetVote),
        ("lease-skew", RaftBug.LeaseSkew),
        ("no-truncate", RaftBug.NoTruncate),
        ("vote-for-stale-log", RaftBug.VoteForStaleLog),
        ("ack-before-sync", RaftBug.AckBeforeSync),
        ("snapshot-drops-tail", RaftBug.SnapshotDropsTail),
        ("apply-twice-after-restart", RaftBug.ApplyTwiceAfterRestart),
        ("two-votes-per-term", RaftBug.TwoVotesPerTerm),
        ("skip-log-match", RaftBug.SkipLogMatch),
        ("early-read", RaftBug.EarlyRead),
        ("no-dedup", RaftBug.NoDedup),
        ("small-quorum", RaftBug.SmallQuorum),
        ("vote-forgets-leader", RaftBug.VoteForgetsLeader),
        ("change-before-no-op", RaftBug.ChangeBeforeNoOp),
        ("two-changes-at-once", RaftBug.TwoChangesAtOnce),
        ("configuration-when-committed", RaftBug.ConfigurationWhenCommitted),
        ("learner-counts", RaftBug.LearnerCounts),
        ("removed-leader-counts", RaftBug.RemovedLeaderCounts),
        ("transfer-to-stale", RaftBug.TransferToStale),
        ("transfer-keeps-lease", RaftBug.TransferKeepsLease),
        ("stale-timeout-now", RaftBug.StaleTimeoutNow),
    ];

    /// <summary>The options, in the order of the help.</summary>
    public static IReadOnlyList<DesignOption> All { get; } =
    [
        DesignOption.Choice(
            "replication", "how replicas are kept", Raft, Single, Sync, Async, Quorum),
        DesignOption.Choice(
            "reads", "what reads are promised: the latest value, any replica's, the own session's,"
            + " never backwards, or not staler than --staleness",
            "leader", "any", "session", "monotonic", "bounded"),
        new("staleness", OptionShape.Duration, "5s", "the bound of --reads bounded"),
        new("n", OptionShape.Count, "3", "quorum: replicas of every key"),
        new("r", OptionShape.Count, "2", "quorum: replicas a read hears"),
        new("w", OptionShape.Count, "2", "quorum: replicas a write reaches"),
        DesignOption.Flag("read-repair", "quorum: a read brings the replicas it heard up to date"),
        DesignOption.Flag(
            "write-back", "quorum: a read stores what it found at w replicas before it returns"),
        DesignOption.Flag("sloppy", "quorum: other nodes stand in for silent replicas (hinted handoff)"),
        DesignOption.Choice(
            "resolve", "quorum: the last writer wins, or siblings by vector clocks or dotted version vectors",
            "lww", "vector-clock", "dotted"),
        DesignOption.Choice(
            "tags", "quorum: writes ordered by a counter that a quorum tells, or by the clients' clocks",
            "counter", "clock"),
        DesignOption.Choice(
            "story",
            "what happens meanwhile: the link between the data centres is cut; or, with raft, servers are"
            + " replaced one by one",
            "partition", MembershipStory.Name),
        DesignOption.Flag("lease", "raft: the leader answers reads by its lease"),
        DesignOption.Choice("bug", "raft: a planted bug", BugNames.Select(bug => bug.Name).ToArray()),
    ];

    /// <summary>Whether a bug shows in reads by lease only.</summary>
    public static bool IsOfLease(RaftBug bug) => bug is RaftBug.LeaseSkew or RaftBug.VoteForgetsLeader
        or RaftBug.TransferKeepsLease or RaftBug.StaleTimeoutNow;

    /// <summary>Whether a bug shows only while the cluster is changed.</summary>
    public static bool IsOfMembership(RaftBug bug) => bug >= RaftBug.ChangeBeforeNoOp;

    public static RaftBug Bug(DesignOptions options) =>
        BugNames.First(bug => bug.Name == options.Choice("bug")).Bug;
}
