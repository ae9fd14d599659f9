using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>
/// Holds what comes while a service has no instance, and hands it on when there is one: no more at once than
/// the workers that are there (Knative's activator, knative/serving, pkg/activator/net/throttler.go). Callers
/// go to instances directly as soon as they know of one.
/// </summary>
internal sealed class ActivatorStation : Station
{
    readonly ActivatorPart _part;
    readonly NodeId _scaler;
    readonly UsageCount _usage;
    readonly List<Job> _held = [];
    int _underWay;
    long _handedOn;
    bool _hasPoked;

    public ActivatorStation(InstanceContext context, ActivatorPart part)
        : base(context, part)
    {
        _part = part;
        _scaler = context.Directory.Of(ScalerPart.NameFor(part.Service.Name))[0];
        _usage = new(context.Meter);
    }

    int Room => (Callers[0].Up * _part.Service.Workers!.Value) - _underWay;

    /// <inheritdoc/>
    protected override void Work(Job job)
    {
        Release(job);
        if (Room > 0 && _held.Count == 0)
            HandOn(job);
        else
            Hold(job);
    }

    /// <inheritdoc/>
    protected override bool Take(NodeId from, Message message)
    {
        if (message is not UsageAsk)
            return false;
        // What it handed on is counted where it went.
        World.Send(from, _usage.SinceLast(_held.Count) is var usage
            ? usage with { BusySeconds = 0, Came = usage.Came - _handedOn } : usage);
        _handedOn = 0;
        return true;
    }

    /// <inheritdoc/>
    protected override void OnNews()
    {
        _hasPoked &= Callers[0].Up == 0;
        HandOnHeld();
    }

    /// <inheritdoc/>
    protected override void Took(Job job, Edge edge, CallStatus status, Reading reading)
    {
        base.Took(job, edge, status, reading);
        _underWay--;
    }

    /// <inheritdoc/>
    protected override void Answered(Job job)
    {
        base.Answered(job);
        HandOnHeld();
    }

    /// <inheritdoc/>
    protected override void Reset()
    {
        base.Reset();
        _held.Clear();
        (_underWay, _hasPoked) = (0, false);
    }

    void Hold(Job job)
    {
        if (_held.Count >= _part.Service.ActivatorQueue)
            DropExpired();
        if (_held.Count >= _part.Service.ActivatorQueue)
        {
            job.Status = CallStatus.Full;
            Finish(job);
            return;
        }

        _held.Add(job);
        Meter.Keeps(_held.Count);
        Meter.ColdStart();
        if (_hasPoked || Callers[0].Up > 0)
            return;
        _hasPoked = true;
        World.Send(_scaler, new Poke(_held.Count));
    }

    void HandOnHeld()
    {
        if (_held.Count == 0 || Room <= 0)
            return;
        DropExpired();
        var most = Math.Min(Room, _held.Count);
        var next = _held.GetRange(0, most);
        _held.RemoveRange(0, most);
        Meter.Keeps(_held.Count);
        foreach (var job in next)
            HandOn(job);
    }

    void HandOn(Job job)
    {
        _underWay++;
        _handedOn++;
        Meter.Delivered(NowNs - job.ArrivedNs);
        base.Work(job);
    }

    void DropExpired()
    {
        _held.RemoveAll(job =>
        {
            if (NowNs < job.DeadlineNs)
                return false;
            Meter.Expired();
            End(job);
            return true;
        });
        Meter.Keeps(_held.Count);
    }
}
