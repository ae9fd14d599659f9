using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Scheduling;

/// <summary>
/// Looks, now and then between two events, at what the outside wants and tells it how far the run is. It
/// never changes what happens in the run, only whether the run goes on.
/// </summary>
internal sealed class RunMonitor(RunControl control, Scheduler scheduler)
{
    const long ProgressEveryNs = 50_000_000;

    long _toldNs;

    /// <summary>Whether somebody asked the run to stop.</summary>
    public bool WantsToStop()
    {
        MustNotHaveEscaped();
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
}
