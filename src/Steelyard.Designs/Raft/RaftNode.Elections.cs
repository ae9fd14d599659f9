using System.Numerics;
using Steelyard.Worlds;

namespace Steelyard.Designs.Raft;

/// <content>Elections: pre-vote (thesis section 9.6), votes (3.4), and a leader that hears no quorum gives
/// up (6.2).</content>
public sealed partial class RaftNode
{
    TimerId _tick;
    TimeSpan _timeout;
    TimeSpan _lastContact;
    TimeSpan _electionEnd;

    // One bit a member, by index.
    ulong _votes;
    bool _campaignSaved;

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
        var left = _lastContact + _timeout - Now;
        if (left > TimeSpan.Zero)
        {
            Arm(left);
            return;
        }

        _leader = null;
        if (_canVote)
            AskBeforeStanding();
        else
            Arm(_timeout);
    }

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

    // A member that could not win must not disturb a working leader with a higher term: it asks before it
    // stands.
    void AskBeforeStanding()
    {
        BeginRound(Role.PreCandidate);
        _campaignSaved = true;
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
        _campaignSaved = false;
        var term = _term;
        _journal.WhenSaved(() =>
        {
            if (_role != Role.Candidate || _term != term)
                return;
            _campaignSaved = true;
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
        _votes = Bit(_world.Self);
        Arm(_options.Heartbeat);
    }

    void AskForVotes()
    {
        if (!_campaignSaved)
            return;
        Message question = _role == Role.PreCandidate
            ? new PreVote(_term + 1, _log.LastIndex, _log.LastTerm)
            : new RequestVote(_term, _log.LastIndex, _log.LastTerm);
        foreach (var peer in _peers)
            if ((_votes & Bit(peer.Id)) == 0)
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
        {
            _votes |= Bit(from);
            CountVotes();
        }
    }

    void OnRequestVote(NodeId from, RequestVote asked)
    {
        // While a leader is heard, no term is taken over: the leader may hold a lease (thesis sections
        // 4.2.3, 6.4.1).
        if (HearsLeader() && asked.Term > _term)
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
        _lastContact = Now - _options.ElectionTimeout;
        SaveTermAndVote();
        // A vote that a crash could undo might be given twice (thesis section 3.8).
        _journal.WhenSaved(() => _world.Send(from, new VoteReply(term, Granted: true)));
    }

    void OnVoteReply(NodeId from, VoteReply reply)
    {
        MeetTerm(reply.Term);
        if (!reply.Granted || _role != Role.Candidate || reply.Term != _term)
            return;
        _votes |= Bit(from);
        CountVotes();
    }

    void CountVotes()
    {
        if (BitOperations.PopCount(_votes) < Majority || !_campaignSaved)
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

    bool HearsLeader() => IsLeader || Now - _lastContact < _options.ElectionTimeout;

    static ulong Bit(NodeId member) => 1UL << member.Index;
}
