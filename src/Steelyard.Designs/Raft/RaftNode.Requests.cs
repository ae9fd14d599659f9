using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds;

namespace Steelyard.Designs.Raft;

/// <content>Requests: writes go through the log; reads are answered after a round to a quorum (read index,
/// thesis section 6.4), by lease (6.4.1), or from a replica as it is, as the client wants it.</content>
public sealed partial class RaftNode
{
    readonly Queue<(long Index, NodeId From)> _writes = new();
    readonly Queue<(Request Request, NodeId From, long Index, TimeSpan Since)> _reads = new();

    TimeSpan _latestRead;

    // Everything committed by then has been applied here, by the own clock.
    TimeSpan _freshAsOf = Never;

    // Lease and read index compare times of one clock, the leader's: the monotonic one.
    TimeSpan LeaseNow => _options.Bug == RaftBug.LeaseSkew
        ? _world.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch
        : Now;

    void OnRequest(NodeId from, Request request)
    {
        if (request.Command.Function == Functions.ReplicaState)
            _world.Send(from, new Answer(Completion.Ok(_machine.State), _applied));
        else if (!_machine.IsRead(request.Command.Function))
            OnWrite(from, request);
        else if (request.Level == ReadLevel.Leader)
            OnLeaderRead(from, request);
        else
            OnReplicaRead(from, request);
    }

    void OnWrite(NodeId from, Request request)
    {
        if (!IsLeader)
            Refuse(from);
        else if (_machine.AnswerOf(request.Id) is { } before)
            _world.Send(from, new Answer(before, _applied));
        else
            _writes.Enqueue((Propose(new(_term, request.Id, request.Command)), from));
    }

    void AnswerWrite(long index, Completion? answer)
    {
        while (_writes.TryPeek(out var first) && first.Index <= index)
        {
            _writes.Dequeue();
            if (first.Index == index && answer is { } completion)
                _world.Send(first.From, new Answer(completion, index));
        }
    }

    void OnLeaderRead(NodeId from, Request request)
    {
        if (!IsLeader)
        {
            Refuse(from);
            return;
        }

        // Everything acknowledged before the read came is committed by now; but a new leader knows that it
        // is only once it has committed an entry of its own term.
        var index = _options.Bug is RaftBug.EarlyRead or RaftBug.CommitOldTerm
            ? _commit
            : Math.Max(_commit, _termStart);
        _latestRead = LeaseNow;
        _reads.Enqueue((request, from, index, _latestRead));
        AnswerReads();
        if (_reads.Count == 0)
            return;
        foreach (var peer in _peers)
            if (!peer.Awaited)
                SendEntries(peer);
    }

    void AnswerReads()
    {
        if (_reads.Count == 0 || !IsLeader)
            return;
        var confirmed = QuorumFollowedUntil();
        while (_reads.TryPeek(out var read) && _applied >= read.Index && MayAnswer(read.Since, confirmed))
        {
            _reads.Dequeue();
            _world.Send(read.From, new Answer(_machine.Read(read.Request.Command), _applied));
        }
    }

    bool MayAnswer(TimeSpan since, TimeSpan confirmed)
    {
        // A follower of the leader's message votes for nobody else for an election timeout, by its own clock.
        var lease = _options.ElectionTimeout * (1 - (_options.LeaseDriftPpm / 1e6));
        return confirmed >= since
            || (_options.LeaseReads && LeaseNow < confirmed + lease)
            || _options.Bug == RaftBug.StaleRead;
    }

    // Whether a message sent then is too old to confirm the latest read that waits.
    bool HasUnconfirmedRead(TimeSpan sent) => _reads.Count > 0 && sent < _latestRead;

    // The latest time by the leader's clock at which a quorum, itself included, surely followed it.
    TimeSpan QuorumFollowedUntil()
    {
        Span<TimeSpan> times = stackalloc TimeSpan[_peers.Length + 1];
        times[0] = LeaseNow;
        for (var i = 0; i < _peers.Length; i++)
            times[i + 1] = _peers[i].CanVote ? _peers[i].Followed : Never;
        times.Sort();
        return times[^Majority];
    }

    void OnReplicaRead(NodeId from, Request request)
    {
        if (_applied < request.AtLeast)
            _world.Send(from, new Refusal("behind", Other(_leader)));
        else if (request.Level == ReadLevel.Bounded && !IsFreshEnough(request.MaxStaleness))
            _world.Send(from, new Refusal("too stale", Other(_leader)));
        else
            _world.Send(from, new Answer(_machine.Read(request.Command), _applied));
    }

    bool IsFreshEnough(TimeSpan staleness)
    {
        var age = !IsLeader ? Now - _freshAsOf
            : _commit >= _termStart ? LeaseNow - QuorumFollowedUntil()
            : -Never;
        // Ages are sums over two clocks: leave room for their drift.
        return age * (1 + (_options.LeaseDriftPpm / 1e6)) <= staleness;
    }

    void Refuse(NodeId from) =>
        _world.Send(from, new Refusal(_leader is null ? "no leader" : "not the leader", Other(_leader)));

    NodeId? Other(NodeId? node) => node == _world.Self ? null : node;

    // A leader no more: what waits may still be committed by the next one, or not.
    void RefuseWaiting()
    {
        while (_writes.TryDequeue(out var write))
            _world.Send(write.From, new Refusal("leadership lost", _leader, MayStillHappen: true));
        while (_reads.TryDequeue(out var read))
            _world.Send(read.From, new Refusal("leadership lost", _leader));
    }
}
