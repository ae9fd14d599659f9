using Steelyard.Designs.Requests;
using Steelyard.Worlds;
using Steelyard.Worlds.Storage;

namespace Steelyard.Designs.Raft;

/// <summary>
/// A member of a Raft group (Ongaro 2014, "Consensus: Bridging Theory and Practice", cited as "thesis"): an
/// elected leader puts commands into a log, copies it to the others, and every member steps the same
/// machine through it. This part holds the state and what changes it for good; the others hold elections,
/// replication, requests and the disk.
/// </summary>
public sealed partial class RaftNode : INode, ILeaderRole
{
    const int Nobody = -1;

    // Long before any message, and safe to subtract from.
    static readonly TimeSpan Never = TimeSpan.FromDays(-10_000);

    readonly INodeWorld _world;
    readonly RaftOptions _options;
    readonly Func<IStateMachine> _createMachine;
    readonly Peer[] _peers;
    readonly Journal _journal;
    RaftLog _log = new();
    SessionMachine _machine;

    // Durable before anything is said that depends on them: the term, and who got this member's vote in it.
    long _term;
    int _votedFor = Nobody;

    // False once its disk has lost what it had promised to keep: see Recover.
    bool _canVote = true;

    Role _role = Role.Follower;
    NodeId? _leader;
    long _commit;
    long _applied;

    /// <summary>Makes a member; its state is on the world's disk, if it ran before.</summary>
    /// <param name="world">Its world; all servers of it are members, at most 64.</param>
    /// <param name="createMachine">Makes the machine that the log drives, in its initial state.</param>
    /// <param name="options">The same for all members.</param>
    public RaftNode(INodeWorld world, Func<IStateMachine> createMachine, RaftOptions options)
    {
        _world = world;
        _options = options;
        _createMachine = createMachine;
        _machine = NewMachine();
        _journal = new(world);
        _peers = world.Peers.Select(peer => new Peer(peer)).ToArray();
    }

    enum Role : byte
    {
        Follower,
        PreCandidate,
        Candidate,
        Leader,
    }

    /// <inheritdoc/>
    public bool IsLeader => _role == Role.Leader;

    int Majority => (_world.Nodes.Count / 2) + 1;

    // The monotonic clock: wall clocks jump.
    TimeSpan Now => _world.Clock.GetElapsedTime(0);

    /// <inheritdoc/>
    public void Start()
    {
        Recover();
        // A leader may hold a lease that this member's lost memory supported (thesis section 6.4.1).
        _lastContact = _options.LeaseReads ? Now : Never;
        _timeout = DrawTimeout();
        _tick = _world.SetTimer(_timeout, Tick);
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        switch (message)
        {
            case AppendEntries append:
                OnAppendEntries(from, append);
                break;
            case AppendReply reply:
                OnAppendReply(from, reply);
                break;
            case Request request:
                OnRequest(from, request);
                break;
            case PreVote preVote:
                OnPreVote(from, preVote);
                break;
            case PreVoteReply reply:
                OnPreVoteReply(from, reply);
                break;
            case RequestVote request:
                OnRequestVote(from, request);
                break;
            case VoteReply reply:
                OnVoteReply(from, reply);
                break;
            case InstallSnapshot install:
                OnInstallSnapshot(from, install);
                break;
            default:
                throw new UnexpectedMessageException(_world.Self, from, message);
        }
    }

    // Every message with a newer term makes its receiver a follower in that term (thesis section 3.3).
    void MeetTerm(long term)
    {
        if (term > _term)
            BecomeFollower(term, leader: null);
    }

    void BecomeFollower(long term, NodeId? leader)
    {
        var led = IsLeader;
        if (term > _term)
        {
            _term = term;
            _votedFor = Nobody;
            SaveTermAndVote();
        }

        _role = Role.Follower;
        _leader = leader;
        if (!led)
            return;
        Note("steps down");
        RefuseWaiting();
        Arm(_timeout);
    }

    // Steps the machine through what is committed, and answers those who wait for it.
    void ApplyCommitted()
    {
        var until = Math.Min(_commit, _log.LastIndex);
        while (_applied < until)
        {
            var entry = _log[++_applied];
            Completion? answer = entry.IsNoOp ? null : _machine.Apply(entry.Id, entry.Command);
            AnswerWrite(_applied, answer);
        }

        if (_applied - _log.Snapshot.Index >= _options.SnapshotEvery)
            TakeSnapshot();
    }

    SessionMachine NewMachine() => new(_createMachine(), dedup: _options.Bug != RaftBug.NoDedup);

    void Note(string text)
    {
        if (_world.IsTraced)
            _world.Trace($"{text} in term {_term}, log to {_log.LastIndex}, committed to {_commit}");
    }

    // What a leader knows of another member.
    sealed class Peer(NodeId id)
    {
        public NodeId Id { get; } = id;

        // The next entry to send, and the last one known to be on its disk.
        public long Next { get; set; }

        public long Match { get; set; }

        // When the latest message to it was sent; whether its reply is awaited.
        public TimeSpan Sent { get; set; }

        public bool Awaited { get; set; }

        // When the latest message that it answered had been sent: until then it surely followed.
        public TimeSpan Followed { get; set; }

        public TimeSpan FollowerSent { get; set; }

        public bool CanVote { get; set; }
    }
}
