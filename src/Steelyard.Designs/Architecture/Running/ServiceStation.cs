using Steelyard.Designs.Architecture.Parts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>An instance of a service; its workers may have to start first.</summary>
internal sealed class ServiceStation(InstanceContext context, ServicePart part) : Station(context, part)
{
    readonly SessionMemory _sessions = context.Kept.Of<SessionMemory>();

    // When each warm worker became idle; the latest is used first, so that others can go.
    readonly Ring<long> _idleSinceNs = new();

    /// <inheritdoc/>
    public override void Start()
    {
        base.Start();
        ForgetSessions();
        for (var warm = 0; warm < part.Warm; warm++)
            _idleSinceNs.AddLast(NowNs);
    }

    /// <inheritdoc/>
    protected override long WorkNs(Job job) =>
        base.WorkNs(job) + (part.ColdStart is { } cold && !TakeWarm() ? ColdStart(cold) : 0);

    /// <inheritdoc/>
    protected override void OnIdle()
    {
        if (part.ColdStart is not null)
            _idleSinceNs.AddLast(NowNs);
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
        if (part.State == ServicePart.NoState || job.Status != CallStatus.Ok)
            return;
        var request = job.Ask.Request;
        job.Reading = new(
            request.IsWrite ? Keep(request)
            : part.State == ServicePart.Token ? request.Carried : _sessions.VersionOf(request.Key));
    }

    // In a token it is the client's, who cannot lose it here.
    long Keep(Request request)
    {
        var version = Context.Account.Ledger.Commit(request.Id, request.Key, Context.Account.NowNs);
        if (part.State == ServicePart.InMemory)
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

    bool TakeWarm()
    {
        var keepNs = part.KeepWarm.Ticks * 100;
        while (_idleSinceNs.Count > part.Warm - Busy + 1 && _idleSinceNs.Count > 0
            && NowNs - _idleSinceNs.First > keepNs)
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
