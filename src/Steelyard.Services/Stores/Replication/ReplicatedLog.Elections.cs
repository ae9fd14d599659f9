using Steelyard.Worlds;

namespace Steelyard.Services.Stores.Replication;

/// <content>Elections: on trial first, so that a host that could not win does not disturb the primary
/// (section 9.6), then votes (3.4); a primary that hears no majority gives up (6.2).</content>
internal sealed partial class ReplicatedLog
{
    readonly HashSet<NodeId> _votes = [];
    TimerId _tick;
    TimeSpan _timeout;
    TimeSpan _lastContact;
    TimeSpan _electionEnd;
    bool _isCampaignSaved;

    TimeSpan DrawTimeout() =>
        _world.Random.Between(_options.FailoverTimeout, 2 * _options.FailoverTimeout);

    void Arm(TimeSpan after)
    {
        _world.CancelTimer(_tick);
        _tick = _world.SetTimer(after, Tick);
    }

    void Tick()
    {
        if (IsLeader)
            LeaderTick();
        else if (_role == Role.Follower)
            FollowerTick();
        else if (Now >= _electionEnd)
            GoOnTrial();
        else
            AskForVotes();
    }

    void LeaderTick()
    {
        var heard = Agreed(Now.Ticks, static peer => peer.Heard.Ticks);
        if (Now.Ticks - heard > (2 * _options.FailoverTimeout).Ticks)
        {
            Follow(_term, leader: null);
            return;
        }

        foreach (var peer in _peers)
            Ship(peer);
        Arm(Heartbeat);
    }

    // The timer is not moved on every message of the primary: when it rings, what is left is waited for.
    void FollowerTick()
    {
        var left = _lastContact + _timeout - Now;
        if (left > TimeSpan.Zero)
            Arm(left);
        else
            GoOnTrial();
    }

    void GoOnTrial()
    {
        BeginRound(Role.OnTrial);
        _isCampaignSaved = true;
        AskForVotes();
        CountVotes();
    }

    void Stand()
    {
        BeginRound(Role.Candidate);
        _term++;
        _votedFor = _world.Self.Index;
        _isCampaignSaved = false;
        SaveTerm();
        Note("stands for election");
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
        _votes.Clear();
        _votes.Add(_world.Self);
        Arm(Heartbeat);
    }

    void AskForVotes()
    {
        Arm(Heartbeat);
        if (!_isCampaignSaved)
            return;
        var isTrial = _role == Role.OnTrial;
        var wanted = new VoteWanted(isTrial ? _term + 1 : _term, _entries.Last, _entries.LastTerm, isTrial);
        foreach (var peer in _peers)
            if (!_votes.Contains(peer.Id))
                _world.Send(peer.Id, wanted);
    }

    void OnVoteWanted(NodeId from, VoteWanted wanted)
    {
        // While a primary is heard no other is wanted (section 4.2.3).
        if (HearsLeader())
            return;
        if (!wanted.IsTrial)
            MeetTerm(wanted.Term);
        var isFree = wanted.Term > _term
            || (wanted.Term == _term && (_votedFor == Nobody || _votedFor == from.Index));
        var isGranted = isFree && IsUpToDate(wanted);
        if (!isGranted || wanted.IsTrial)
        {
            _world.Send(from, new Vote(isGranted ? wanted.Term : _term, isGranted, wanted.IsTrial));
            return;
        }

        _votedFor = from.Index;
        _lastContact = Now;
        SaveTerm();
        // A vote that a crash could undo might be given twice (section 3.8).
        _journal.WhenSaved(() => _world.Send(from, new Vote(wanted.Term, IsGranted: true, IsTrial: false)));
    }

    bool HearsLeader() =>
        IsLeader || (_leader is not null && Now - _lastContact < _options.FailoverTimeout);

    bool IsUpToDate(VoteWanted wanted) => wanted.LastTerm != _entries.LastTerm
        ? wanted.LastTerm > _entries.LastTerm
        : wanted.Last >= _entries.Last;

    void OnVote(NodeId from, Vote vote)
    {
        var asked = vote.IsTrial ? _term + 1 : _term;
        if (!vote.IsGranted)
            MeetTerm(vote.Term);
        else if (vote.Term == asked && _role == (vote.IsTrial ? Role.OnTrial : Role.Candidate))
        {
            _votes.Add(from.Node);
            CountVotes();
        }
    }

    void CountVotes()
    {
        if (_votes.Count < Majority || !_isCampaignSaved)
            return;
        if (_role == Role.OnTrial)
            Stand();
        else
            Lead();
    }

    void Lead()
    {
        _role = Role.Leader;
        _leader = _world.Self;
        _termStart = _entries.Last + 1;
        foreach (var peer in _peers)
        {
            peer.Next = _termStart;
            peer.Match = 0;
            peer.IsAwaited = false;
            peer.Round = 0;
            peer.Heard = Now;
        }

        Note("leads");
        Arm(Heartbeat);
        // Entries of earlier terms are committed by one of the own term after them (section 3.6.2).
        Append([]);
        foreach (var peer in _peers)
            if (!peer.IsAwaited)
                Ship(peer);
    }
}
