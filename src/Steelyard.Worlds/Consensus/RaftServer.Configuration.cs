namespace Steelyard.Worlds.Consensus;

/// <content>Who counts: the latest configuration in the log is in force (thesis section 4.1).</content>
public sealed partial class RaftServer
{
    bool _isVoter;
    int _voters;

    /// <summary>The cluster as this server knows it: the latest configuration of its log, committed or
    /// not.</summary>
    public ClusterConfiguration Configuration => _log.Configuration;

    int Majority => (_voters / 2) + 1;

    // The cluster's only voter needs nobody, and waits for nobody.
    bool IsAlone => _isVoter && _voters == 1;

    // Null for one that the configuration does not name.
    RaftPeer? PeerOf(NodeId from) => from.Index < _peerAt.Length ? _peerAt[from.Index] : null;

    // After whatever changed the log's latest configuration.
    void TakeConfiguration()
    {
        var configuration = _log.Configuration;
        _isVoter = configuration.Voters.Contains(_world.Self);
        _voters = configuration.Voters.Count;
        var peers = new List<RaftPeer>();
        foreach (var server in configuration.Voters.Union(configuration.Learners))
        {
            if (server == _world.Self)
                continue;
            var peer = _peerAt[server.Index] ?? NewPeer(server);
            peer.IsVoter = configuration.Voters.Contains(server);
            peers.Add(peer);
        }

        Array.Clear(_peerAt);
        foreach (var peer in peers)
            _peerAt[peer.Id.Index] = peer;
        _peers = [.. peers];
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
    }
}
