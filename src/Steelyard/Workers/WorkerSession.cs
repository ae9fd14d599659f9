using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Workers;

/// <summary>
/// A run in another process. A worker keeps nothing from one answer to the next: a run that is to go further
/// is done again from its start, and since its seed determines it, that is the same run. Whoever goes to the
/// end at once pays for it once.
/// </summary>
/// <param name="execute">Runs it from its start as far as a point.</param>
/// <param name="cancellation">What ends it early.</param>
internal sealed class WorkerSession(Func<RunPoint, WorldRun> execute, CancellationToken cancellation)
    : RunSession
{
    RunPoint _reached = RunPoint.At(TimeSpan.Zero);
    WorldRun? _run;
    bool _isFinished;

    public override long NowNs
    {
        get
        {
            var endNs = SoFar.End.Ticks * 100;
            return HasEnded || _reached.TimeNs == RunPoint.End.TimeNs || StoppedByEvents ? endNs
                : Math.Max(endNs, _reached.TimeNs);
        }
    }

    // What its world found ends it as well.
    public override bool HasEnded =>
        cancellation.IsCancellationRequested || SoFar is { IsPartial: false } or { Findings.Count: > 0 };

    bool StoppedByEvents => SoFar.Counters.Events >= _reached.Events;

    WorldRun SoFar => _run ??= execute(_reached);

    public override void Advance(RunPoint until)
    {
        MustNotBeFinished();
        if (_run is not null && (HasEnded || IsBehind(until)))
            return;
        _reached = until;
        _run = execute(until);
    }

    public override IReadOnlyList<NodeState> States() => SoFar.States;

    public override History HistorySoFar() => SoFar.History;

    public override WorldRun Finish()
    {
        MustNotBeFinished();
        _isFinished = true;
        return SoFar;
    }

    protected override void Dispose(bool disposing)
    {
        // The process belongs to its world, and goes on to the next run.
    }

    bool IsBehind(RunPoint until) => until.TimeNs < NowNs || until.Events <= SoFar.Counters.Events;

    void MustNotBeFinished()
    {
        if (_isFinished)
            throw new InvalidOperationException("the run is finished: expected a new one");
    }
}
