using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>An instance of a database: the primary of its shard, or a replica that follows it.</summary>
internal sealed class DatabaseStation : Station
{
    readonly DatabasePart _part;
    readonly DatabaseState _state;
    readonly DatabaseDisk _disk;
    readonly LockedRows _locks;
    readonly CommitLog _log;
    readonly ShardReplication _replication;

    // Null where no slot may move.
    readonly SlotMoves? _moves;

    public DatabaseStation(InstanceContext context, DatabasePart part)
        : base(context, part)
    {
        _part = part;
        _state = context.Kept.Of<DatabaseState>();
        _disk = new(part, context);
        _locks = new(part.Locks, Meter.Database.Rows);
        _log = new(context.World, part.Sync, part.Group, Meter.Database.Log, Commit);
        _replication = new(context, part, _state);
        if (part.Rebalances)
            _moves = new(context, part, _state, _disk, _replication) { Resume = Resume };
    }

    /// <inheritdoc/>
    public override void Start()
    {
        base.Start();
        _replication.Begin();
    }

    /// <inheritdoc/>
    protected override bool Take(NodeId from, Message message)
    {
        if (message is not Forwarded forwarded)
            return _replication.Take(from, message) || (_moves is not null && _moves.Take(from, message));
        Arrive(forwarded.From, forwarded.Ask);
        return true;
    }

    /// <inheritdoc/>
    protected override void OnArrival(CallAsk ask) => _moves?.Asked(ask.Request);

    // A write takes its time when it has its row.
    /// <inheritdoc/>
    protected override long WorkNs(Job job) => job.Ask.Request is var request
        && (request.IsWrite || _moves?.ElsewhereOf(request.Key) is not null) ? 0 : base.WorkNs(job);

    /// <inheritdoc/>
    protected override void Work(Job job)
    {
        if (_moves is not null && IsKeptFrom(job))
            return;
        if (job.Ask.Request.IsWrite)
            _locks.Take(job.Ask.Request.Key, () => Write(job));
        else
            _disk.Read(() => Read(job));
    }

    // By a move of its slot.
    bool IsKeptFrom(Job job)
    {
        var request = job.Ask.Request;
        if (_moves!.ElsewhereOf(request.Key) is not { } to)
            return request.IsWrite && _moves.HoldsBack(job);
        SendOn(job, to);
        return true;
    }

    // Whoever has it now answers.
    void SendOn(Job job, NodeId to)
    {
        World.Send(to, new Forwarded(job.From, job.Ask));
        End(job);
    }

    // They waited before they took their row, or with it until they would have been committed.
    void Resume(IReadOnlyList<Job> jobs)
    {
        foreach (var job in jobs.Where(job => job.HasRow))
            Log(job);
        foreach (var job in jobs.Where(job => !job.HasRow))
            Work(job);
    }

    IReadOnlyList<Job> OfThisShard(IReadOnlyList<Job> jobs)
    {
        var here = new List<Job>();
        foreach (var job in jobs)
        {
            var key = job.Ask.Request.Key;
            if (_moves!.ElsewhereOf(key) is { } to)
            {
                _locks.Release(key);
                SendOn(job, to);
            }
            else if (!_moves.HoldsBack(job))
            {
                here.Add(job);
            }
        }

        return here;
    }

    void Read(Job job)
    {
        job.Reading = new(_state.VersionOf(job.Ask.Request.Key));
        Finish(job);
    }

    void Write(Job job)
    {
        var ns = (_part.WriteTime.SampleNs(World.Random) + ((job.Ask.Items - 1) * _part.PerItem.Ticks * 100))
            * Trouble.Slowness;
        World.SetTimer(
            TimeSpan.FromTicks((long)ns / 100), () => _disk.Write(job.Ask.Items, () => Log(job)));
    }

    void Log(Job job)
    {
        job.HasRow = true;
        job.WaitsSinceNs = Context.Account.NowNs;
        _log.Add(job);
    }

    // Durable from here on.
    void Commit(IReadOnlyList<Job> jobs)
    {
        var syncedNs = Context.Account.NowNs;
        foreach (var job in jobs)
            Meter.Database.WaitedForLog(syncedNs - job.WaitsSinceNs);
        if (!_replication.Leads)
        {
            foreach (var job in jobs)
                End(job, CallStatus.Unavailable);
            return;
        }

        if (_moves is not null)
            jobs = OfThisShard(jobs);
        var commits = new List<Commit>();
        foreach (var job in jobs)
            job.Reading = new(Commit(job.Ask, commits));
        _replication.Replicate(commits, () =>
        {
            Meter.Database.WaitedForReplicas((Context.Account.NowNs - syncedNs) * jobs.Count);
            foreach (var job in jobs)
                End(job, CallStatus.Ok);
        });
    }

    // The version that the last of its writes made.
    long Commit(CallAsk ask, List<Commit> commits)
    {
        foreach (var request in ask.Batch ?? [ask.Request])
        {
            if (_part.Dedup && _state.HasSeen(request.Id))
                continue;
            var version = Context.Account.Ledger.Commit(request.Id, request.Key, Context.Account.NowNs);
            var commit = new Commit(_state.Sequence + 1, request.Key, version, request.Id);
            _state.Apply(commit, _part.Dedup);
            commits.Add(commit);
            _moves?.Committed(commit);
        }

        return _state.VersionOf(ask.Request.Key);
    }

    void End(Job job, CallStatus status)
    {
        job.Status = status;
        _locks.Release(job.Ask.Request.Key);
        Finish(job);
    }
}

/// <summary>Rows that are being written: who else would write one waits, with its worker.</summary>
internal sealed class LockedRows
{
    readonly bool _areHeld;
    readonly RowMeter _meter;
    readonly Dictionary<int, Queue<(long SinceNs, Action Taken)>> _waiting = [];

    public LockedRows(bool areHeld, RowMeter meter)
    {
        (_areHeld, _meter) = (areHeld, meter);
        meter.Begin();
    }

    public void Take(int key, Action taken)
    {
        if (_areHeld && !_waiting.TryAdd(key, new()))
        {
            _waiting[key].Enqueue((_meter.NowNs, taken));
            return;
        }

        if (_areHeld)
            _meter.Taken(key);
        taken();
    }

    public void Release(int key)
    {
        if (!_areHeld)
            return;
        if (_waiting[key].TryDequeue(out var next))
        {
            _meter.Waited(next.SinceNs);
            next.Taken();
            return;
        }

        _waiting.Remove(key);
        _meter.Freed(key);
    }
}

/// <summary>Group commit: writes that come during a sync are committed together by the next one.</summary>
internal sealed class CommitLog(
    INodeWorld world, TakesTime sync, int most, BusyTime busy, Action<IReadOnlyList<Job>> synced)
{
    List<Job> _next = [];
    bool _isSyncing;

    public void Add(Job job)
    {
        _next.Add(job);
        if (!_isSyncing)
            Sync();
    }

    void Sync()
    {
        var group = _next;
        _next = [];
        if (group.Count > most)
        {
            _next = group.GetRange(most, group.Count - most);
            group.RemoveRange(most, group.Count - most);
        }

        _isSyncing = true;
        var ns = sync.SampleNs(world.Random);
        busy.WillBe(0, ns, (double)group.Count / most);
        if (ns <= 0)
            Synced(group);
        else
            world.SetTimer(TimeSpan.FromTicks(ns / 100), () => Synced(group));
    }

    void Synced(IReadOnlyList<Job> group)
    {
        _isSyncing = false;
        synced(group);
        if (_next.Count > 0 && !_isSyncing)
            Sync();
    }
}
