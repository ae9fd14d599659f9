using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>An instance of a service: its workers may have to start first, and it may come and go
/// itself.</summary>
internal sealed class ServiceStation : Station
{
    readonly ServicePart _part;
    readonly ScaledLife _life;
    readonly SessionMemory _sessions;
    readonly UsageCount _usage;

    // When each warm worker became idle; the latest is used first, so that others can go.
    readonly Ring<long> _idleSinceNs = new();

    bool _drains;

    public ServiceStation(InstanceContext context, ServicePart part)
        : base(context, part)
    {
        _part = part;
        (_life, _sessions) = (context.Kept.Of<ServiceState>().Life, context.Kept.Of<ServiceState>().Sessions);
        _life.Begin(isThere: context.Instance < part.AtStart);
        _usage = new(context.Meter);
    }

    /// <inheritdoc/>
    public override void Start()
    {
        base.Start();
        ForgetSessions();
        for (var warm = 0; warm < _part.Warm; warm++)
            _idleSinceNs.AddLast(NowNs);
        if (!_life.IsThere)
            Meter.Leave();
    }

    /// <inheritdoc/>
    protected override bool IsReady => (_life.IsReady || _drains) && base.IsReady;

    /// <inheritdoc/>
    protected override bool Take(NodeId from, Message message)
    {
        switch (message)
        {
            case UsageAsk:
                World.Send(from, _usage.SinceLast(Waiting));
                return true;
            case Scale { Starts: true } scale:
                ComeUp(scale.After);
                return true;
            case Scale:
                GoDown();
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override long WorkNs(Job job) =>
        base.WorkNs(job) + (_part.ColdStart is { } cold && !TakeWarm() ? ColdStart(cold) : 0);

    /// <inheritdoc/>
    protected override void OnIdle()
    {
        if (_part.ColdStart is not null)
            _idleSinceNs.AddLast(NowNs);
        LeaveWhenIdle();
    }

    /// <inheritdoc/>
    protected override void Reset()
    {
        base.Reset();
        ForgetSessions();
        _idleSinceNs.Clear();
    }

    /// <inheritdoc/>
    protected override void Answered(Job job)
    {
        base.Answered(job);
        if (_part.State == ServicePart.NoState || job.Status != CallStatus.Ok)
            return;
        var request = job.Ask.Request;
        job.Reading = new(
            request.IsWrite ? Keep(request)
            : _part.State == ServicePart.Token ? request.Carried : _sessions.VersionOf(request.Key));
    }

    // In a token it is the client's, who cannot lose it here.
    long Keep(ClientRequest request)
    {
        var version = Context.Account.Ledger.Commit(request.Id, request.Key, Context.Account.NowNs);
        if (_part.State == ServicePart.InMemory)
            _sessions.Remember(request, version);
        return version;
    }

    void ForgetSessions()
    {
        Meter.LostSessions(_sessions.Count);
        foreach (var request in _sessions.Writes)
            Context.Account.Ledger.Forget(request);
        _sessions.Clear();
    }

    void ComeUp(TimeSpan after)
    {
        if (!_life.Start())
            return;
        _drains = false;
        Meter.ComeBack();
        var turn = _life.Turn;
        World.SetTimer(after, () =>
        {
            if (turn == _life.Turn)
                BeReady();
        });
    }

    void BeReady()
    {
        _life.IsReady = true;
        Meter.BeReady();
        _usage.Forget();
        Announce(isThere: true);
    }

    // Callers are told first; what still comes is done until its time is over, and what came before is.
    void GoDown()
    {
        if (!_life.Stop())
            return;
        Announce(isThere: false);
        _drains = true;
        var turn = _life.Turn;
        World.SetTimer(_part.Drain, () =>
        {
            if (turn != _life.Turn)
                return;
            _drains = false;
            LeaveWhenIdle();
        });
    }

    void LeaveWhenIdle()
    {
        if (_life.IsThere || _drains || Busy > 0 || Waiting > 0)
            return;
        ForgetSessions();
        Meter.Leave();
    }

    bool TakeWarm()
    {
        var keepNs = _part.KeepWarm.Ticks * 100;
        while (_idleSinceNs.Count > Math.Max(0, _part.Warm - Busy + 1) && NowNs - _idleSinceNs.First > keepNs)
            _idleSinceNs.TakeFirst();
        if (_idleSinceNs.Count == 0)
            return false;
        _idleSinceNs.TakeLast();
        return true;
    }

    long ColdStart(TimeSpan cold)
    {
        Meter.ColdStart();
        return cold.Ticks * 100;
    }
}

/// <summary>Whether an instance that may come and go is there; a crash does not change what was wanted of
/// it.</summary>
internal sealed class ScaledLife
{
    bool _hasBegun;

    /// <summary>Whether it is wanted.</summary>
    public bool IsThere { get; private set; }

    /// <summary>Whether it has started.</summary>
    public bool IsReady { get; set; }

    /// <summary>Moves on whenever it is wanted, or no more.</summary>
    public int Turn { get; private set; }

    public void Begin(bool isThere)
    {
        if (_hasBegun)
            return;
        (_hasBegun, IsThere, IsReady) = (true, isThere, isThere);
    }

    /// <summary>It is wanted; false where it was.</summary>
    public bool Start()
    {
        if (IsThere)
            return false;
        (IsThere, IsReady) = (true, false);
        Turn++;
        return true;
    }

    /// <summary>It is wanted no more; false where it was not.</summary>
    public bool Stop()
    {
        if (!IsThere)
            return false;
        (IsThere, IsReady) = (false, false);
        Turn++;
        return true;
    }
}

/// <summary>What outlives a crash of an instance of a service; what it remembered is found to be lost when it
/// starts again.</summary>
internal sealed class ServiceState
{
    public ScaledLife Life { get; } = new();

    public SessionMemory Sessions { get; } = new();
}
