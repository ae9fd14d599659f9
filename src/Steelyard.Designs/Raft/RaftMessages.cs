using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds;

namespace Steelyard.Designs.Raft;

/// <summary>One place of the log. Shared by reference between members: it never changes.</summary>
sealed class Entry(long term, RequestId id, Command command)
{
    /// <summary>The session of entries that no client asked for.</summary>
    const long NoSession = -1;

    public long Term { get; } = term;

    public RequestId Id { get; } = id;

    public Command Command { get; } = command;

    /// <summary>True for the entry a new leader adds to commit what it found (thesis section 6.4, step
    /// 1).</summary>
    public bool IsNoOp => Id.Session == NoSession;

    public int SizeBytes { get; } = 20 + command.SizeBytes;

    public static Entry NoOp(long term) => new(term, new(NoSession, 0), new("", Value.Nil, Value.Nil));
}

/// <summary>Would you vote for me, if I stood? (thesis section 9.6)</summary>
sealed record PreVote(long Term, long LastIndex, long LastTerm) : Message
{
    public override int SizeBytes => EnvelopeBytes + 24;
}

sealed record PreVoteReply(long Term, bool Granted) : Message
{
    public override int SizeBytes => EnvelopeBytes + 9;
}

/// <summary>Vote for me (thesis section 3.4).</summary>
sealed record RequestVote(long Term, long LastIndex, long LastTerm) : Message
{
    public override int SizeBytes => EnvelopeBytes + 24;
}

sealed record VoteReply(long Term, bool Granted) : Message
{
    public override int SizeBytes => EnvelopeBytes + 9;
}

/// <summary>Entries to follow one that the follower should have; without entries a heartbeat (thesis
/// section 3.5).</summary>
/// <param name="Term">The leader's.</param>
/// <param name="Previous">Index of the entry before the new ones.</param>
/// <param name="PreviousTerm">Its term.</param>
/// <param name="Entries">The new ones.</param>
/// <param name="Commit">Index up to which the leader knows entries to be committed.</param>
/// <param name="Sent">The leader's clock; the reply repeats it, and so shows until when the follower
/// followed.</param>
/// <param name="FollowerSent">The follower's clock in its latest reply: this message is not older than
/// that.</param>
/// <param name="ConfirmedAgo">For how long the leader has not heard from a quorum.</param>
sealed record AppendEntries(
    long Term, long Previous, long PreviousTerm, Entry[] Entries, long Commit, TimeSpan Sent,
    TimeSpan FollowerSent, TimeSpan ConfirmedAgo) : Message
{
    public override int SizeBytes
    {
        get
        {
            var size = EnvelopeBytes + 56;
            foreach (var entry in Entries)
                size += entry.SizeBytes;
            return size;
        }
    }
}

/// <summary>Everything up to an index, for a follower whose next entry the leader no longer has (thesis
/// section 5.1).</summary>
sealed record InstallSnapshot(long Term, Snapshot Snapshot, TimeSpan Sent) : Message
{
    public override int SizeBytes => EnvelopeBytes + 24 + Snapshot.SizeBytes;
}

/// <summary>The follower's log agrees with the leader's up to <paramref name="Match"/>, durably; or does not
/// agree, and <paramref name="Match"/> is where to try next.</summary>
sealed record AppendReply(
    long Term, bool Success, long Match, TimeSpan Sent, TimeSpan FollowerSent, bool CanVote) : Message
{
    public override int SizeBytes => EnvelopeBytes + 34;
}

/// <summary>The state after the entry at an index, and that entry's term.</summary>
sealed record Snapshot(long Index, long Term, Value State)
{
    public static Snapshot Empty { get; } = new(0, 0, Value.Nil);

    public int SizeBytes { get; } = 16 + Message.SizeOf(State);
}
