using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Consensus;

/// <content>Leadership is handed to another voter (thesis section 3.10).</content>
public sealed partial class RaftServer
{
    Handover? _transfer;

    // Set once it told another to stand in its term. Votes for that one are given while this leader is heard,
    // so its lease is worth nothing any more, even if the other is long in coming (sections 3.10, 6.4.1).
    bool _isLeaseOver;

    sealed class Handover(NodeId target, TimeSpan deadline, Action<MembershipOutcome> done)
    {
        public NodeId Target { get; } = target;

        public TimeSpan Deadline { get; } = deadline;

        public Action<MembershipOutcome> Done { get; } = done;

        public bool IsTold { get; set; }
    }

    /// <summary>True while it leads and takes proposals: not while it hands its leadership over.</summary>
    public bool TakesProposals => IsLeader && _transfer is null;

    void BeginTransfer(NodeId target, Action<MembershipOutcome> done)
    {
        _transfer = new(target, Now + _options.ElectionTimeout, done);
        Note($"hands over to {target}");
        if (PeerOf(target) is not { } peer)
            return;
        if (!peer.IsAwaited)
            SendEntries(peer);
        HandOverTo(peer);
    }

    // The target is told to stand when it has all of the log: with less it might not win, or win late.
    void HandOverTo(RaftPeer peer)
    {
        if (_transfer is not { IsTold: false } transfer || peer.Id != transfer.Target)
            return;
        if (peer.Match < _log.LastIndex && _options.Bug != RaftBug.TransferToStale)
            return;
        transfer.IsTold = true;
        _isLeaseOver = _options.Bug != RaftBug.TransferKeepsLease;
        _world.Send(peer.Id, new TimeoutNow(_term));
    }

    // A target that did not take over within an election timeout will not: clients wait meanwhile.
    void GiveUpSlowTransfer()
    {
        if (_transfer is { } transfer && Now >= transfer.Deadline)
            EndTransfer(MembershipOutcome.TooSlow);
    }

    void EndTransfer(MembershipOutcome outcome)
    {
        var transfer = _transfer;
        _transfer = null;
        transfer?.Done(outcome);
    }

    void OnTimeoutNow(TimeoutNow told)
    {
        MeetTerm(told.Term);
        // One of an earlier term comes from a leader that is gone, and would only disturb the next.
        var isStale = told.Term < _term && _options.Bug != RaftBug.StaleTimeoutNow;
        if (!isStale && !IsLeader && MayStand())
            Stand(isTransfer: true);
    }
}
