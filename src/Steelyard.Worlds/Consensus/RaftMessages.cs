using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Consensus;

/// <summary>Would you vote for me, if I stood? (thesis section 9.6)</summary>
/// <param name="Term">The term it would stand in.</param>
/// <param name="LastIndex">Index of its last entry.</param>
/// <param name="LastTerm">That entry's term.</param>
/// <param name="ConfigurationIndex">Where its latest configuration stands: a server that was removed and does
/// not know can be told.</param>
internal sealed record PreVote(long Term, long LastIndex, long LastTerm, long ConfigurationIndex) : Message
{
    public override int SizeBytes => EnvelopeBytes + 32;
}

/// <summary>Yes or no, in the term that was asked about, or in the voter's own.</summary>
/// <param name="Term">That term.</param>
/// <param name="Granted">Whether the voter would.</param>
/// <param name="IsRemoved">True when a later configuration was committed that does not name the
/// asker.</param>
internal sealed record PreVoteReply(long Term, bool Granted, bool IsRemoved = false) : Message
{
    public override int SizeBytes => EnvelopeBytes + 10;
}

/// <summary>Vote for me (thesis section 3.4).</summary>
/// <param name="Term">The candidate's.</param>
/// <param name="LastIndex">Index of its last entry.</param>
/// <param name="LastTerm">That entry's term.</param>
/// <param name="IsTransfer">True when the leader itself told the candidate to stand: it may be voted for
/// while the leader is heard (section 4.2.3).</param>
internal sealed record RequestVote(
    long Term, long LastIndex, long LastTerm, bool IsTransfer = false) : Message
{
    public override int SizeBytes => EnvelopeBytes + 25;
}

internal sealed record VoteReply(long Term, bool Granted) : Message
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
/// <param name="Applied">Index up to which the leader has applied them: ahead of the other where entries are
/// acknowledged before a quorum has them.</param>
/// <param name="Stamp">Names this message.</param>
/// <param name="FollowerSent">The follower's clock in its latest reply: this message is not older than
/// that.</param>
/// <param name="ConfirmedAgo">For how long the leader has not heard from a quorum.</param>
internal sealed record AppendEntries(
    long Term, long Previous, long PreviousTerm, RaftEntry[] Entries, long Commit, long Applied,
    MessageStamp Stamp, TimeSpan FollowerSent, TimeSpan ConfirmedAgo) : Message
{
    public override int SizeBytes
    {
        get
        {
            var size = EnvelopeBytes + 72;
            foreach (var entry in Entries)
                size += entry.SizeBytes;
            return size;
        }
    }
}

/// <summary>Everything up to an index, for a follower whose next entry the leader no longer has (thesis
/// section 5.1).</summary>
internal sealed record InstallSnapshot(long Term, RaftSnapshot Snapshot, MessageStamp Stamp) : Message
{
    public override int SizeBytes => EnvelopeBytes + 32 + Snapshot.SizeBytes;
}

/// <summary>The follower's log agrees with the leader's up to <paramref name="Match"/>, durably; or does not
/// agree, and <paramref name="Match"/> is where to try next.</summary>
internal sealed record AppendReply(
    long Term, bool Success, long Match, MessageStamp Stamp, TimeSpan FollowerSent, bool CanVote) : Message
{
    public override int SizeBytes => EnvelopeBytes + 42;
}

/// <summary>Names a message of a leader; the reply repeats it.</summary>
/// <param name="Number">Counts the leader's messages of its term: a reply to a later number than that of a
/// read shows that the follower still followed after the read came.</param>
/// <param name="Sent">The leader's clock, which a lease is measured with.</param>
internal readonly record struct MessageStamp(long Number, TimeSpan Sent);

/// <summary>Stand at once (thesis section 3.10).</summary>
/// <param name="Term">The leader's.</param>
internal sealed record TimeoutNow(long Term) : Message
{
    public override int SizeBytes => EnvelopeBytes + 8;
}
