using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Consensus;

/// <summary>What can be asked of a cluster's leader.</summary>
public enum MembershipChangeKind : byte
{
    /// <summary>A server gets the log from now on, and does not count.</summary>
    AddLearner,

    /// <summary>A server counts, once it has caught up.</summary>
    AddVoter,

    /// <summary>A server belongs to the cluster no more; it may be the leader itself.</summary>
    Remove,

    /// <summary>A voter takes over from the leader.</summary>
    Transfer,
}

/// <summary>How a change went.</summary>
public enum MembershipOutcome : byte
{
    /// <summary>It is committed; a leader that was to be replaced leads no more.</summary>
    Done,

    /// <summary>This server does not lead.</summary>
    NotLeader,

    /// <summary>Another change or transfer is under way.</summary>
    Busy,

    /// <summary>The leader is new, and has not committed an entry of its own term.</summary>
    NotReady,

    /// <summary>It would change nothing, or leave nobody: a voter to be added, a stranger to be removed, the
    /// only voter.</summary>
    Unfit,

    /// <summary>A voter is to be removed, and of those who would stay too few are heard to go on.</summary>
    Unsafe,

    /// <summary>The new server does not catch up, or the next leader does not take over in time.</summary>
    TooSlow,

    /// <summary>Leadership was lost meanwhile: whether it lasts is for others to say.</summary>
    Lost,
}

/// <summary>One server is added, removed or made the leader; one at a time, so that any two quorums of the
/// cluster before and after meet (thesis section 4.1).</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Server">Of whom.</param>
public readonly record struct MembershipChange(MembershipChangeKind Kind, NodeId Server);
