using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Storage;

namespace Steelyard.Worlds.Consensus;

/// <summary>
/// A server of a Raft cluster (Ongaro 2014, "Consensus: Bridging Theory and Practice", cited as "thesis"): an
/// elected leader puts commands into a log, copies it to the others, and every server steps the same
/// machine through it. This part holds the state and what changes it for good; the others hold elections,
/// replication, reads and the disk.
/// </summary>
/// <remarks>It is a part of a node: the node calls <see cref="Start"/> once, and gives it every message that
/// <see cref="TryReceive"/> takes.</remarks>
public sealed partial class RaftServer : IShowsState
{
    const int Nobody = -1;

    // Long before any message, and safe to subtract from.
    static readonly TimeSpan Never = TimeSpan.FromDays(-10_000);

    readonly INodeWorld _world;
    readonly RaftOptions _options;
    readonly IReplicatedMachine _machine;
    readonly ClusterConfiguration _initial;
    readonly Journal _journal;
    readonly RaftPeer?[] _peerAt;
    RaftPeer[] _peers = [];
    RaftLog _log;

    // Durable before anything is said that depends on them: the term, and who got this server's vote in it.
    long _term;
    int _votedFor = Nobody;

    // False once its disk has lost what it had promised to keep: see Recover.
    bool _canVote = true;

    Role _role = Role.Follower;
    NodeId? _leader;
    long _commit;
    long _applied;

    /// <summary>Makes a server; its state is on the world's disk, if it ran before.</summary>
    /// <param name="world">Its world.</param>
    /// <param name="initial">The cluster at its birth, the same for all servers; those it does not name wait
    /// until they are added.</param>
    /// <param name="machine">The machine that the log drives, in its initial state.</param>
    /// <param name="options">The same for all servers.</param>
    public RaftServer(
        INodeWorld world, ClusterConfiguration initial, IReplicatedMachine machine, RaftOptions options)
    {
        _world = world;
        _options = options;
        _machine = machine;
        _initial = initial;
        _journal = new(world);
        _log = new(initial);
        _peerAt = new RaftPeer?[world.Nodes.Count];
    }

    enum Role : byte
    {
        Follower,
        PreCandidate,
        Candidate,
        Leader,
    }

    /// <summary>True while it believes that it leads.</summary>
    public bool IsLeader => _role == Role.Leader;

    /// <summary>True when it leads, takes proposals, and has applied all that earlier leaders
    /// acknowledged.</summary>
    public bool IsServing => TakesProposals && _applied >= _termStart;

    /// <summary>The server that it believes to lead; null where it knows none.</summary>
    public NodeId? Leader => _leader;

    /// <summary>Its term.</summary>
    public long Term => _term;

    /// <summary>The index up to which it knows entries to be committed: nothing up to there is ever taken
    /// back.</summary>
    public long CommitIndex => _commit;

    /// <summary>The index up to which the machine was stepped.</summary>
    public long AppliedIndex => _applied;

    /// <summary>The index of the last entry of its log.</summary>
    public long LastIndex => _log.LastIndex;

    /// <inheritdoc/>
    public void ShowState(StateSheet sheet)
    {
        sheet.Add("commit index", _commit);
        sheet.Add("last index", _log.LastIndex);
        sheet.Add("role", NameOf(_role));
        sheet.Add("term", _term);
    }

    static string NameOf(Role role) => role switch
    {
        Role.Leader => "leader",
        Role.Candidate => "candidate",
        Role.PreCandidate => "pre-candidate",
        _ => "follower",
    };

    // The monotonic clock: wall clocks jump.
    TimeSpan Now => _world.Clock.GetElapsedTime(0);

    /// <summary>Begins a life with what the disk kept.</summary>
    /// <exception cref="NodeStoppedException">The disk lost what it had promised to keep, and
    /// <see cref="RaftOptions.StopsWhenDamaged"/>.</exception>
    public void Start()
    {
        var isBirth = Recover();
        // A leader may hold a lease that this server's lost memory supported (thesis section 6.4.1).
        _heardLeader = _options.LeaseReads && !isBirth ? Now : Never;
        _waitingSince = Now;
        _timeout = DrawTimeout();
        var isFirst = isBirth && _options.FirstStandsAtBirth && _initial.Voters[0] == _world.Self;
        if ((isFirst || IsAlone) && MayStand())
            _tick = _world.SetTimer(TimeSpan.Zero, AskBeforeStanding);
        else
            Arm(_timeout);
    }

    /// <summary>Takes a message of another server.</summary>
    /// <returns>False when it is none of Raft's.</returns>
    public bool TryReceive(NodeId from, Message message)
    {
        switch (message)
        {
            case AppendEntries append:
                OnAppendEntries(from, append);
                return true;
            case AppendReply reply:
                OnAppendReply(from, reply);
                return true;
            case PreVote preVote:
                OnPreVote(from, preVote);
                return true;
            case PreVoteReply reply:
                OnPreVoteReply(from, reply);
                return true;
            case RequestVote request:
                OnRequestVote(from, request);
                return true;
            case VoteReply reply:
                OnVoteReply(from, reply);
                return true;
            case InstallSnapshot install:
                OnInstallSnapshot(from, install);
                return true;
            case TimeoutNow told:
                OnTimeoutNow(told);
                return true;
            default:
                return false;
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
        var isNewTerm = term > _term;
        if (isNewTerm)
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
        RefuseReads();
        _machine.StepDown();
        EndTransfer(isNewTerm ? MembershipOutcome.Done : MembershipOutcome.Lost);
        LoseChange();
        _waitingSince = Now;
        Arm(_timeout);
    }

    // Steps the machine up to an index, and makes a snapshot now and then of what is committed.
    void ApplyUpTo(long index)
    {
        var until = Math.Min(index, _log.LastIndex);
        while (_applied < until)
        {
            var entry = _log[++_applied];
            _machine.Apply(_applied, entry.Command);
        }

        var kept = Math.Min(_commit, _applied);
        if (kept - _log.Snapshot.Index >= _options.SnapshotEvery)
            TakeSnapshot(kept);
    }

    void Note(string text)
    {
        if (_world.IsTraced)
            _world.Trace($"{text} in term {_term}, log to {_log.LastIndex}, committed to {_commit}");
    }

    static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
