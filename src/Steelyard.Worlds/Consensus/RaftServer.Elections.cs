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
            AskBeforeStanding();
        else
            Arm(_timeout);
    }

    bool MayStand() => _canVote && _isVoter;

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

    void Stand()
    {
        BeginRound(Role.Candidate);
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
        Message question = _role == Role.PreCandidate
            ? new PreVote(_term + 1, _log.LastIndex, _log.LastTerm, _log.ConfigurationIndex)
            : new RequestVote(_term, _log.LastIndex, _log.LastTerm);
        foreach (var peer in _peers)
            if (peer.IsVoter && !peer.HasGranted)
                _world.Send(peer.Id, question);
    }

    void OnPreVote(NodeId from, PreVote asked)
    {
        var free = asked.Term > _term || (asked.Term == _term && MayVoteFor(from));
        var granted = _canVote && free && !HearsLeader() && IsUpToDate(asked.LastIndex, asked.LastTerm);
        _world.Send(from, new PreVoteReply(granted ? asked.Term : _term, granted));
    }

    void OnPreVoteReply(NodeId from, PreVoteReply reply)
    {
        if (!reply.Granted)
            MeetTerm(reply.Term);
        else if (_role == Role.PreCandidate && reply.Term == _term + 1)
            TakeVote(from);
    }

    void OnRequestVote(NodeId from, RequestVote asked)
    {
        // While a leader is heard, no other is voted for, and no term is taken over: the leader may hold a
        // lease (thesis sections 4.2.3, 6.4.1). The asker may even be of the leader's own term, and lose.
        var forgets = _options.Bug == RaftBug.VoteForgetsLeader && asked.Term == _term;
        if (HearsLeader() && !forgets)
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

    bool MayVoteFor(NodeId candidate) =>
        _votedFor == Nobody || _votedFor == candidate.Index || _options.Bug == RaftBug.TwoVotesPerTerm;

    // Thesis section 3.6.1: the later last term wins, then the longer log.
    bool IsUpToDate(long lastIndex, long lastTerm) =>
        lastTerm > _log.LastTerm
        || (lastTerm == _log.LastTerm && lastIndex >= _log.LastIndex)
        || _options.Bug == RaftBug.VoteForStaleLog;

    bool HearsLeader() => IsLeader || Now - _heardLeader < _options.ElectionTimeout;
}
