using Steelyard.Designs.Requests;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.PrimaryBackup;

/// <summary>
/// One primary orders the requests and copies them to backups (Alsberg and Day 1976; Budhiraja et al.
/// 1993). Synchronous, it acknowledges what all have; asynchronous, what it has itself. With a single node
/// it is a plain durable server.
/// </summary>
internal sealed partial class PrimaryBackupNode : INode, ILeaderRole, IShowsState
{
    static readonly TimeSpan Never = TimeSpan.FromDays(-10_000);

    readonly INodeWorld _world;
    readonly PrimaryBackupOptions _options;
    readonly Func<IStateMachine> _createMachine;
    readonly Backup[] _backups;
    readonly Queue<(int Place, NodeId From)> _waiting = new();
    readonly List<Ordered> _log = [];
    SessionMachine _machine;
    Reign _reign;

    // Of the log: durable here, acknowledged by all who must have it, applied here.
    int _saved;
    int _committed;
    int _applied;

    // What was in the log at the start may have been acknowledged before: reads wait until it is applied
    // again.
    int _barrier;
    bool _damaged;
    TimeSpan _heard;
    TimeSpan _freshAsOf = Never;

    /// <summary>Makes a replica; its state is on the world's disk, if it ran before.</summary>
    /// <param name="world">Its world; all servers of it are replicas.</param>
    /// <param name="createMachine">Makes the machine that the requests drive, in its initial state.</param>
    /// <param name="options">The same for all replicas.</param>
    public PrimaryBackupNode(
        INodeWorld world, Func<IStateMachine> createMachine, PrimaryBackupOptions options)
    {
        _world = world;
        _options = options;
        _createMachine = createMachine;
        _machine = new(createMachine());
        _journal = new(world);
        _backups = world.Peers.Select(peer => new Backup(peer)).ToArray();
    }

    /// <inheritdoc/>
    public bool IsLeader => _reign.Primary == _world.Self.Index && !_damaged;

    /// <inheritdoc/>
    public void ShowState(StateSheet sheet)
    {
        sheet.Add("applied", _applied);
        sheet.Add("committed", _committed);
        sheet.Add("logged", _log.Count);
        sheet.Add("reign", _reign.Number);
        sheet.Add("role", _damaged ? "damaged" : IsLeader ? "primary" : "backup");
        sheet.Add("saved", _saved);
    }

    TimeSpan Now => _world.Clock.GetElapsedTime(0);

    /// <inheritdoc/>
    public void Start()
    {
        Recover();
        _barrier = _log.Count;
        _heard = Now;
        foreach (var backup in _backups)
            backup.Heard = Now;
        Advance();
        Beat();
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        switch (message)
        {
            case Request request:
                OnRequest(from, request);
                break;
            case Replicate replicate:
                OnReplicate(from, replicate);
                break;
            case ReplicateReply reply:
                OnReply(from, reply);
                break;
            default:
                throw new UnexpectedMessageException(_world.Self, from, message);
        }
    }

    void Beat()
    {
        if (IsLeader)
            SendToAll();
        else if (!_options.Synchronous && !_damaged && Now - _heard > Patience())
            TakeOver();
        _world.SetTimer(_options.Heartbeat, Beat);
    }

    // The earlier a backup stands in the row after the primary, the earlier it takes over.
    TimeSpan Patience()
    {
        var nodes = _world.Nodes.Count;
        var place = (_world.Self.Index - _reign.Primary + nodes) % nodes;
        return _options.Silence * ((1 + place) / 2.0);
    }

    // Asynchronous only. Nobody is asked: the old primary may be alive on the other side of a cut (a split
    // brain), and what it alone had acknowledged is lost. That is the trade, and the fault, of this
    // replication.
    void TakeOver()
    {
        _reign = new(_reign.Number + 1, _world.Self.Index);
        SaveReign();
        if (_world.IsTraced)
            _world.Trace($"takes over as primary of reign {_reign.Number}");
        foreach (var backup in _backups)
            (backup.Has, backup.Heard, backup.Awaited) = (-1, Now, false);
        _journal.WhenSaved(SendToAll);
    }

    void SendToAll()
    {
        foreach (var backup in _backups)
            SendLog(backup);
    }

    void SendLog(Backup backup)
    {
        backup.Awaited = true;
        // A backup new to the reign has not told yet what it has: it is asked with a message that fits
        // anywhere.
        var from = backup.Has < 0 ? 0 : backup.Has;
        // Only what is saved: after a crash the primary must not put another request where a backup has one
        // already.
        var requests = _saved > from ? _log.GetRange(from, _saved - from).ToArray() : [];
        var number = ++backup.Asked;
        // A primary that came back does not know yet how much of its log was acknowledged: whoever has
        // applied as much as it knows of may be far behind.
        var knownSince = _committed < _barrier ? Never : backup.BackupSent;
        _world.Send(backup.Id, new Replicate(_reign, from, requests, _committed, knownSince, number));
    }

    void OnReplicate(NodeId from, Replicate replicate)
    {
        if (_damaged || replicate.Reign.CompareTo(_reign) < 0)
            return;
        _heard = Now;
        if (replicate.Reign.CompareTo(_reign) > 0)
            Submit(replicate.Reign);
        if (replicate.From > _log.Count)
        {
            _world.Send(from, new ReplicateReply(_reign, -1, Now, replicate.Number));
            return;
        }

        for (var place = _log.Count; place < replicate.From + replicate.Requests.Length; place++)
            AddToLog(replicate.Requests[place - replicate.From]);
        _committed = Math.Max(_committed, Math.Min(replicate.Committed, _log.Count));
        Apply(_options.Synchronous ? _committed : _log.Count);
        if (_applied >= replicate.Committed)
            _freshAsOf = replicate.BackupSent > _freshAsOf ? replicate.BackupSent : _freshAsOf;
        var (reign, has) = (_reign, _log.Count);
        _journal.WhenSaved(() =>
        {
            if (reign == _reign)
                _world.Send(from, new ReplicateReply(reign, has, Now, replicate.Number));
        });
    }

    // A new primary's log replaces the own one, with whatever was acknowledged in it.
    void Submit(Reign reign)
    {
        if (_world.IsTraced)
            _world.Trace($"submits to reign {reign.Number} of {reign.Primary} and drops its own log");
        _reign = reign;
        while (_waiting.TryDequeue(out var write))
            _world.Send(write.From, new Refusal("primary deposed", new(reign.Primary), MayStillHappen: true));
        _log.Clear();
        _machine = new(_createMachine());
        (_saved, _committed, _applied, _barrier, _freshAsOf) = (0, 0, 0, 0, Never);
        RewriteAll();
    }

    void OnReply(NodeId from, ReplicateReply reply)
    {
        if (!IsLeader || reply.Reign != _reign)
            return;
        var backup = _backups[from.Index < _world.Self.Index ? from.Index : from.Index - 1];
        // Each message is answered once: a doubled reply, or one that a later one overtook, must not begin a
        // second conversation beside the first.
        if (reply.Number <= backup.Answered || reply.Number > backup.Asked)
            return;
        backup.Answered = reply.Number;
        backup.Awaited = backup.Answered != backup.Asked;
        backup.Heard = Now;
        backup.BackupSent = reply.BackupSent;
        // Only a restart makes a backup have less, and in that case it still has all it said it had.
        backup.Has = reply.Has < 0 ? -1 : Math.Max(backup.Has, reply.Has);
        Advance();
        if (!backup.Awaited && backup.Has < _saved && reply.Has >= 0)
            SendLog(backup);
    }

    void Advance()
    {
        if (!IsLeader)
            return;
        var done = _saved;
        if (_options.Synchronous)
            foreach (var backup in _backups)
                done = Math.Min(done, Math.Max(0, backup.Has));
        _committed = Math.Max(_committed, done);
        Apply(_committed);
    }

    void Apply(int until)
    {
        while (_applied < until)
        {
            var request = _log[_applied++];
            var answer = _machine.Apply(request.Id, request.Command);
            while (_waiting.TryPeek(out var first) && first.Place <= _applied)
            {
                _waiting.Dequeue();
                if (first.Place == _applied)
                    _world.Send(first.From, new Answer(answer, _applied));
            }
        }
    }

    sealed class Backup(NodeId id)
    {
        public NodeId Id { get; } = id;

        // How much of the log it has on disk; -1 when it has not said.
        public int Has { get; set; } = -1;

        public bool Awaited { get; set; }

        // The number of the latest message to it, and of the latest that it answered.
        public long Asked { get; set; }

        public long Answered { get; set; }

        public TimeSpan Heard { get; set; }

        public TimeSpan BackupSent { get; set; } = Never;
    }
}
