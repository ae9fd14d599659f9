using Steelyard.Worlds;
using Steelyard.Worlds.Storage;

namespace Steelyard.Services.Stores.Replication;

/// <summary>
/// The log of a store's commits, the same on all its hosts: Raft (Ongaro 2014, "Consensus: Bridging Theory
/// and Practice"; sections below are of it). A majority elects one primary for a term, and an entry that a
/// majority has on disk is never lost. What the ways to replicate differ in is only from when on an entry is
/// seen, and thus its commit acknowledged: then, or when the primary has it on disk, or at once.
/// </summary>
internal sealed partial class ReplicatedLog
{
    const int Nobody = -1;
    const int MostEntries = 64;

    // Long before any message, and safe to subtract from.
    static readonly TimeSpan s_never = TimeSpan.FromDays(-10_000);

    readonly INodeWorld _world;
    readonly StoreOptions _options;
    readonly IReplicatedState _state;
    readonly Peer[] _peers;
    readonly Journal _journal;
    readonly LogEntries _entries = new();
    readonly List<Confirmation> _confirmations = [];
    readonly bool _isFirst;

    // Durable before anything is said that depends on them.
    long _term;
    int _votedFor = Nobody;

    Role _role = Role.Follower;
    NodeId? _leader;
    long _commit;
    long _seen;
    long _saved;
    long _termStart;
    long _round;

    public ReplicatedLog(
        INodeWorld world, IReadOnlyList<NodeId> members, StoreOptions options, IReplicatedState state)
    {
        _world = world;
        _options = options;
        _state = state;
        _journal = new(world);
        _isFirst = members[0] == world.Self;
        _peers = [.. members.Where(member => member != world.Self).Select(member => new Peer(member))];
    }

    enum Role : byte
    {
        Follower,
        OnTrial,
        Candidate,
        Leader,
    }

    sealed record Confirmation(long Round, TaskCompletionSource<bool> Done);

    /// <summary>True while it believes that it is the primary.</summary>
    public bool IsLeader => _role == Role.Leader;

    /// <summary>True when it is the primary and has all that earlier ones acknowledged.</summary>
    public bool IsServing => IsLeader && _seen >= _termStart;

    /// <summary>The number that the next entry gets.</summary>
    public long Next => _entries.Last + 1;

    /// <summary>The host that it believes to be the primary; null where it knows none.</summary>
    public NodeId? Leader => _leader;

    /// <summary>The number up to which a majority has the log: nothing up to there is ever taken
    /// back.</summary>
    public long Commit => _commit;

    int Majority => ((_peers.Length + 1) / 2) + 1;

    // The monotonic clock: wall clocks jump.
    TimeSpan Now => _world.Clock.GetElapsedTime(0);

    TimeSpan Heartbeat => _options.FailoverTimeout / 3;

    /// <summary>Begins a life with what the disk kept.</summary>
    /// <exception cref="NodeStoppedException">The disk lost what it had promised to keep.</exception>
    public void Start()
    {
        var isBirth = Recover();
        _lastContact = s_never;
        _timeout = DrawTimeout();
        // At the birth of a store its first host becomes the primary at once, and one alone always does.
        var waits = _peers.Length > 0 && !(isBirth && _isFirst);
        _tick = _world.SetTimer(waits ? _timeout : TimeSpan.Zero, Tick);
    }

    /// <summary>A message of another host's log arrived.</summary>
    public void Receive(NodeId from, Message message)
    {
        switch (message)
        {
            case Shipment shipment:
                OnShipment(from, shipment);
                break;
            case Receipt receipt:
                OnReceipt(from, receipt);
                break;
            case VoteWanted wanted:
                OnVoteWanted(from, wanted);
                break;
            case Vote vote:
                OnVote(from, vote);
                break;
            case StateShipment shipment:
                OnStateShipment(from, shipment);
                break;
            default:
                throw new UnexpectedMessageException(_world.Self, from, message);
        }
    }

    /// <summary>Adds an entry; it is told as seen when its commit may be acknowledged.</summary>
    public void Append(IReadOnlyList<KeyValuePair<string, string?>> writes)
    {
        AddEntry(new(_term, writes));
        SaveOwn();
        Ship();
        Advance();
    }

    /// <summary>Completes with true when a majority has said, after this call, that this host is the
    /// primary; with false when it is no more (section 6.4).</summary>
    public Task<bool> Confirm()
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _confirmations.Add(new(++_round, done));
        foreach (var peer in _peers)
            if (!peer.IsAwaited)
                Ship(peer);
        SettleConfirmations();
        return done.Task;
    }

    /// <summary>Runs an action when everything added so far is on disk.</summary>
    public void Flush(Action done) => WhenSaved(done);

    void SettleConfirmations()
    {
        var confirmed = Agreed(_round, static peer => peer.Round);
        while (_confirmations.Count > 0 && _confirmations[0].Round <= confirmed)
        {
            _confirmations[0].Done.SetResult(true);
            _confirmations.RemoveAt(0);
        }
    }

    // What a majority has, the own part included.
    long Agreed(long own, Func<Peer, long> part)
    {
        long[] parts = [own, .. _peers.Select(part)];
        Array.Sort(parts);
        return parts[^Majority];
    }

    // A newer term makes whoever meets it a follower in that term (section 3.3).
    void MeetTerm(long term)
    {
        if (term > _term)
            Follow(term, leader: null);
    }

    void Follow(long term, NodeId? leader)
    {
        var hasLed = IsLeader;
        if (term > _term)
        {
            _term = term;
            _votedFor = Nobody;
            SaveTerm();
        }

        _role = Role.Follower;
        _leader = leader;
        _timeout = DrawTimeout();
        Arm(_timeout);
        if (!hasLed)
            return;
        Note("steps down");
        _confirmations.ForEach(one => one.Done.SetResult(false));
        _confirmations.Clear();
        _state.StepDown();
    }

    void ShowUpTo(long number)
    {
        while (_seen < number)
        {
            _seen++;
            _state.Show(_seen, _entries[_seen]);
        }
    }

    void Note(string what)
    {
        if (_world.IsTraced)
            _world.Trace($"{what} in term {_term}, last {_entries.Last}, commit {_commit}, seen {_seen}");
    }

    sealed class Peer(NodeId id)
    {
        public NodeId Id { get; } = id;

        public long Next { get; set; }

        public long Match { get; set; }

        public long Place { get; set; }

        public long Round { get; set; }

        public bool IsAwaited { get; set; }

        public TimeSpan Heard { get; set; }
    }
}
