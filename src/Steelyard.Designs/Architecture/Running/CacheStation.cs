using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Tells a cache what was looked up.</summary>
internal sealed record Fill(int Key, Reading Reading) : Message;

/// <summary>Tells a cache that a key was written.</summary>
internal sealed record Invalidate(int Key) : Message;

/// <summary>An instance of a cache.</summary>
internal sealed class CacheStation : Station
{
    readonly CachePart _part;
    readonly CacheStore _store;
    readonly Dictionary<int, List<Job>> _lookedUp = [];
    readonly Dictionary<int, Loan> _lent = [];
    readonly SortedDictionary<int, List<ClientRequest>> _unwritten = [];
    readonly Dictionary<int, int> _onTheirWay = [];
    bool _isFlushing;

    public CacheStation(InstanceContext context, CachePart part)
        : base(context, part)
    {
        _part = part;
        _store = new(part, context.Graph.Keys);
    }

    /// <inheritdoc/>
    public override Action? Degrade(string how, double by, EffectMark effect)
    {
        if (how != DegradeFault.Flush)
            return base.Degrade(how, by, effect);
        if (_store.Flush())
            effect.Set();
        return null;
    }

    /// <inheritdoc/>
    public override void Start()
    {
        base.Start();
        var life = Context.Kept.Of<Lives>();
        if (_part.Warm && life.Begun++ == 0)
            _store.Warm(NowNs);
    }

    /// <inheritdoc/>
    protected override void Reset()
    {
        base.Reset();
        _lookedUp.Clear();
        _lent.Clear();
        _unwritten.Clear();
        _onTheirWay.Clear();
        _ = _store.Flush();
    }

    /// <inheritdoc/>
    protected override bool Take(NodeId from, Message message)
    {
        switch (message)
        {
            case Fill fill:
                Filled(fill.Key, fill.Reading, _store.Fill(fill.Key, fill.Reading, NowNs));
                return true;
            case Invalidate invalidate:
                _store.Drop(invalidate.Key);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override void Work(Job job)
    {
        var request = job.Ask.Request;
        if (request.IsWrite)
            Write(job, request);
        else
            Read(job, request.Key);
    }

    void Read(Job job, int key)
    {
        if (_unwritten.ContainsKey(key) || _onTheirWay.ContainsKey(key))
        {
            Hit(job, Reading.Newest);
            return;
        }

        switch (_store.Look(key, NowNs, out var version))
        {
            case CacheHit.Fresh:
                Hit(job, version);
                break;
            case CacheHit.Stale when _part.Mode == CachePart.Aside:
                if (_lent.ContainsKey(key))
                    Hit(job, version);
                else
                    Miss(job, key);
                break;
            case CacheHit.Stale:
                Hit(job, version, andFinish: false);
                if (!_lookedUp.ContainsKey(key))
                    Refresh(job.Ask.Request);
                Finish(job);
                break;
            default:
                Miss(job, key);
                break;
        }
    }

    void Hit(Job job, long version, bool andFinish = true)
    {
        Meter.Hit();
        job.Reading = new(version);
        if (andFinish)
            Finish(job);
    }

    void Miss(Job job, int key)
    {
        Meter.Missed();
        if (_part.Mode == CachePart.Aside)
        {
            MissBeside(job, key);
            return;
        }

        if (_part.Coalesce && _lookedUp.TryGetValue(key, out var others))
        {
            others.Add(job);
            return;
        }

        if (_part.Coalesce)
            _lookedUp.Add(key, []);
        _ = _store.Lease(key);
        base.Work(job);
    }

    void MissBeside(Job job, int key)
    {
        if (_part.IsOneAtATime && _lent.TryGetValue(key, out var loan))
        {
            // It is its caller who waits, and no worker.
            Release(job);
            loan.Others.AddLast(job);
            return;
        }

        Lend(job, key);
    }

    // Whoever is told of the loss is to fill it.
    void Lend(Job job, int key)
    {
        var lease = _store.Lease(key);
        if (_part.IsOneAtATime || _part.StaleWhileRevalidate > TimeSpan.Zero)
            Await(key, lease);
        job.Status = CallStatus.Miss;
        job.Reading = new(0, lease);
        Finish(job);
    }

    void Await(int key, long lease)
    {
        if (_lent.TryGetValue(key, out var loan))
            loan.Lease = lease;
        else
            _lent.Add(key, new() { Lease = lease });
        World.SetTimer(_part.LeaseFor, () =>
        {
            // It has not done so: it failed, or is gone.
            if (_lent.TryGetValue(key, out var late) && late.Lease == lease)
                LendToNext(key, late);
        });
    }

    void LendToNext(int key, Loan loan)
    {
        if (loan.Others.Count > 0)
            Lend(loan.Others.TakeFirst(), key);
        else
            _lent.Remove(key);
    }

    void Filled(int key, Reading reading, bool isHeld)
    {
        if (!_lent.TryGetValue(key, out var loan) || loan.Lease != reading.Lease)
            return;
        if (!isHeld)
        {
            LendToNext(key, loan);
            return;
        }

        _lent.Remove(key);
        while (loan.Others.Count > 0)
        {
            var other = loan.Others.TakeFirst();
            other.Reading = new(reading.Version);
            Finish(other);
        }
    }

    // Its answer fills the cache; nobody waits for it.
    void Refresh(ClientRequest request)
    {
        _lookedUp.Add(request.Key, []);
        Callers[0].Call(request, batch: null, new Refreshing(request.Key), long.MaxValue);
    }

    /// <inheritdoc/>
    protected override void Other(object owner, CallStatus status, Reading reading)
    {
        switch (owner)
        {
            case Refreshing { Key: var key }:
                if (status == CallStatus.Ok)
                    _store.Put(key, reading.Version, NowNs);
                AnswerOthers(key, status, reading);
                break;
            case Flushing flushing:
                Flushed(flushing, status, reading);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void Answered(Job job)
    {
        var request = job.Ask.Request;
        if (_part.Mode == CachePart.Aside)
            return;
        if (request.IsWrite)
            AfterWrite(job, request);
        else if (job.Step > 0)
            AfterLookUp(job, request);
    }

    void AfterLookUp(Job job, ClientRequest request)
    {
        if (job.Status == CallStatus.Ok)
            _store.Put(request.Key, job.Reading.Version, NowNs);
        AnswerOthers(request.Key, job.Status, job.Reading);
    }

    void AnswerOthers(int key, CallStatus status, Reading reading)
    {
        if (!_lookedUp.Remove(key, out var others))
            return;
        foreach (var other in others)
        {
            (other.Status, other.Reading) = (status, reading);
            Finish(other);
        }
    }

    void Write(Job job, ClientRequest request)
    {
        if (_part.Mode == CachePart.WriteBehind)
            Keep(job, request);
        else if (_part.Mode == CachePart.Aside)
            Finish(job);
        else
            base.Work(job);
    }

    // Acknowledged before the store has it: its version is not known yet.
    void Keep(Job job, ClientRequest request)
    {
        if (!_unwritten.TryGetValue(request.Key, out var others))
            _unwritten.Add(request.Key, others = []);
        others.Add(request);
        Finish(job);
        FlushLater();
    }

    void FlushLater()
    {
        if (_isFlushing)
            return;
        _isFlushing = true;
        World.SetTimer(_part.Flush, FlushWrites);
    }

    void AfterWrite(Job job, ClientRequest request)
    {
        if (job.Status != CallStatus.Ok)
            _store.Drop(request.Key);
        else if (_part.Mode == CachePart.WriteThrough)
            _store.Put(request.Key, job.Reading.Version, NowNs);
        else if (_part.Mode == CachePart.ReadThrough)
            _store.Drop(request.Key);
    }

    // All that was written of a key goes as one.
    void FlushWrites()
    {
        _isFlushing = false;
        foreach (var (key, requests) in _unwritten)
        {
            _onTheirWay[key] = _onTheirWay.GetValueOrDefault(key) + 1;
            Callers[0].Call(requests[^1], requests, new Flushing(key, requests), long.MaxValue);
        }

        _unwritten.Clear();
    }

    // What the store did not take is tried again with the next flush.
    void Flushed(Flushing flushing, CallStatus status, Reading reading)
    {
        if (--_onTheirWay[flushing.Key] == 0)
            _onTheirWay.Remove(flushing.Key);
        if (status == CallStatus.Ok)
        {
            _store.Put(flushing.Key, reading.Version, NowNs);
            return;
        }

        if (_unwritten.TryGetValue(flushing.Key, out var later))
            later.InsertRange(0, flushing.Requests);
        else
            _unwritten.Add(flushing.Key, [.. flushing.Requests]);
        FlushLater();
    }

    /// <summary>The right to fill a key, and who waits until that is done.</summary>
    sealed class Loan
    {
        public long Lease { get; set; }

        public Ring<Job> Others { get; } = new();
    }

    /// <summary>How often it has begun.</summary>
    sealed class Lives
    {
        public int Begun { get; set; }
    }

    /// <summary>A key that is looked up though nobody waits.</summary>
    sealed record Refreshing(int Key);

    /// <summary>Writes on their way to the store.</summary>
    sealed record Flushing(int Key, IReadOnlyList<ClientRequest> Requests);
}
