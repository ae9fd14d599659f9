using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Commits for a replica.</summary>
internal sealed record ReplicateCommits(IReadOnlyList<Commit> Commits, int Epoch, long Number) : Message
{
    const int Bytes = 120;

    public override int SizeBytes => EnvelopeBytes + (Bytes * Commits.Count);
}

/// <summary>A replica has them.</summary>
/// <param name="Number">The number of a message with commits.</param>
/// <param name="AndEarlier">True when it has those of all earlier messages as well.</param>
internal sealed record Replicated(long Number, bool AndEarlier) : Message;

/// <summary>The primary of a shard is there.</summary>
internal sealed record Heartbeat(Promoted Promoted) : Message;

/// <summary>A replica lacks commits.</summary>
internal sealed record Behind : Message;

/// <summary>All that the primary has, up to a message with commits.</summary>
internal sealed record Snapshot(DatabaseState State, long Number) : Message;

/// <summary>
/// How the instances of a shard agree on what they have: the primary sends its commits, some time later; a
/// replica that hears nothing of it takes over, and what the old primary had not sent is lost.
/// </summary>
internal sealed class ShardReplication
{
    readonly InstanceContext _context;
    readonly DatabasePart _part;
    readonly DatabaseState _state;
    readonly int _shard;
    readonly NodeId[] _copies;
    readonly int _self;
    readonly SortedDictionary<long, WaitingCommits> _unanswered = [];
    Promoted _leader;
    long _numbers;
    long _sentNs = long.MinValue;
    long _heardNs;

    public ShardReplication(InstanceContext context, DatabasePart part, DatabaseState state)
    {
        (_context, _part, _state) = (context, part, state);
        var each = 1 + part.Replicas;
        _shard = context.Instance / each;
        _self = context.Instance;
        _copies = context.Directory.Of(part.Name)[(_shard * each)..((_shard + 1) * each)];
        _leader = new(part.Name, _shard, _shard * each, 0, 0);
    }

    /// <summary>Whether this instance takes writes.</summary>
    public bool Leads => _leader.Instance == _self;

    INodeWorld World => _context.World;

    IEnumerable<NodeId> Others => _copies.Where(copy => copy != World.Self);

    public void Begin()
    {
        if (_part.Failover is { } silence)
        {
            _heardNs = World.Clock.GetTimestamp();
            World.SetTimer(silence / 4, Tick);
        }
    }

    /// <summary>Sends commits to the replicas, when their time has come.</summary>
    /// <param name="commits">In order.</param>
    /// <param name="done">To be called when as many replicas as must have them.</param>
    public void Replicate(IReadOnlyList<Commit> commits, Action done)
    {
        if (_part.Replicas == 0 || commits.Count == 0)
        {
            done();
            return;
        }

        var number = ++_numbers;
        var nowNs = World.Clock.GetTimestamp();
        // In order, as a log is.
        _sentNs = Math.Max(_sentNs, nowNs + _part.Lag.SampleNs(World.Random));
        World.SetTimer(TimeSpan.FromTicks((_sentNs - nowNs + 99) / 100), () => Send(commits, number));
        if (_part.SyncReplicas == 0)
            done();
        else
            _unanswered.Add(number, new(_part.SyncReplicas, done));
    }

    /// <summary>Takes a message between the instances of a shard; false where it is another one.</summary>
    public bool Take(NodeId from, Message message)
    {
        switch (message)
        {
            case ReplicateCommits commits:
                Apply(from, commits);
                return true;
            case Replicated replicated:
                Heard(replicated);
                return true;
            case Heartbeat heartbeat:
                Follow(heartbeat.Promoted);
                return true;
            case Promoted promoted:
                Follow(promoted);
                return true;
            case Behind:
                var copy = new DatabaseState();
                copy.CopyFrom(_state);
                World.Send(from, new Snapshot(copy, _numbers));
                return true;
            case Snapshot snapshot:
                Become(from, snapshot);
                return true;
            default:
                return false;
        }
    }

    void Become(NodeId from, Snapshot snapshot)
    {
        if (Leads || snapshot.State.Epoch < _state.Epoch)
            return;
        _state.CopyFrom(snapshot.State);
        if (_part.SyncReplicas > 0)
            World.Send(from, new Replicated(snapshot.Number, AndEarlier: true));
    }

    void Heard(Replicated replicated)
    {
        long[] numbers = replicated.AndEarlier
            ? [.. _unanswered.Keys.TakeWhile(number => number <= replicated.Number)] : [replicated.Number];
        foreach (var number in numbers)
            if (_unanswered.TryGetValue(number, out var waiting) && waiting.IsLast())
            {
                _unanswered.Remove(number);
                waiting.Done();
            }
    }

    void Send(IReadOnlyList<Commit> commits, long number)
    {
        foreach (var other in Others)
            World.Send(other, new ReplicateCommits(commits, _leader.Epoch, number));
    }

    void Apply(NodeId from, ReplicateCommits replicate)
    {
        if (replicate.Epoch < _leader.Epoch || Leads)
            return;
        _heardNs = World.Clock.GetTimestamp();
        foreach (var commit in replicate.Commits)
        {
            if (commit.Sequence <= _state.Sequence)
                continue;
            if (commit.Sequence > _state.Sequence + 1)
            {
                World.Send(from, new Behind());
                return;
            }

            _state.Apply(commit, _part.Dedup);
        }

        if (_part.SyncReplicas > 0)
            World.Send(from, new Replicated(replicate.Number, AndEarlier: false));
    }

    void Tick()
    {
        var silence = _part.Failover!.Value;
        if (Leads)
        {
            foreach (var other in Others)
                World.Send(other, new Heartbeat(_leader));
        }
        else if (World.Clock.GetTimestamp() - _heardNs > silence.Ticks * 100 * Turn)
        {
            TakeOver();
        }

        World.SetTimer(silence / 4, Tick);
    }

    // One after the other, so that two do not take over at once.
    int Turn
    {
        get
        {
            var copies = _copies.Length;
            var behind = (Array.IndexOf(_copies, World.Self)
                - (_leader.Instance - (_shard * copies)) + copies) % copies;
            return Math.Max(1, behind);
        }
    }

    void TakeOver()
    {
        _leader = new(_part.Name, _shard, _self, _leader.Epoch + 1, _state.Sequence);
        _state.Epoch = _leader.Epoch;
        foreach (var other in Others)
            World.Send(other, _leader);
        _context.TellCallers(_leader);
    }

    void Follow(Promoted promoted)
    {
        if (promoted.Epoch < _leader.Epoch)
            return;
        _heardNs = World.Clock.GetTimestamp();
        if (promoted.Epoch == _leader.Epoch)
            return;
        _leader = promoted;
        foreach (var request in _state.Follow(promoted.Sequence, promoted.Epoch))
            _context.Account.Ledger.Forget(request);
        _unanswered.Clear();
        World.Send(_copies[promoted.Instance - (_shard * _copies.Length)], new Behind());
    }

    /// <summary>Commits that some replicas must have.</summary>
    sealed class WaitingCommits(int replicas, Action done)
    {
        int _left = replicas;

        public Action Done => done;

        /// <summary>One more has them; true when that is enough.</summary>
        public bool IsLast() => --_left == 0;
    }
}
