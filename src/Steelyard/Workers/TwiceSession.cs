using Steelyard.Histories;
using Steelyard.Replays;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Workers;

/// <summary>A run that is done once more, as far as it went, when it is finished. The second one begins when
/// the first is put away: a process may have room for one only.</summary>
internal sealed class TwiceSession : RunSession
{
    readonly Func<IWorld> _createWorld;
    readonly Func<IWorld, RunSession> _start;
    readonly Seed _seed;
    readonly CancellationToken _cancellation;

    // As far as the first was asked to go, step by step.
    readonly List<RunPoint> _steps = [];
    IWorld? _world;
    RunSession? _session;

    public TwiceSession(
        Func<IWorld> createWorld, Func<IWorld, RunSession> start, Seed seed, RunControl control)
    {
        (_createWorld, _start) = (createWorld, start);
        (_seed, _cancellation) = (seed, control.Cancellation);
        Begin();
    }

    public override long NowNs => Session.NowNs;

    public override bool HasEnded => Session.HasEnded;

    RunSession Session =>
        _session ?? throw new InvalidOperationException("the run is finished: expected a new one");

    public override void Advance(RunPoint until)
    {
        Session.Advance(until);
        _steps.Add(until);
    }

    public override IReadOnlyList<NodeState> States() => Session.States();

    public override History HistorySoFar() => Session.HistorySoFar();

    public override WorldRun Finish()
    {
        var first = FinishOnce();
        Begin();
        // At once: that the first was looked at on its way must not make a difference either.
        foreach (var step in Furthest())
            Session.Advance(step);
        var second = FinishOnce();
        if (_cancellation.IsCancellationRequested)
            return second with { IsPartial = true };
        if (first.History.Hash == second.History.Hash && first.ScheduleHash == second.ScheduleHash)
            return first;
        throw new NotDeterministicException(
            _seed, HistoryDifference.Between(first.History, second.History));
    }

    protected override void Dispose(bool disposing)
    {
        _session?.Dispose();
        _session = null;
        (_world as IDisposable)?.Dispose();
        _world = null;
    }

    void Begin()
    {
        _world = _createWorld();
        try
        {
            _session = _start(_world);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    WorldRun FinishOnce()
    {
        var run = Session.Finish();
        Dispose();
        return run;
    }

    // Points that are not later in both time and events than another one cannot be left out.
    IEnumerable<RunPoint> Furthest() => _steps.Where(step =>
        !_steps.Exists(other => other != step && other.TimeNs >= step.TimeNs && other.Events >= step.Events));
}
