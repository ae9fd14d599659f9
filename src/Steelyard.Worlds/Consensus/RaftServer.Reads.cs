namespace Steelyard.Worlds.Consensus;

/// <content>Reads of the latest state, after a round to a quorum (ReadIndex, thesis section 6.4) or by lease
/// (6.4.1), and how old the state of a follower may be.</content>
public sealed partial class RaftServer
{
    readonly Queue<Reading> _reads = new();
    long _latestRead;

    // Everything committed by then has been applied here, by the own clock.
    TimeSpan _freshAsOf = Never;

    // A read that waits until the entry at an index is applied, and until a quorum has answered messages that
    // were sent after it came.
    readonly record struct Reading(long Index, long Sent, Action<bool> Done);

    // A lease compares times of one clock, the leader's: the monotonic one.
    TimeSpan LeaseNow => _options.Bug == RaftBug.LeaseSkew
        ? _world.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch
        : Now;

    /// <summary>Asks for a moment at which the machine here reflects everything that was acknowledged before
    /// the call.</summary>
    /// <param name="done">Run at that moment with true; with false when this server does not lead, or leads
    /// no more.</param>
    public void Read(Action<bool> done)
    {
        if (!IsLeader)
        {
            done(false);
            return;
        }

        // Everything acknowledged before is committed by now; but a new leader knows that it is only once it
        // has committed an entry of its own term.
        var index = _options.Bug is RaftBug.EarlyRead or RaftBug.CommitOldTerm
            ? _commit
            : Math.Max(_commit, _termStart);
        _latestRead = _sent;
        _reads.Enqueue(new(index, _latestRead, done));
        AnswerReads();
        if (_reads.Count == 0)
            return;
        foreach (var peer in _peers)
            if (!peer.IsAwaited)
                SendEntries(peer);
    }

    /// <summary>Whether the machine here reflects everything that was acknowledged up to a given time
    /// ago.</summary>
    public bool IsFresh(TimeSpan staleness)
    {
        var age = !IsLeader ? Now - _freshAsOf
            : _commit >= _termStart ? LeaseNow - QuorumFollowedUntil()
            : -Never;
        // Ages are sums over two clocks: leave room for their drift.
        return age * (1 + (_options.LeaseDriftPpm / 1e6)) <= staleness;
    }

    void AnswerReads()
    {
        while (IsLeader && _reads.TryPeek(out var read) && _applied >= read.Index && MayAnswer(read.Sent))
        {
            _reads.Dequeue();
            read.Done(true);
        }
    }

    bool MayAnswer(long sent) =>
        QuorumAnswered() > sent || HoldsLease() || _options.Bug == RaftBug.StaleRead;

    bool HoldsLease()
    {
        if (!_options.LeaseReads || _isLeaseOver)
            return false;
        // A follower of the leader's message votes for nobody else for an election timeout, by its own clock.
        var lease = _options.ElectionTimeout * (1 - (_options.LeaseDriftPpm / 1e6));
        return LeaseNow < QuorumFollowedUntil() + lease;
    }

    // Whether a message is too old to confirm the latest read that waits.
    bool HasReadSince(MessageStamp message) => _reads.Count > 0 && message.Number <= _latestRead;

    // The latest message of this leader that a quorum, itself included, surely followed.
    long QuorumAnswered()
    {
        Span<long> numbers = stackalloc long[_peers.Length + 1];
        var count = 0;
        if (_isVoter)
            numbers[count++] = long.MaxValue;
        foreach (var peer in _peers)
            if (peer.IsVoter)
                numbers[count++] = peer.CanVote ? peer.Followed.Number : 0;
        numbers = numbers[..count];
        numbers.Sort();
        return numbers[^Majority];
    }

    // The latest time by the leader's clock at which a quorum, itself included, surely followed it.
    TimeSpan QuorumFollowedUntil()
    {
        Span<TimeSpan> times = stackalloc TimeSpan[_peers.Length + 1];
        var count = 0;
        if (_isVoter)
            times[count++] = LeaseNow;
        foreach (var peer in _peers)
            if (peer.IsVoter)
                times[count++] = peer.CanVote ? peer.Followed.Sent : Never;
        times = times[..count];
        times.Sort();
        return times[^Majority];
    }

    // A leader no more.
    void RefuseReads()
    {
        while (_reads.TryDequeue(out var read))
            read.Done(false);
    }
}
