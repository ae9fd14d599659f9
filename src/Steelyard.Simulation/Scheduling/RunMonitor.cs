using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Scheduling;

/// <summary>
/// Looks, now and then between two events, at what the outside wants and tells it how far the run is. It
/// never changes what happens in the run, only whether the run goes on.
/// </summary>
internal sealed class RunMonitor(RunControl control, Scheduler scheduler, int looksWithoutTime)
{
    const long ProgressEveryNs = 50_000_000;

    long _toldNs;
    long _lastNs = -1;
    int _looksAtOneTime;

    /// <summary>Whether somebody asked the run to stop.</summary>
    public bool WantsToStop()
    {
        MustNotHaveEscaped();
        TimeMustMove();
        if (control.Progress is { } progress && scheduler.NowNs - _toldNs >= ProgressEveryNs)
        {
            _toldNs = scheduler.NowNs;
            progress.Report(TimeSpan.FromTicks(_toldNs / 100));
        }

        return control.Cancellation.IsCancellationRequested;
    }

    /// <summary>Fails the run when code of the world ran outside of it.</summary>
    public void MustNotHaveEscaped()
    {
        if (scheduler.Escape is { } escape)
            throw new InvalidOperationException(escape.Message, escape);
    }

    // Two nodes that answer each other without any delay would keep a run at one instant for ever.
    void TimeMustMove()
    {
        _looksAtOneTime = scheduler.NowNs == _lastNs ? _looksAtOneTime + 1 : 0;
        _lastNs = scheduler.NowNs;
        if (_looksAtOneTime > looksWithoutTime)
            throw new InvalidOperationException(
                $"time stands still at {_lastNs} ns after {scheduler.Events} events:"
                + " some node waits for no time at all");
    }
}
