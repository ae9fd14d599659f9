using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Consensus;

/// <content>Who counts: the latest configuration in the log is in force (thesis section 4.1).</content>
public sealed partial class RaftServer
{
    bool _isVoter;
    int _voters;

    // True once it was told that a later configuration does not name it; until a leader turns to it again.
    bool _isRetired;

    /// <summary>The cluster as this server knows it: the latest configuration of its log, committed or
    /// not.</summary>
    public ClusterConfiguration Configuration => _log.Configuration;

    int Majority => (_voters / 2) + 1;

    /// <summary>Whether it belongs to the cluster, as far as it knows.</summary>
    public bool IsMember => !_isRetired && _log.Configuration.Names(_world.Self);

    ClusterConfiguration InForce => _options.Bug == RaftBug.ConfigurationWhenCommitted
        ? _log.ConfigurationAt(_commit).Configuration
        : _log.Configuration;

    // The cluster's only voter needs nobody, and waits for nobody.
    bool IsAlone => _isVoter && _voters == 1;

    // Null for one that the configuration does not name.
    RaftPeer? PeerOf(NodeId from) => from.Index < _peerAt.Length ? _peerAt[from.Index] : null;

    // After whatever changed the log's latest configuration.
    void TakeConfiguration()
    {
        var cluster = InForce;
        _isVoter = cluster.Voters.Contains(_world.Self);
        _voters = cluster.Voters.Count;
        TakePeers();
    }

    // All whom this server may have something to tell.
    void TakePeers()
    {
        var cluster = InForce;
        var peers = new List<RaftPeer>();
        foreach (var server in cluster.Voters.Union(cluster.Learners).Remove(_world.Self))
        {
            var peer = _peerAt[server.Index] ?? NewPeer(server);
            peer.IsVoter = cluster.Voters.Contains(server);
            peer.RemovedAt = 0;
            peers.Add(peer);
        }

        if (_change is { Index: 0, Asked.Kind: MembershipChangeKind.AddVoter } change
            && !cluster.Names(change.Asked.Server))
            peers.Add(_peerAt[change.Asked.Server.Index] ?? NewPeer(change.Asked.Server));
        peers.AddRange(_peers.Where(peer => !peers.Contains(peer) && IsToBeTold(peer)));
        Array.Clear(_peerAt);
        foreach (var peer in peers)
            _peerAt[peer.Id.Index] = peer;
        _peers = [.. peers];
    }

    // A leader goes on for a while with one that was removed, so that it learns that it was.
    bool IsToBeTold(RaftPeer peer)
    {
        if (!IsLeader || (!peer.IsVoter && peer.RemovedAt == 0 && !WasNamed(peer.Id)))
            return false;
        peer.IsVoter = false;
        if (peer.RemovedAt == 0)
        {
            peer.RemovedAt = _log.ConfigurationIndex;
            peer.ToldUntil = Now + (CatchUpRounds * _options.ElectionTimeout);
        }

        return Now < peer.ToldUntil && (peer.Match < peer.RemovedAt || peer.ToldCommit < peer.RemovedAt);
    }

    bool WasNamed(NodeId server) =>
        _log.ConfigurationAt(_log.ConfigurationIndex - 1).Configuration.Names(server);

    void ForgetRemovedPeers()
    {
        foreach (var peer in _peers)
            if (peer.RemovedAt > 0 && !IsToBeTold(peer))
            {
                TakePeers();
                return;
            }
    }

    RaftPeer NewPeer(NodeId server)
    {
        var peer = new RaftPeer(server);
        if (IsLeader)
            BeginToLead(peer);
        return peer;
    }

    void BeginToLead(RaftPeer peer)
    {
        peer.Next = _log.LastIndex + 1;
        peer.Match = 0;
        peer.IsAwaited = false;
        peer.CanVote = true;
        peer.Latest = new(0, Never);
        peer.Followed = new(0, Never);
        peer.FollowerSent = Never;
        peer.ToldCommit = 0;
    }
}
