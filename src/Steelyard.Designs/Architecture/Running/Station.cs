using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>
/// An instance that works at requests: a line, workers, and calls of other parts. What a kind of part does
/// besides, it does by overriding <see cref="Work"/>.
/// </summary>
internal class Station : INode, IDegradableNode
{
    readonly StationPart _part;
    readonly StationAdmission _admission;
    readonly JobLine _line;
    readonly Stack<Job> _free = new();
    readonly Standstill _standstill;
    readonly TimeProvider _clock;
    int _busy;
    int _life;
    bool _isStarting;
    bool _isAway;

    public Station(InstanceContext context, StationPart part)
    {
        Context = context;
        _part = part;
        _line = new(part.Order == StationPart.Lifo);
        _admission = new(part);
        _standstill = new(context.World, part);
        _clock = context.World.Clock;
        Callers = [.. part.Calls.Select((edge, index) => new Caller(context, edge, index, OnAnswered))];
    }

    public InstanceContext Context { get; }

    /// <summary>What is wrong with it by plan.</summary>
    protected Trouble Trouble { get; } = new();

    /// <summary>One for each part it calls.</summary>
    protected Caller[] Callers { get; }

    protected INodeWorld World => Context.World;

    protected InstanceMeter Meter => Context.Meter;

    /// <summary>Now, by the own clock, in ns.</summary>
    protected long NowNs => _clock.GetTimestamp();

    /// <summary>How many requests wait.</summary>
    protected int Waiting => _line.Count;

    /// <summary>How many workers are at work.</summary>
    protected int Busy => _busy;

    /// <inheritdoc/>
    public virtual void Start()
    {
        Meter.Begin(_part.Workers);
        _standstill.Begin();
        foreach (var caller in Callers)
            caller.Begin();
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        switch (message)
        {
            case CallAsk ask:
                Arrive(from, ask);
                break;
            case CallReply answer:
                Callers[Caller.EdgeOf(answer.Call)].Answered(answer);
                break;
            case HealthProbe probe:
                if (IsReady)
                    World.Send(from, new HealthProbeOk(probe.Edge));
                break;
            case HealthProbeOk ok:
                Callers[ok.Edge].Probed(from);
                break;
            case Announcement news:
                foreach (var caller in Callers)
                    caller.Learn(news);
                OnNews();
                break;
            case DatabaseNews news when news.Part != Context.Part.Name:
                foreach (var caller in Callers)
                    caller.Learn(news);
                break;
            default:
                if (!Take(from, message))
                    throw new UnexpectedMessageException(World.Self, from, message);
                break;
        }
    }

    /// <inheritdoc/>
    public virtual Action? Degrade(string how, double by, EffectMark effect) =>
        how == DegradeFault.Restart ? Leave(effect) : Trouble.Begin(how, by, effect);

    // Callers are told first; what still comes is done until its time is over.
    Action Leave(EffectMark effect)
    {
        effect.Set();
        Announce(isThere: false);
        var drain = World.SetTimer(_part.Drain, Stop);
        return () =>
        {
            World.CancelTimer(drain);
            if (!_isAway)
                Stop();
            _isAway = false;
            Meter.ComeBack();
            Announce(isThere: true);
        };
    }

    void Stop()
    {
        _isAway = true;
        Reset();
        Meter.Leave();
    }

    /// <summary>Tells whoever calls it that it can be called, or no more.</summary>
    protected void Announce(bool isThere) =>
        Context.TellCallers(new Announcement(Context.Part.Name, Context.Instance, isThere));

    /// <summary>Whether it takes requests.</summary>
    protected virtual bool IsReady => !_isAway && !_isStarting && !Trouble.Refuses;

    /// <summary>A request has come, whatever becomes of it.</summary>
    protected virtual void OnArrival(CallAsk ask)
    {
    }

    /// <summary>Instances of a part that it calls came or went.</summary>
    protected virtual void OnNews()
    {
    }

    /// <summary>A message of a kind that only this kind of part knows; false where it does not.</summary>
    protected virtual bool Take(NodeId from, Message message) => false;

    /// <summary>How long a worker works at a request, beside its calls.</summary>
    protected virtual long WorkNs(Job job) =>
        _part.Time.SampleNs(World.Random) + ((job.Ask.Items - 1) * _part.PerItem.Ticks * 100);

    /// <summary>The worker's own work is done: what comes next ends in <see cref="Finish"/>.</summary>
    protected virtual void Work(Job job)
    {
        if (_part.Frees)
            Release(job);
        if (_part.Parallel)
            CallAll(job);
        else
            CallNext(job);
    }

    /// <summary>A call of a job ended, and the others still run on.</summary>
    protected virtual void Took(Job job, Edge edge, CallStatus status, Reading reading)
    {
        if (status is not (CallStatus.Ok or CallStatus.Miss))
            job.Status = status;
        if (status == CallStatus.Miss)
            job.Reading = job.Reading with { Lease = reading.Lease };
        else if (reading.Version != Reading.Unknown
            && (reading.Version > job.Reading.Version || edge.When != Edge.Writes))
            job.Reading = reading with { Lease = job.Reading.Lease };
    }

    /// <summary>A call ended that is no job's.</summary>
    protected virtual void Other(object owner, CallStatus status, Reading reading)
    {
    }

    /// <summary>A request comes.</summary>
    /// <param name="from">Who is to be answered.</param>
    /// <param name="ask">What it is.</param>
    protected void Arrive(NodeId from, CallAsk ask)
    {
        Meter.Arrived();
        OnArrival(ask);
        if (!HasIdleWorker)
            Meter.FoundNoneIdle();
        var refusal = IsReady ? _admission.Refusal(NowNs, _line.Count, _busy) : CallStatus.Unavailable;
        if (refusal != CallStatus.Ok)
        {
            Meter.Refused(refusal);
            World.Send(from, new CallReply(ask.Call, refusal, default));
            return;
        }

        var job = _free.Count > 0 ? _free.Pop() : new(this);
        job.Begin(from, ask, NowNs, _life);
        if (HasIdleWorker)
            Begin(job);
        else
            Enqueue(job);
        if (_part.Memory is { } most && _line.Count + _busy > most)
            RunOutOfMemory();
    }

    // The process is killed and starts again: whoever waits for it hears nothing.
    void RunOutOfMemory()
    {
        Meter.RanOutOfMemory();
        Reset();
        _isStarting = true;
        World.SetTimer(_part.StartUp, () => _isStarting = false);
    }

    /// <summary>Forgets all it was at.</summary>
    protected virtual void Reset()
    {
        _life++;
        _busy = 0;
        _line.Clear();
        _free.Clear();
        Meter.Begin(_part.Workers);
        foreach (var caller in Callers)
            caller.Reset();
    }

    /// <summary>Whether a worker is free.</summary>
    protected virtual bool HasIdleWorker => _busy < (_part.Workers ?? int.MaxValue);

    void Enqueue(Job job)
    {
        _line.Add(job);
        Meter.Waits(1);
    }

    void Begin(Job job)
    {
        _busy++;
        Meter.Works(1);
        job.HoldsWorker = true;
        job.StoodStillNs = _standstill.TotalNs;
        var ns = (long)(WorkNs(job) * Trouble.Slowness) + _standstill.RemainingNs;
        Meter.WorksItself(ns);
        if (ns <= 0)
            Work(job);
        else
            World.SetTimer(TimeSpan.FromTicks((ns + 50) / 100), job.Served);
    }

    /// <summary>The time is up, unless everything stood still meanwhile.</summary>
    public void OnServed(Job job)
    {
        if (job.Life != _life)
            return;
        var missed = _standstill.TotalNs - job.StoodStillNs;
        if (missed > 0)
        {
            job.StoodStillNs += missed;
            World.SetTimer(TimeSpan.FromTicks(missed / 100), job.Served);
            return;
        }

        Work(job);
    }

    void CallNext(Job job)
    {
        while (job.Step < Callers.Length)
        {
            var caller = Callers[job.Step++];
            if (!caller.IsFor(job.Ask.Request))
                continue;
            if (CallOne(job, caller))
                return;
        }

        Finish(job);
    }

    void CallAll(Job job)
    {
        // One more than there are, so that answers that come at once do not end it before all are made.
        job.Open = 1;
        foreach (var caller in Callers)
            if (caller.IsFor(job.Ask.Request))
                _ = CallOne(job, caller);
        job.Step = Callers.Length;
        if (--job.Open == 0)
            Finish(job);
    }

    // True where the job waits for it.
    bool CallOne(Job job, Caller caller)
    {
        var ask = job.Ask;
        var left = caller.ItemsOf(ask.Request, ask.Weight);
        var most = caller.Edge.Chunk ?? left;
        var calls = caller.Edge.Fan * ((left + most - 1) / most);
        var owner = caller.Edge.Async ? null : job;
        job.Open += owner is null ? 0 : calls;
        for (; left > 0; left -= most)
            for (var call = 0; call < caller.Edge.Fan; call++)
                caller.Call(
                    ask.Request, ask.Batch, owner, owner is null ? long.MaxValue : job.DeadlineNs,
                    Math.Min(left, most));
        return owner is not null;
    }

    void OnAnswered(Caller caller, object? owner, CallStatus status, Reading reading)
    {
        if (owner is not Job job)
        {
            if (owner is not null)
                Other(owner, status, reading);
            return;
        }

        if (job.Life != _life)
            return;
        // Without its cache a caller asks whoever keeps it.
        if (caller.IsCache && status != CallStatus.Ok)
            (status, reading) = (CallStatus.Miss, status == CallStatus.Miss ? reading : default);
        Took(job, caller.Edge, status, reading);
        if (--job.Open > 0)
            return;
        var isOver = job.Status != CallStatus.Ok || job.Step >= Callers.Length
            || (status == CallStatus.Ok && caller.IsCache && !job.Ask.Request.IsWrite);
        if (isOver)
            Finish(job);
        else
            CallNext(job);
    }

    /// <summary>Answers a job with how it stands, and frees its worker.</summary>
    protected void Finish(Job job)
    {
        Answered(job);
        Meter.Answered(job.Status, NowNs - job.ArrivedNs);
        if (job.Status == CallStatus.Ok)
            Meter.Worked(job.Ask.Items);
        World.Send(job.From, new CallReply(job.Ask.Call, job.Status, job.Reading));
        End(job);
    }

    /// <summary>A job is to be answered now.</summary>
    protected virtual void Answered(Job job)
    {
        if (job.Status != CallStatus.Ok)
            return;
        foreach (var caller in Callers)
            if (caller.IsCache)
                caller.TellCache(job);
    }

    /// <summary>Ends a job that is answered, or that nobody waits for.</summary>
    protected void End(Job job)
    {
        Release(job);
        _free.Push(job);
    }

    /// <summary>Frees the worker of a job for another.</summary>
    protected void Release(Job job)
    {
        if (!job.HoldsWorker)
            return;
        job.HoldsWorker = false;
        _busy--;
        Meter.Works(-1);
        OnIdle();
        TakeNext();
    }

    /// <summary>A worker has become idle.</summary>
    protected virtual void OnIdle()
    {
    }

    void TakeNext()
    {
        while (_line.Count > 0 && HasIdleWorker)
        {
            var job = _line.Take();
            Meter.Waits(-1);
            if (_part.DropExpired && NowNs >= job.DeadlineNs)
            {
                Meter.Expired();
                _free.Push(job);
                continue;
            }

            Begin(job);
            return;
        }
    }
}
