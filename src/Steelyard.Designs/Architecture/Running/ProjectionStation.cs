using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>An instance of a projection: answers reads, while its projector follows the log.</summary>
internal sealed class ProjectionStation : Station
{
    readonly ProjectionPart _part;
    readonly ProjectionState _state;
    Projector _live;
    Projector? _next;

    public ProjectionStation(InstanceContext context, ProjectionPart part)
        : base(context, part)
    {
        _part = part;
        _state = context.Kept.Of<ProjectionState>();
        _live = ProjectorOf(_state.Live, reader: 0);
        if (_state.Next is { } next)
            _next = ProjectorOf(next, reader: 1);
    }

    /// <inheritdoc/>
    public override void Start()
    {
        base.Start();
        _live.Ask();
        _next?.Ask();
        if (_part.RebuildAt is { } at && _state.RebuildNs is null)
            World.SetTimer(Later(at), Rebuild);
    }

    /// <inheritdoc/>
    protected override bool Take(NodeId from, Message message)
    {
        if (message is not LogEvents events)
            return false;
        if (events.Reader == _live.Reader)
            _live.Take(events);
        else if (events.Reader == _next?.Reader)
            _next.Take(events);
        return true;
    }

    /// <inheritdoc/>
    protected override void Work(Job job)
    {
        job.Reading = new(_state.Live.VersionOf(job.Ask.Request.Key));
        Finish(job);
    }

    TimeSpan Later(TimeSpan at) => TimeSpan.FromTicks(Math.Max(0, at.Ticks - (Context.Account.NowNs / 100)));

    Projector ProjectorOf(ReadModel model, int reader) =>
        new(Context, _part, reader, model) { Applied = OnApplied };

    void Rebuild()
    {
        _state.RebuildNs = Context.Account.NowNs;
        var model = new ReadModel();
        if (_part.Rebuild == ProjectionPart.Beside)
        {
            _state.Next = model;
            _next = ProjectorOf(model, reader: 1);
            _next.Ask();
            return;
        }

        _state.Live = model;
        _live.Stop();
        _live = ProjectorOf(model, reader: 1);
        _live.Ask();
    }

    void OnApplied(Projector projector, LogEvents events, int behind)
    {
        if (projector == _live)
            Count(events, behind);
        if (behind == 0 && _state is { RebuildNs: { } sinceNs, IsRebuilt: false }
            && projector == (_next ?? _live))
            EndRebuild(sinceNs);
    }

    void Count(LogEvents events, int behind)
    {
        Meter.Keeps(behind);
        if (_state.RebuildNs is not null && !_state.IsRebuilt && _next is null)
            return;
        foreach (var one in events.Events)
            Meter.Delivered(Context.Account.NowNs - one.TimeNs);
    }

    void EndRebuild(long sinceNs)
    {
        _state.IsRebuilt = true;
        Meter.Rebuilt(Context.Account.NowNs - sinceNs);
        if (_next is not { } next)
            return;
        _live.Stop();
        (_live, _next) = (next, null);
        (_state.Live, _state.Next) = (_state.Next!, null);
    }
}
