using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Consensus;

/// <content>Replication: one message on its way to each follower at a time, with all that came up meanwhile
/// in the next (thesis sections 3.5, 3.6 and 10.2.2).</content>
public sealed partial class RaftServer
{
    // The last entry surely on the own disk, and the first entry of the own term.
    long _saved;
    long _termStart;
    TimeSpan _ledSince;

    // Counts the messages of this leader, over all followers.
    long _sent;
    bool _isSendingDue;

    /// <summary>Adds a command to the log. It will be applied here, or
    /// <see cref="IReplicatedMachine.StepDown"/> is called before.</summary>
    /// <returns>Its index: one more than <see cref="LastIndex"/> was.</returns>
    /// <exception cref="InvalidOperationException">This server does not lead.</exception>
    public long Propose(LogCommand command) => IsLeader
        ? Propose(new RaftEntry(_term, command))
        : throw new InvalidOperationException("only the leader proposes");

    /// <summary>Runs an action when everything in the log is on this server's disk.</summary>
    public void WhenSaved(Action done) => WhenEntriesSaved(done);

    void Lead()
    {
        _role = Role.Leader;
        _leader = _world.Self;
        _sent = 0;
        _isLeaseOver = false;
        foreach (var peer in _peers)
            BeginToLead(peer);
        _termStart = _log.LastIndex + 1;
        _ledSince = LeaseNow;
        Note("leads");
        // Entries of earlier terms are committed by committing one of the own term after them (thesis
        // section 3.6.2).
        if (_options.Bug != RaftBug.CommitOldTerm)
            Propose(new RaftEntry(_term));
        foreach (var peer in _peers)
            if (!peer.IsAwaited)
                SendEntries(peer);
        Arm(_options.Heartbeat);
    }

    long Propose(RaftEntry entry)
    {
        AddEntry(entry);
        var index = _log.LastIndex;
        SaveProposed();
        SendProposed();
        if (_options.Acknowledgement == Acknowledgement.LeaderMemory)
            AdvanceCommit();
        return index;
    }

    // Several proposals may be saved and sent together, a little later.
    void SaveProposed()
    {
        if (_options.WriteDelay == TimeSpan.Zero)
            WhenEntriesSaved(AdvanceCommit);
        else if (!_isWritingDue)
        {
            _isWritingDue = true;
            _world.SetTimer(_options.WriteDelay, () =>
            {
                _isWritingDue = false;
                WhenEntriesSaved(AdvanceCommit);
            });
        }
    }

    void SendProposed()
    {
        if (_options.SendDelay == TimeSpan.Zero)
            SendToAllReady();
        else if (!_isSendingDue)
        {
            _isSendingDue = true;
            _world.SetTimer(_options.SendDelay, () =>
            {
                _isSendingDue = false;
                SendToAllReady();
            });
        }
    }

    void SendToAllReady()
    {
        if (!IsLeader)
            return;
        foreach (var peer in _peers)
            if (!peer.IsAwaited)
                SendEntries(peer);
    }

    void SendEntries(RaftPeer peer)
    {
        peer.IsAwaited = true;
        peer.Latest = new(++_sent, LeaseNow);
        peer.ToldCommit = _commit;
        if (peer.Next <= _log.Snapshot.Index)
        {
            _world.Send(peer.Id, new InstallSnapshot(_term, _log.Snapshot, peer.Latest));
            return;
        }

        var previous = Math.Min(peer.Next - 1, _log.LastIndex);
        var entries = _log.Slice(previous + 1, _options.MaxBatch);
        var confirmedAgo = _commit >= _termStart ? peer.Latest.Sent - QuorumFollowedUntil() : -Never;
        _world.Send(peer.Id, new AppendEntries(
            _term, previous, _log.TermAt(previous), entries, _commit, _applied, peer.Latest,
            peer.FollowerSent, confirmedAgo));
    }

    void OnAppendEntries(NodeId from, AppendEntries append)
    {
        if (!Follow(from, append.Term, append.Stamp))
            return;
        if (!Agrees(append.Previous, append.PreviousTerm))
        {
            Reply(from, success: false, WhereToTry(append.Previous), append.Stamp);
            return;
        }

        var match = append.Previous + append.Entries.Length;
        TakeEntries(append);
        // What lies beyond the match may not be the leader's.
        CommitUpTo(Math.Min(append.Commit, match));
        ApplyUpTo(Math.Max(_commit, Math.Min(append.Applied, match)));
        if (_applied >= append.Commit)
            _freshAsOf = Max(_freshAsOf, append.FollowerSent - append.ConfirmedAgo);
        ReplyWhenSaved(from, match, append.Stamp);
    }

    // Takes the sender for the leader, unless its term is over.
    bool Follow(NodeId from, long term, MessageStamp stamp)
    {
        if (term < _term)
        {
            Reply(from, success: false, 0, stamp);
            return false;
        }

        // Two leaders in one term: only a planted bug makes them, and each ignores the other.
        if (term == _term && IsLeader)
            return false;
        if (term > _term || _role != Role.Follower)
            BecomeFollower(term, from.Node);
        _leader = from.Node;
        _isRetired = false;
        _heardLeader = Now;
        _waitingSince = Now;
        return true;
    }

    void Reply(NodeId to, bool success, long match, MessageStamp stamp) =>
        _world.Send(to, new AppendReply(_term, success, match, stamp, Now, _canVote));

    void ReplyWhenSaved(NodeId to, long match, MessageStamp stamp)
    {
        var term = _term;
        WhenEntriesSaved(() =>
        {
            if (_term == term)
                Reply(to, success: true, match, stamp);
        });
    }

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
                TruncateFrom(index);
            }

            AddEntry(append.Entries[i]);
        }
    }

    // Another leader went on without these: whoever was told of one of them was told too soon.
    void TruncateFrom(long index)
    {
        var configurationIndex = _log.ConfigurationIndex;
        _log.TruncateFrom(index);
        _saved = Math.Min(_saved, index - 1);
        if (configurationIndex >= index)
            TakeConfiguration();
        if (_applied < index)
            return;
        Note($"takes back what was applied from {index} on");
        _applied = index - 1;
        _machine.TakeBack(_applied);
    }

    void OnAppendReply(NodeId from, AppendReply reply)
    {
        MeetTerm(reply.Term);
        if (!IsLeader || reply.Term != _term || PeerOf(from) is not { } peer)
            return;
        var isLatest = reply.Stamp.Number == peer.Latest.Number;
        peer.CanVote &= reply.CanVote;
        peer.FollowerSent = Max(peer.FollowerSent, reply.FollowerSent);
        if (reply.Stamp.Number > peer.Followed.Number)
            peer.Followed = reply.Stamp;
        if (isLatest)
            peer.IsAwaited = false;
        if (reply.Success)
            Matched(peer, reply.Match);
        else if (isLatest)
            Disagreed(peer, reply.Match);
        AnswerReads();
        if (IsLeader && !peer.IsAwaited && HasNewsFor(peer))
            SendEntries(peer);
    }

    bool HasNewsFor(RaftPeer peer) =>
        HasReadSince(peer.Latest) || (peer.Next <= _log.LastIndex && !_isSendingDue);

    void Matched(RaftPeer peer, long match)
    {
        peer.Match = Math.Max(peer.Match, match);
        peer.Next = Math.Max(peer.Next, peer.Match + 1);
        AdvanceCommit();
        CatchUp(peer);
        HandOverTo(peer);
    }

    void Disagreed(RaftPeer peer, long tryAfter)
    {
        // A server that lost its disk has less than it once said; others only ever have more.
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
        var isCommitted = index > _commit
            && (_log.TermAt(index) == _term || _options.Bug == RaftBug.CommitOldTerm);
        if (isCommitted)
            CommitUpTo(index);
        ApplyAcknowledged();
        if (isCommitted)
            SettleChange();
    }

    void CommitUpTo(long index)
    {
        _commit = Math.Max(_commit, index);
        if (_options.Bug == RaftBug.ConfigurationWhenCommitted)
            TakeConfiguration();
    }

    void ApplyAcknowledged()
    {
        var acknowledged = _options.Acknowledgement switch
        {
            Acknowledgement.Quorum => _commit,
            Acknowledgement.LeaderDisk => Math.Max(_saved, _commit),
            _ => _log.LastIndex,
        };
        // What an earlier leader acknowledged is applied whole, or nothing of it yet.
        if (acknowledged <= _applied || acknowledged < _termStart)
            return;
        ApplyUpTo(acknowledged);
        AnswerReads();
    }

    long MajorityHas()
    {
        Span<long> matches = stackalloc long[_peers.Length + 1];
        var count = 0;
        if (_isVoter || _options.Bug == RaftBug.RemovedLeaderCounts)
            matches[count++] = _saved;
        foreach (var peer in _peers)
            if (peer.IsVoter || _options.Bug == RaftBug.LearnerCounts)
                matches[count++] = peer.CanVote ? peer.Match : 0;
        matches = matches[..count];
        matches.Sort();
        var quorum = _options.Bug == RaftBug.SmallQuorum ? Math.Max(1, Majority - 1) : Majority;
        return matches[^quorum];
    }

    void OnInstallSnapshot(NodeId from, InstallSnapshot install)
    {
        if (!Follow(from, install.Term, install.Stamp))
            return;
        var snapshot = install.Snapshot;
        if (snapshot.Index > _commit)
        {
            Note("installs a snapshot");
            CompactLog(snapshot);
            RestoreMachine(snapshot);
        }

        ReplyWhenSaved(from, snapshot.Index, install.Stamp);
    }
}
