using Steelyard.Worlds;

namespace Steelyard.Designs.Raft;

/// <content>Replication: one message on its way to each follower at a time, with all that came up meanwhile
/// in the next (thesis sections 3.5, 3.6 and 10.2.2).</content>
public sealed partial class RaftNode
{
    // The last entry surely on the own disk, and the first entry of the own term.
    long _saved;
    long _termStart;
    TimeSpan _ledSince;

    void Lead()
    {
        _role = Role.Leader;
        _leader = _world.Self;
        foreach (var peer in _peers)
        {
            peer.Next = _log.LastIndex + 1;
            peer.Match = 0;
            peer.Awaited = false;
            peer.CanVote = true;
            peer.Followed = Never;
            peer.FollowerSent = Never;
        }

        _termStart = _log.LastIndex + 1;
        _ledSince = LeaseNow;
        Note("leads");
        // Entries of earlier terms are committed by committing one of the own term after them (thesis
        // section 3.6.2).
        if (_options.Bug != RaftBug.CommitOldTerm)
            Propose(Entry.NoOp(_term));
        foreach (var peer in _peers)
            SendEntries(peer);
        Arm(_options.Heartbeat);
    }

    // Adds an entry to the own log; its followers get it with their next message.
    long Propose(Entry entry)
    {
        AddEntry(entry);
        var index = _log.LastIndex;
        WhenEntriesSaved(AdvanceCommit);
        foreach (var peer in _peers)
            if (!peer.Awaited)
                SendEntries(peer);
        return index;
    }

    void SendEntries(Peer peer)
    {
        peer.Awaited = true;
        peer.Sent = LeaseNow;
        if (peer.Next <= _log.Snapshot.Index)
        {
            _world.Send(peer.Id, new InstallSnapshot(_term, _log.Snapshot, peer.Sent));
            return;
        }

        var previous = Math.Min(peer.Next - 1, _log.LastIndex);
        var entries = _log.Slice(previous + 1, _options.MaxBatch);
        var confirmedAgo = _commit >= _termStart ? peer.Sent - QuorumFollowedUntil() : -Never;
        _world.Send(peer.Id, new AppendEntries(
            _term, previous, _log.TermAt(previous), entries, _commit, peer.Sent, peer.FollowerSent,
            confirmedAgo));
    }

    void OnAppendEntries(NodeId from, AppendEntries append)
    {
        if (!Follow(from, append.Term, append.Sent))
            return;
        if (!Agrees(append.Previous, append.PreviousTerm))
        {
            Reply(from, success: false, WhereToTry(append.Previous), append.Sent);
            return;
        }

        var match = append.Previous + append.Entries.Length;
        TakeEntries(append);
        // What lies beyond the match may not be the leader's.
        _commit = Math.Max(_commit, Math.Min(append.Commit, match));
        ApplyCommitted();
        if (_applied >= append.Commit)
            _freshAsOf = Max(_freshAsOf, append.FollowerSent - append.ConfirmedAgo);
        var term = _term;
        WhenEntriesSaved(() =>
        {
            if (_term == term)
                Reply(from, success: true, match, append.Sent);
        });
    }

    // Takes the sender for the leader, unless its term is over.
    bool Follow(NodeId from, long term, TimeSpan sent)
    {
        if (term < _term)
        {
            Reply(from, success: false, 0, sent);
            return false;
        }

        // Two leaders in one term: only a planted bug makes them, and each ignores the other.
        if (term == _term && IsLeader)
            return false;
        if (term > _term || _role != Role.Follower)
            BecomeFollower(term, from.Node);
        _leader = from.Node;
        _lastContact = Now;
        return true;
    }

    void Reply(NodeId to, bool success, long match, TimeSpan sent) =>
        _world.Send(to, new AppendReply(_term, success, match, sent, Now, _canVote));

    bool Agrees(long previous, long previousTerm) =>
        _log.Holds(previous, previousTerm)
        || (_options.Bug == RaftBug.SkipLogMatch && previous <= _log.LastIndex);

    // Skips the whole term that disagrees: one round a term, not one an entry (thesis section 3.5).
    long WhereToTry(long previous) =>
        previous > _log.LastIndex ? _log.LastIndex : Math.Max(0, _log.StartOfTermAt(previous) - 1);

    void TakeEntries(AppendEntries append)
    {
        for (var i = 0; i < append.Entries.Length; i++)
        {
            var index = append.Previous + 1 + i;
            // Committed entries are the same everywhere; the others are compared.
            if (index <= _commit || _log.Holds(index, append.Entries[i].Term))
                continue;
            if (index <= _log.LastIndex)
            {
                if (_options.Bug == RaftBug.NoTruncate)
                    continue;
                _log.TruncateFrom(index);
                _saved = Math.Min(_saved, index - 1);
            }

            AddEntry(append.Entries[i]);
        }
    }

    void OnAppendReply(NodeId from, AppendReply reply)
    {
        MeetTerm(reply.Term);
        if (!IsLeader || reply.Term != _term)
            return;
        var peer = PeerOf(from);
        peer.CanVote &= reply.CanVote;
        peer.FollowerSent = Max(peer.FollowerSent, reply.FollowerSent);
        peer.Followed = Max(peer.Followed, reply.Sent);
        if (reply.Sent == peer.Sent)
            peer.Awaited = false;
        if (reply.Success)
            Matched(peer, reply.Match);
        else if (reply.Sent == peer.Sent)
            Disagreed(peer, reply.Match);
        AnswerReads();
        if (!peer.Awaited && (peer.Next <= _log.LastIndex || HasUnconfirmedRead(peer.Sent)))
            SendEntries(peer);
    }

    void Matched(Peer peer, long match)
    {
        peer.Match = Math.Max(peer.Match, match);
        peer.Next = Math.Max(peer.Next, peer.Match + 1);
        AdvanceCommit();
    }

    void Disagreed(Peer peer, long tryAfter)
    {
        // A member that lost its disk has less than it once said; others only ever have more.
        if (!peer.CanVote)
            peer.Match = Math.Min(peer.Match, tryAfter);
        peer.Next = Math.Clamp(tryAfter + 1, peer.Match + 1, Math.Max(peer.Match + 1, peer.Next - 1));
    }

    // Commits what a majority has on disk, if it is of the own term: an older entry may still be
    // overwritten by a later leader, however many copies it has (thesis section 3.6.2, figure 3.7).
    void AdvanceCommit()
    {
        if (!IsLeader)
            return;
        var index = Math.Min(MajorityHas(), _log.LastIndex);
        if (index <= _commit)
            return;
        if (_log.TermAt(index) != _term && _options.Bug != RaftBug.CommitOldTerm)
            return;
        _commit = index;
        ApplyCommitted();
        AnswerReads();
    }

    long MajorityHas()
    {
        Span<long> matches = stackalloc long[_peers.Length + 1];
        matches[0] = _saved;
        for (var i = 0; i < _peers.Length; i++)
            matches[i + 1] = _peers[i].CanVote ? _peers[i].Match : 0;
        matches.Sort();
        var quorum = _options.Bug == RaftBug.SmallQuorum ? Math.Max(1, Majority - 1) : Majority;
        return matches[^quorum];
    }

    void OnInstallSnapshot(NodeId from, InstallSnapshot install)
    {
        if (!Follow(from, install.Term, install.Sent))
            return;
        var snapshot = install.Snapshot;
        if (snapshot.Index > _commit)
        {
            Note("installs a snapshot");
            CompactLog(snapshot);
            RestoreMachine(snapshot);
        }

        var term = _term;
        WhenEntriesSaved(() =>
        {
            if (_term == term)
                Reply(from, success: true, snapshot.Index, install.Sent);
        });
    }

    Peer PeerOf(NodeId from) => _peers[from.Index < _world.Self.Index ? from.Index : from.Index - 1];

    static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
