using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Consensus;

/// <content>Elections: pre-vote (thesis section 9.6), votes (3.4), and a leader that hears no quorum gives
/// up (6.2).</content>
public sealed partial class RaftServer
{
    TimerId _tick;
    TimeSpan _timeout;

    // Since when the timeout runs: set forward by a leader's message, and by a vote given.
    TimeSpan _waitingSince;

    // When a leader was last heard. A lease rests on it (thesis section 6.4.1): no vote, no term and no other
    // leader's silence ever sets it back.
    TimeSpan _heardLeader;

    TimeSpan _electionEnd;
    bool _isCampaignSaved;

    // The leader itself told this candidate to stand.
    bool _isTransfer;

    TimeSpan DrawTimeout() => _world.Random.Between(_options.ElectionTimeout, 2 * _options.ElectionTimeout);

    void Arm(TimeSpan after)
    {
        _world.CancelTimer(_tick);
        _tick = _world.SetTimer(after, Tick);
    }

    void Tick()
    {
        switch (_role)
        {
            case Role.Leader:
                LeaderTick();
                break;
            case Role.Follower:
                FollowerTick();
                break;
            default:
                CandidateTick();
                break;
        }
    }

    void LeaderTick()
    {
        if (LeaseNow - Max(QuorumFollowedUntil(), _ledSince) > 2 * _options.ElectionTimeout)
        {
            // By now its followers have given it up, every one: clients had better be told at once.
            BecomeFollower(_term, leader: null);
            return;
        }

        GiveUpSlowTransfer();
        GiveUpSlowChange();
        ForgetRemovedPeers();
        foreach (var peer in _peers)
            SendEntries(peer);
        Arm(_options.Heartbeat);
    }

    // The timer is not moved on every heartbeat: when it rings, what is left is waited for.
    void FollowerTick()
    {
        var left = _waitingSince + _timeout - Now;
        if (left > TimeSpan.Zero)
        {
            Arm(left);
            return;
        }

        _leader = null;
        if (MayStand())
        {
            AskBeforeStanding();
            return;
        }

        // A learner that nobody turns to any more may have been removed: the voters tell who asks.
        if (IsMember)
            AskVoters(Question(Role.PreCandidate));
        Arm(_timeout);
    }

    // One that the latest configuration removes may still be needed while that one is not committed: those
    // who stay may have too little of the log to win (thesis section 4.2.2, figure 4.6).
    bool MayStand() => _canVote && !_isRetired && (_isVoter || IsRemovalOpen());

    bool IsRemovalOpen() => _log.ConfigurationIndex > _commit
        && _log.ConfigurationAt(_log.ConfigurationIndex - 1).Configuration.Voters.Contains(_world.Self);

    void CandidateTick()
    {
        if (Now >= _electionEnd)
        {
            AskBeforeStanding();
            return;
        }

        AskForVotes();
        Arm(_options.Heartbeat);
    }

    // A server that could not win must not disturb a working leader with a higher term: it asks before it
    // stands.
    void AskBeforeStanding()
    {
        BeginRound(Role.PreCandidate);
        _isCampaignSaved = true;
        AskForVotes();
        CountVotes();
    }

    void Stand(bool isTransfer = false)
    {
        BeginRound(Role.Candidate);
        _isTransfer = isTransfer;
        _term++;
        _votedFor = _world.Self.Index;
        SaveTermAndVote();
        Note("stands for election");
        _isCampaignSaved = false;
        var term = _term;
        _journal.WhenSaved(() =>
        {
            if (_role != Role.Candidate || _term != term)
                return;
            _isCampaignSaved = true;
            AskForVotes();
            CountVotes();
        });
    }

    void BeginRound(Role role)
    {
        _role = role;
        _leader = null;
        _timeout = DrawTimeout();
        _electionEnd = Now + _timeout;
        foreach (var peer in _peers)
            peer.HasGranted = false;
        Arm(_options.Heartbeat);
    }

    void AskForVotes()
    {
        if (!_isCampaignSaved)
            return;
        AskVoters(Question(_role));
    }

    Message Question(Role role) => role == Role.PreCandidate
        ? new PreVote(_term + 1, _log.LastIndex, _log.LastTerm, _log.ConfigurationIndex)
        : new RequestVote(_term, _log.LastIndex, _log.LastTerm, _isTransfer);

    void AskVoters(Message question)
    {
        foreach (var peer in _peers)
            if (peer.IsVoter && !peer.HasGranted)
                _world.Send(peer.Id, question);
    }

    void OnPreVote(NodeId from, PreVote asked)
    {
        var free = asked.Term > _term || (asked.Term == _term && MayVoteFor(from));
        var isRemoved = WasRemoved(from, asked.ConfigurationIndex, asked.LastTerm);
        var granted = _canVote && free && !isRemoved && !HearsLeader()
            && IsUpToDate(asked.LastIndex, asked.LastTerm);
        _world.Send(from, new PreVoteReply(granted ? asked.Term : _term, granted, isRemoved));
    }

    // Whether the committed configuration does not name a server, and that one's own is older: or was never
    // committed, when all of its log is of terms before that of a committed entry.
    bool WasRemoved(NodeId server, long knownIndex, long lastTerm)
    {
        var (index, cluster) = _log.ConfigurationAt(_commit);
        return (index > knownIndex || _log.TermAt(_commit) > lastTerm) && !cluster.Names(server.Node);
    }

    void OnPreVoteReply(NodeId from, PreVoteReply reply)
    {
        if (!reply.Granted)
            MeetTerm(reply.Term);
        if (reply.IsRemoved)
            Retire();
        else if (reply.Granted && _role == Role.PreCandidate && reply.Term == _term + 1)
            TakeVote(from);
    }

    void OnRequestVote(NodeId from, RequestVote asked)
    {
        // While a leader is heard, no other is voted for, and no term is taken over: the leader may hold a
        // lease (thesis sections 4.2.3, 6.4.1). The asker may even be of the leader's own term, and lose.
        var forgets = _options.Bug == RaftBug.VoteForgetsLeader && asked.Term == _term;
        if (HearsLeader() && !asked.IsTransfer && !forgets)
            return;
        MeetTerm(asked.Term);
        var term = _term;
        var granted = _canVote && asked.Term == _term && MayVoteFor(from)
            && IsUpToDate(asked.LastIndex, asked.LastTerm);
        if (!granted)
        {
            _world.Send(from, new VoteReply(term, Granted: false));
            return;
        }

        _votedFor = from.Index;
        _waitingSince = Now;
        if (forgets)
            _heardLeader = Never;
        SaveTermAndVote();
        // A vote that a crash could undo might be given twice (thesis section 3.8).
        _journal.WhenSaved(() => _world.Send(from, new VoteReply(term, Granted: true)));
    }

    void OnVoteReply(NodeId from, VoteReply reply)
    {
        MeetTerm(reply.Term);
        if (reply.Granted && _role == Role.Candidate && reply.Term == _term)
            TakeVote(from);
    }

    void TakeVote(NodeId from)
    {
        if (PeerOf(from) is not { } peer)
            return;
        peer.HasGranted = true;
        CountVotes();
    }

    void CountVotes()
    {
        var votes = _isVoter ? 1 : 0;
        foreach (var peer in _peers)
            if (peer.HasGranted && peer.IsVoter)
                votes++;
        if (votes < Majority || !_isCampaignSaved)
            return;
        if (_role == Role.PreCandidate)
            Stand();
        else
            Lead();
    }

    // It was removed and did not hear of it: nobody needs it, and it had better not ask on and on.
    void Retire()
    {
        if (IsLeader || _isRetired)
            return;
        Note("was removed");
        _isRetired = true;
        BecomeFollower(_term, leader: null);
        Arm(_timeout);
    }

    bool MayVoteFor(NodeId candidate) =>
        _votedFor == Nobody || _votedFor == candidate.Index || _options.Bug == RaftBug.TwoVotesPerTerm;

    // Thesis section 3.6.1: the later last term wins, then the longer log.
    bool IsUpToDate(long lastIndex, long lastTerm) =>
        lastTerm > _log.LastTerm
        || (lastTerm == _log.LastTerm && lastIndex >= _log.LastIndex)
        || _options.Bug == RaftBug.VoteForStaleLog;

    bool HearsLeader() => IsLeader || Now - _heardLeader < _options.ElectionTimeout;
}
