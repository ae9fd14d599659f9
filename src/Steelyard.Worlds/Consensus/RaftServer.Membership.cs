using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Consensus;

/// <content>Changes of the cluster: one server at a time (thesis section 4.1), a new one only once it has
/// caught up (4.2.1), and the leader itself last of all (4.2.2).</content>
public sealed partial class RaftServer
{
    // Thesis section 4.2.1: a server that is not nearly up to date after as many rounds is too slow.
    const int CatchUpRounds = 10;

    Reconfiguration? _change;

    // A change that this leader works on. Its entry is in the log once Index is not 0.
    sealed class Reconfiguration(MembershipChange change, Action<MembershipOutcome> done)
    {
        public MembershipChange Asked { get; } = change;

        public Action<MembershipOutcome> Done { get; } = done;

        public long Index { get; set; }

        public int Round { get; set; }

        public long RoundEnd { get; set; }

        public TimeSpan RoundStart { get; set; }
    }

    /// <summary>Asks this server, which should lead, for a change of the cluster.</summary>
    /// <param name="change">What is to be changed.</param>
    /// <param name="done">Run once, with how it went: at once when it is refused.</param>
    public void Change(MembershipChange change, Action<MembershipOutcome> done)
    {
        if (Refusal(change) is { } refusal)
            done(refusal);
        else if (change.Kind == MembershipChangeKind.Transfer)
            BeginTransfer(change.Server, done);
        else
            BeginChange(new(change, done));
    }

    MembershipOutcome? Refusal(MembershipChange change)
    {
        if (!IsLeader)
            return MembershipOutcome.NotLeader;
        if (_options.Bug != RaftBug.TwoChangesAtOnce
            && (_change is not null || _transfer is not null || _log.ConfigurationIndex > _commit))
            return MembershipOutcome.Busy;
        // A leader that has committed nothing of its own term may not know of an earlier leader's change that
        // is being committed: its own and that one could miss each other (Ongaro 2015, "bug in single-server
        // membership changes").
        if (_commit < _termStart && _options.Bug != RaftBug.ChangeBeforeNoOp)
            return MembershipOutcome.NotReady;
        if (!IsFit(change))
            return MembershipOutcome.Unfit;
        return change.Kind != MembershipChangeKind.Remove || LeavesQuorum(change.Server)
            ? null
            : MembershipOutcome.Unsafe;
    }

    // With one less, those who are silent may be too many.
    bool LeavesQuorum(NodeId removed)
    {
        var staying = _isVoter && removed != _world.Self ? 1 : 0;
        var heard = staying;
        foreach (var peer in _peers)
        {
            if (!peer.IsVoter || peer.Id == removed)
                continue;
            staying++;
            var silence = LeaseNow - Max(peer.Followed.Sent, _ledSince);
            if (peer.CanVote && silence < 2 * _options.ElectionTimeout)
                heard++;
        }

        return heard > staying / 2;
    }

    bool IsFit(MembershipChange change)
    {
        var (cluster, server) = (_log.Configuration, change.Server);
        return change.Kind switch
        {
            MembershipChangeKind.AddLearner => !cluster.Names(server),
            MembershipChangeKind.AddVoter => !cluster.Voters.Contains(server),
            MembershipChangeKind.Remove =>
                cluster.Names(server) && (cluster.Voters.Count > 1 || !cluster.Voters.Contains(server)),
            _ => server != _world.Self && cluster.Voters.Contains(server),
        };
    }

    void BeginChange(Reconfiguration change)
    {
        _change = change;
        var server = change.Asked.Server;
        switch (change.Asked.Kind)
        {
            case MembershipChangeKind.AddLearner:
                Reconfigure(_log.Configuration.WithLearner(server));
                break;
            case MembershipChangeKind.Remove:
                Reconfigure(_log.Configuration.Without(server));
                break;
            default:
                TakePeers();
                BeginRoundOfCatchUp(change);
                SendToAllReady();
                break;
        }
    }

    // In force here from now on, and at the others as soon as they have it.
    void Reconfigure(ClusterConfiguration configuration)
    {
        _change!.Index = _log.LastIndex + 1;
        Note($"changes the cluster to {configuration}");
        Propose(new RaftEntry(_term, configuration: configuration));
    }

    void BeginRoundOfCatchUp(Reconfiguration change)
    {
        change.Round++;
        change.RoundEnd = _log.LastIndex;
        change.RoundStart = Now;
    }

    // A round brings over what the log held at its start. When one took less than an election timeout, what
    // is left is little enough that nobody has to wait long for the new voter (thesis section 4.2.1).
    void CatchUp(RaftPeer peer)
    {
        if (_change is not { Index: 0 } change || peer.Id != change.Asked.Server)
            return;
        if (!peer.CanVote)
            EndChange(MembershipOutcome.Unfit);
        else if (peer.Match < change.RoundEnd)
            return;
        else if (Now - change.RoundStart < _options.ElectionTimeout)
            Reconfigure(_log.Configuration.WithVoter(peer.Id));
        else if (change.Round == CatchUpRounds)
            EndChange(MembershipOutcome.TooSlow);
        else
            BeginRoundOfCatchUp(change);
    }

    // One that is down never ends its round.
    void GiveUpSlowChange()
    {
        if (_change is { Index: 0 } change
            && Now - change.RoundStart > CatchUpRounds * _options.ElectionTimeout)
            EndChange(MembershipOutcome.TooSlow);
    }

    void EndChange(MembershipOutcome outcome)
    {
        var change = _change!;
        _change = null;
        TakePeers();
        change.Done(outcome);
    }

    // After the commit index went on.
    void SettleChange()
    {
        if (!IsLeader || _log.ConfigurationIndex > _commit || _commit < _termStart)
            return;
        if (_change is { Index: > 0 } change && change.Index <= _commit)
            EndChange(MembershipOutcome.Done);
        // It led until those who stay could go on without it (thesis section 4.2.2).
        if (IsLeader && !_isVoter)
            HandOver();
    }

    // The one with the most of the log needs not wait for its timeout.
    void HandOver()
    {
        var next = _peers.Where(peer => peer.IsVoter && peer.CanVote).MaxBy(peer => peer.Match);
        if (next is not null)
            _world.Send(next.Id, new TimeoutNow(_term));
        BecomeFollower(_term, leader: null);
    }

    void LoseChange()
    {
        if (_change is null)
            return;
        EndChange(MembershipOutcome.Lost);
    }
}
