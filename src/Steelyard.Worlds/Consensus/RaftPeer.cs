using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Consensus;

/// <summary>What a leader (or a candidate) knows of another server.</summary>
internal sealed class RaftPeer(NodeId id)
{
    public NodeId Id { get; } = id;

    /// <summary>Whether it counts: its vote, its copies, its silence.</summary>
    public bool IsVoter { get; set; }

    /// <summary>False once it said that its disk lost what it had promised to keep.</summary>
    public bool CanVote { get; set; }

    public bool HasGranted { get; set; }

    /// <summary>The next entry to send (thesis: nextIndex).</summary>
    public long Next { get; set; }

    /// <summary>The last entry known to be on its disk (thesis: matchIndex).</summary>
    public long Match { get; set; }

    /// <summary>The latest message to it, and whether its reply is awaited.</summary>
    public MessageStamp Latest { get; set; }

    public bool IsAwaited { get; set; }

    /// <summary>The latest message that it answered: until then it surely followed.</summary>
    public MessageStamp Followed { get; set; }

    /// <summary>Where the configuration stands that removed it; 0 while it belongs to the cluster, or is
    /// about to.</summary>
    public long RemovedAt { get; set; }

    /// <summary>Until when it is told of that, if it does not say before that it knows.</summary>
    public TimeSpan ToldUntil { get; set; }

    /// <summary>The commit index that it was told last.</summary>
    public long ToldCommit { get; set; }

    /// <summary>Its own clock in its latest reply.</summary>
    public TimeSpan FollowerSent { get; set; }
}
